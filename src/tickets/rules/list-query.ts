// What a ticket list is asked for, as it stands in the address: filter, order, place. Pure.
import { isGroup, LINKS, OPERATORS, type RawItem } from '#criteria/rules/grammar.ts'
import { readParams, writeParams } from '#criteria/rules/read.ts'
import type { Actor, Side } from '#shared/kit/actor.ts'
import type { Status } from '#tickets/rules/lifecycle.ts'
import { type Place, readPlaceOf, writePlace } from '#tickets/rules/list-place.ts'

/** Filters of the status, by the word in the address; the statuses each lets through. */
export const STATUS_FILTERS = {
  todos: ['new', 'processing', 'pending', 'solved', 'closed'],
  'nao-fechado': ['new', 'processing', 'pending', 'solved'],
  'nao-solucionado': ['new', 'processing', 'pending'],
  novo: ['new'],
  processando: ['processing'],
  pendente: ['pending'],
  solucionado: ['solved'],
  fechado: ['closed'],
} as const satisfies Record<string, readonly Status[]>
export type StatusFilter = keyof typeof STATUS_FILTERS

/** Columns of Figure 07 in its order, then those shown to whoever chooses them; the word in the address of each. */
export const COLUMNS = {
  id: 'id',
  title: 'titulo',
  status: 'status',
  waitingType: 'espera',
  waitingReason: 'motivo',
  updated: 'atualizacao',
  opened: 'abertura',
  closed: 'fechamento',
  requesterGroup: 'grupo-requerente',
  requester: 'requerente',
  category: 'categoria',
  assignee: 'tecnico',
  team: 'grupo-tecnico',
  observers: 'observador',
  due: 'prazo',
} as const satisfies Record<string, string>
export type Column = keyof typeof COLUMNS
export const COLUMN_KEYS = Object.keys(COLUMNS) as Column[]
/** Figure 07: what everybody sees who has not chosen. */
export const DEFAULT_COLUMNS: readonly Column[] = COLUMN_KEYS.filter((column) => column !== 'due')

export interface Sort {
  readonly sort: Column
  readonly descending: boolean
}

/** Rows of a page: the usual number, and what may be asked for. */
export const PAGE_SIZES = [25, 50, 100, 200] as const
export type PageSize = (typeof PAGE_SIZES)[number]
/** Tickets ticked at once. */
export const MOST_TICKED = 200
const SELECTING = ['linhas', 'todas', 'pesquisa'] as const
type Selecting = (typeof SELECTING)[number]
/** Columns a list may be sorted by at once. */
export const MOST_SORTS = 4

export interface ListQuery extends Sort {
  /** A search of more than the filters below, as written; then they are all open. */
  readonly rules?: readonly RawItem[] | undefined
  readonly status: StatusFilter
  /** Only tickets the actor filed (institution) or is assigned to (staff). */
  readonly mine: boolean
  /** Staff: only tickets of the actor's teams. */
  readonly ownTeams: boolean
  /** Sorts among what the first one leaves equal. */
  readonly also?: readonly Sort[] | undefined
  readonly size?: PageSize | undefined
  /** The kept search it was opened as. */
  readonly saved?: number | undefined
  /** Rows have a box to tick; `todas`: all are ticked to begin with; `pesquisa`: leads to those of all its pages, as numbers. */
  readonly select?: Selecting | undefined
  /** Numbers of the ticked ones, on whatever page they stand; only with `select`. */
  readonly ticked?: readonly number[] | undefined
  /** Rows after this place, or before it. */
  readonly after?: Place | undefined
  readonly before?: Place | undefined
}

/** Whose list it is. */
export type Reader = Pick<Actor, 'side' | 'teams'>

/**
 * The list a profile begins with (product, guide step 6): institutions see what is not closed, analysts what is not solved
 * in their team, whoever of the staff has none what is not solved; newest update first.
 */
export function defaultQuery({ side, teams }: Reader): ListQuery {
  const staff = side === 'staff'
  return {
    status: staff ? 'nao-solucionado' : 'nao-fechado',
    mine: false,
    ownTeams: staff && teams.length > 0,
    sort: 'updated',
    descending: true,
  }
}

/**
 * Reads the address. The side's filters stand only where the address names none; what is not understood is left out (and
 * named by list-problems.ts).
 */
export function readListQuery(params: URLSearchParams, reader: Reader): ListQuery {
  const { side } = reader
  const ruled = [...params.keys()].some((name) => /^r\d/.test(name))
  const filtered = ruled || ['status', 'grupo', 'de'].some((name) => params.has(name))
  const start: ListQuery = filtered
    ? { ...defaultQuery(reader), status: 'todos', ownTeams: false }
    : defaultQuery(reader)
  const [first = start, ...also] = usableSorts(readSorts(sortWords(params)))
  const status = params.get('status') ?? ''
  const size = PAGE_SIZES.find((one) => String(one) === params.get('linhas'))
  const select = SELECTING.find((one) => one === params.get('selecionar'))
  const saved = /^[1-9]\d{0,14}$/.exec(params.get('pesquisa') ?? '')?.[0]
  const several = also.length > 0
  return {
    status: isStatusFilter(status) ? status : start.status,
    mine: params.get('de') === 'mim',
    ownTeams: side === 'staff' && (filtered ? params.get('grupo') === 'meu' : start.ownTeams),
    ...(ruled ? filtersOf(readParams(params).items, side) : {}),
    sort: first.sort,
    descending: first.descending,
    ...(several ? { also } : {}),
    ...(size ? { size } : {}),
    ...(select ? { select, ticked: readTicked(params) } : {}),
    ...(saved ? { saved: Number(saved) } : {}),
    after: readPlaceOf(params.get('depois'), [first, ...also]),
    before: readPlaceOf(params.get('antes'), [first, ...also]),
  }
}

