// What of an address is no list of ours: each with the parameter at fault. Rules of the search are checked with their fields. Pure.
import { readParams } from '#criteria/rules/read.ts'
import type { Side } from '#shared/kit/actor.ts'
import { strayParams } from '#shared/kit/stray-params.ts'
import type { Problem } from '#shared/problems.ts'
import { readPlaceOf } from '#tickets/rules/list-place.ts'
import { isStatusFilter, MOST_SORTS, PAGE_SIZES, readSorts, sortWords, TICKED } from '#tickets/rules/list-query.ts'

/** What the smaller parameters may say; undefined: asked elsewhere. */
const WORDS = {
  de: /^mim$/,
  grupo: /^meu$/,
  selecionar: /^(linhas|todas|pesquisa)$/,
  marcados: TICKED,
  pesquisa: /^[1-9]\d{0,14}$/,
  sentido: /^(asc|desc)$/,
  // The notice of the ticked tickets' messages marked as read.
  feito: /^lidos$/,
} as const
/** Every parameter of a list besides its rules; `acao` is a button of the builder. */
const NAMES = new Set([...Object.keys(WORDS), 'status', 'ordem', 'linhas', 'depois', 'antes', 'acao'])
/** Part of a rule of which there is one. */
const SINGLE = /^r\d.*\.(lig|campo|op|data)$/
const RULE = /^r\d/
const FILTERS = ['status', 'de', 'grupo'] as const

export function listProblems(params: URLSearchParams, side: Side): Problem[] {
  const problems = [...readParams(params).problems, ...nameProblems(params)]
  const wrong = (field: string, code: string): void =>
    void problems.push({ field, code, with: { name: (params.get(field) ?? '').slice(0, 60) } })
  if (params.has('status') && !isStatusFilter(params.get('status') ?? '')) wrong('status', 'list-status')
  if (params.has('linhas') && !PAGE_SIZES.some((one) => String(one) === params.get('linhas')))
    wrong('linhas', 'list-size')
  for (const [name, words] of Object.entries(WORDS))
    if (params.getAll(name).some((word) => !words.test(word))) wrong(name, 'list-filter')
  if (side === 'institution' && params.get('grupo') === 'meu') wrong('grupo', 'list-filter')
  return [...problems, ...besideProblems(params), ...orderProblems(params)]
}

/** Names that no list has, and what is said twice where one would be left out. */
function nameProblems(params: URLSearchParams): Problem[] {
  const sorting = params.has('sentido')
  const stray = strayParams(params, (name) => {
    if (name.startsWith('r')) return SINGLE.test(name) ? 'one' : 'many'
    if (sorting && (name === 'ordem' || name === 'sentido')) return 'many'
    return NAMES.has(name) ? 'one' : undefined
  })
  // A rule whose number was lost is no search without it.
  const lost = [...params.keys()].filter((name) => name.startsWith('r') && !RULE.test(name))
  return [...stray, ...lost.map((name) => ({ field: 'r', code: 'criteria-part', with: { name: name.slice(0, 40) } }))]
}

/** A filter beside rules would be left out: it is a rule then. */
function besideProblems(params: URLSearchParams): Problem[] {
  if (![...params.keys()].some((name) => RULE.test(name))) return []
  return FILTERS.flatMap((name): Problem[] => {
    const value = params.get(name) ?? 'todos'
    if (value === 'todos') return []
    return [{ field: name, code: 'list-beside', with: { name: `${name}=${value}`.slice(0, 60) } }]
  })
}

function orderProblems(params: URLSearchParams): Problem[] {
  const words = sortWords(params)
  const sorts = readSorts(words)
  const order = (code: string, name = ''): Problem => ({
    field: 'ordem',
    code,
    with: { name: name.slice(0, 60), most: MOST_SORTS },
  })
  const twice = sorts.length === words.length && new Set(sorts.map(({ sort }) => sort)).size < sorts.length
  const unknown = words.find((word) => readSorts([word]).length === 0)
  const places = ['depois', 'antes'].filter((name) => params.has(name))
  const lost = places.find((name) => !readPlaceOf(params.get(name), sorts)) ?? places[1]
  return [
    ...(unknown === undefined ? [] : [order('list-order', unknown)]),
    ...(words.length > MOST_SORTS ? [order('list-orders')] : []),
    ...(twice ? [order('list-order-twice', words.join(','))] : []),
    ...(lost ? [{ field: lost, code: 'list-place' }] : []),
  ]
}