/** `24151.24152`. */
export const TICKED = /^[1-9]\d{0,14}(\.[1-9]\d{0,14}){0,199}$/
function readTicked(params: URLSearchParams): readonly number[] {
  const text = params.get('marcados') ?? ''
  return TICKED.test(text) ? [...new Set(text.split('.').map(Number))] : []
}

/** `ordem=tecnico,-atualizacao`; or a column and a direction each, as the page that asks for several sends them. */
export function sortWords(params: URLSearchParams): string[] {
  const ways = params.getAll('sentido')
  if (ways.length === 0) return (params.get('ordem') ?? '').split(',').filter((word) => word !== '')
  return params.getAll('ordem').flatMap((word, at) => (word === '' ? [] : [`${ways[at] === 'desc' ? '-' : ''}${word}`]))
}

/** Each column once, and no more than a list is sorted by. */
function usableSorts(sorts: readonly Sort[]): Sort[] {
  return sorts.filter(({ sort }, at) => sorts.findIndex((one) => one.sort === sort) === at).slice(0, MOST_SORTS)
}

export function readSorts(words: readonly string[]): Sort[] {
  return words.flatMap((word) => {
    const sort = COLUMN_KEYS.find((key) => COLUMNS[key] === word.replace(/^-/, ''))
    return sort ? [{ sort, descending: word.startsWith('-') }] : []
  })
}

const FILTER_FIELDS = { institution: 'requerente', staff: 'tecnico' } as const satisfies Record<Side, string>

/** The filters of a query as rules, for the builder. */
export function rulesOfQuery(query: ListQuery, side: Side): readonly RawItem[] {
  if (query.rules) return query.rules
  const rule = (field: string, value: string): RawItem => ({
    link: LINKS.and,
    field,
    operator: OPERATORS.is,
    values: [value],
  })
  return [
    ...(query.status === 'todos' ? [] : [rule('status', query.status)]),
    ...(query.ownTeams ? [rule('grupo-tecnico', 'meus')] : []),
    ...(query.mine ? [rule(FILTER_FIELDS[side], 'eu')] : []),
  ]
}

/** Rules that say no more than the filters do become them, so that the usual lists keep their prepared statement. */
export function filtersOf(
  items: readonly RawItem[],
  side: Side,
): Pick<ListQuery, 'rules' | 'status' | 'mine' | 'ownTeams'> {
  const plain = { status: 'todos' as StatusFilter, mine: false, ownTeams: false }
  const search = { ...plain, rules: items }
  const met = new Set<string>()
  for (const item of items) {
    const value = isGroup(item) ? '' : (item.values[0] ?? '')
    if (isGroup(item) || item.link !== LINKS.and || item.operator !== OPERATORS.is || met.has(item.field)) return search
    met.add(item.field)
    if (item.field === 'status' && isStatusFilter(value) && value !== 'todos') plain.status = value
    else if (item.field === FILTER_FIELDS[side] && value === 'eu') plain.mine = true
    else if (side === 'staff' && item.field === 'grupo-tecnico' && value === 'meus') plain.ownTeams = true
    else return search
  }
  return plain
}

/** The address of a list; always names its filters, so that the reader's defaults do not come back by themselves. */
export function listPath(query: ListQuery): string {
  const params = new URLSearchParams(query.rules ? writeParams(query.rules) : { status: query.status })
  if (query.mine) params.set('de', 'mim')
  if (query.ownTeams) params.set('grupo', 'meu')
  if (query.sort !== 'updated' || !query.descending || query.also) {
    const sorts = [query, ...(query.also ?? [])]
    params.set('ordem', sorts.map(({ sort, descending }) => `${descending ? '-' : ''}${COLUMNS[sort]}`).join(','))
  }
  if (query.size) params.set('linhas', String(query.size))
  if (query.saved) params.set('pesquisa', String(query.saved))
  if (query.select) params.set('selecionar', query.select)
  if (query.select && query.ticked?.length) params.set('marcados', query.ticked.join('.'))
  if (query.after) params.set('depois', writePlace(query.after))
  else if (query.before) params.set('antes', writePlace(query.before))
  return `/chamados?${params}`
}

/** The list from its start with other rules. */
export function pathWith(query: ListQuery, items: readonly RawItem[], side: Side): string {
  const { sort, descending, also, size, saved } = query
  return listPath({ sort, descending, also, size, saved, ...filtersOf(items, side) })
}

/** The query of a list's address: what pages beside the list carry to lead back to it. */
export const listQueryText = (query: ListQuery): string => listPath(query).slice('/chamados?'.length)

const startOf = (query: ListQuery): ListQuery => ({ ...query, select: undefined, after: undefined, before: undefined })

/** Where it is chosen how this list looks. */
export function displayPath(query: ListQuery): string {
  return `/chamados/exibicao?${new URLSearchParams({ lista: listQueryText(startOf(query)) })}`
}

/** Where this list is kept as a search: anew, or in place of one. */
export function keepPath(query: ListQuery, instead: number | undefined): string {
  const consulta = listQueryText({ ...startOf(query), saved: undefined })
  return `/chamados/pesquisas/${instead ?? 'nova'}?${new URLSearchParams({ consulta })}`
}

export function isStatusFilter(text: string): text is StatusFilter {
  return Object.hasOwn(STATUS_FILTERS, text)
}

/** Columns whose order begins with the newest when first chosen. */
export const NEWEST_FIRST: ReadonlySet<Column> = new Set(['updated', 'opened', 'closed'])
