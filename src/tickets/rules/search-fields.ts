// The fields a ticket can be searched by, with GLPI's names in its groups. What each is in SQL stands in
// reads/search-columns.ts; persons, teams and questions come in as choices. Pure.
import type { Choice, Field, Fields, Kind, Operator } from '#criteria/rules/grammar.ts'
import { type Definition, type Question, questionsOf } from '#forms/rules/definition.ts'
import { readAnswer, typeOf } from '#forms/rules/question-types.ts'
import type { Actor, Side } from '#shared/kit/actor.ts'
import { normalise } from '#shared/kit/identifiers/normalise.ts'
import { canonicalPlate } from '#shared/kit/identifiers/plate.ts'
import { parseTicketId } from '#shared/kit/identifiers/ticket-id.ts'
import { STATUS_FILTERS, type StatusFilter } from '#tickets/rules/list-query.ts'
import { CHASSIS_LENGTH, plateSpellings, textSpellings } from '#tickets/rules/search-term.ts'
import { STOP_WORDS } from '#tickets/rules/stop-words.ts'
import type { Lang, Words } from '#words/words.ts'

export type FieldGroup = keyof Words['searches']['groups']
type Source = 'people' | 'authors' | 'staff' | 'institutions' | 'teams' | 'ownTeams' | 'waiting' | 'cases' | 'documents'

interface Line {
  readonly group: FieldGroup
  readonly kind: Kind
  readonly choices?: Source | 'statuses' | 'outcomes'
  readonly operators?: readonly Operator[]
  readonly clean?: (typed: string) => string | undefined
  readonly whole?: (typed: string) => boolean
  readonly alike?: (value: string) => readonly string[]
  readonly hint?: keyof Words['searches']['hints']
  readonly ignores?: ReadonlySet<string>
  /** Only this side is offered the field. */
  readonly side?: Side
}

const bare = (typed: string): string | undefined => normalise(typed) || undefined
const number = (typed: string): string | undefined => parseTicketId(typed)?.toString()
/** Nine figures are eleven without the zeros before them. */
const renavam = (typed: string): string | undefined => bare(typed)?.replace(/^(?=\d{9}$)/, '00')
const ticketNumber = { kind: 'number', clean: number, whole: (typed: string) => number(typed) !== undefined } as const
const withoutSigns = (value: string): readonly string[] => [value, normalise(value) || value]
const stemmed = { kind: 'words', hint: 'words', ignores: STOP_WORDS } as const
const counted = ['is', 'is-not', 'before', 'after'] as const

/** Every field by its word in the address. */
export const TICKET_FIELDS = {
  id: {
    group: 'characteristics',
    ...ticketNumber,
    operators: ['is', 'is-not', 'before', 'after', 'one-of', 'none-of'],
  },
  titulo: { group: 'characteristics', kind: 'text', alike: textSpellings },
  status: {
    group: 'characteristics',
    kind: 'choice',
    choices: 'statuses',
    operators: ['is', 'is-not', 'one-of', 'none-of'],
  },
  abertura: { group: 'characteristics', kind: 'instant', operators: ['is', 'is-not', 'before', 'after'] },
  atualizacao: { group: 'characteristics', kind: 'instant', operators: ['is', 'is-not', 'before', 'after'] },
  fechamento: { group: 'characteristics', kind: 'instant' },
  prazo: { group: 'characteristics', kind: 'instant' },
  categoria: { group: 'characteristics', kind: 'text' },
  caso: {
    group: 'characteristics',
    kind: 'choice',
    choices: 'cases',
    operators: ['is', 'is-not', 'one-of', 'none-of'],
  },
  placa: {
    group: 'characteristics',
    kind: 'text',
    clean: (typed) => canonicalPlate(typed) ?? bare(typed),
    whole: (typed) => canonicalPlate(typed) !== undefined,
    alike: withoutSigns,
  },
  chassi: {
    group: 'characteristics',
    kind: 'text',
    clean: bare,
    whole: (typed) => normalise(typed).length === CHASSIS_LENGTH,
    alike: withoutSigns,
  },
  renavam: {
    group: 'characteristics',
    kind: 'text',
    clean: renavam,
    whole: (typed) => /^(\d{9}|\d{11})$/.test(normalise(typed)),
    alike: withoutSigns,
  },
  origem: { group: 'characteristics', ...ticketNumber },
  busca: { group: 'characteristics', kind: 'text', operators: ['contains', 'not-contains'], hint: 'search' },
  requerente: { group: 'requester', kind: 'ref', choices: 'people' },
  'grupo-requerente': { group: 'requester', kind: 'ref', choices: 'institutions' },
  'grupo-observador': { group: 'observer', kind: 'ref', choices: 'teams' },
  tecnico: { group: 'assigned', kind: 'ref', choices: 'staff' },
  'grupo-tecnico': { group: 'assigned', kind: 'ref', choices: 'ownTeams' },
  espera: { group: 'plugins', kind: 'tree', choices: 'waiting' },
  motivo: { group: 'plugins', kind: 'text' },
  acompanhamento: { group: 'followUps', ...stemmed, operators: ['contains', 'not-contains'] },
  'acompanhamento-autor': { group: 'followUps', kind: 'ref', choices: 'authors' },
  'acompanhamento-data': { group: 'followUps', kind: 'instant' },
  nota: { group: 'followUps', ...stemmed, side: 'staff' },
  documento: { group: 'documents', kind: 'choice', choices: 'documents' },
  arquivo: { group: 'documents', kind: 'text' },
  solucao: { group: 'solution', ...stemmed },
  resultado: { group: 'solution', kind: 'choice', choices: 'outcomes' },
  'solucao-data': { group: 'solution', kind: 'instant' },
  'n-acompanhamentos': { group: 'statistics', kind: 'number', operators: counted },
  'n-documentos': { group: 'statistics', kind: 'number', operators: counted },
  'n-recusas': { group: 'statistics', kind: 'number', operators: counted },
} as const satisfies Record<string, Line>
export type TicketField = keyof typeof TICKET_FIELDS

/** What the database holds to choose from, named in the reader's language. */
export type Known = Readonly<Record<Source, readonly Choice[]>> & {
  readonly forms: readonly Definition[]
  /** Those with more to choose from than a list can hold: theirs are chosen by name. */
  readonly open: ReadonlySet<Source>
}

interface Reader {
  readonly actor: Actor
  readonly words: Words
  readonly lang: Lang
  readonly known: Known
}

/** The word of a form's question in the address: `form.bo-numero`. */
export const QUESTION_PREFIX = 'form.'

/** By what is known, then by reader: what is known is replaced each minute, and these with it. */
const made = new WeakMap<Known, Map<string, Fields>>()

/** The fields a reader may search by, in the order of their groups. */
export function ticketFields(reader: Reader): Fields {
  const { actor, lang, known } = reader
  const mine = made.get(known) ?? new Map<string, Fields>()
  made.set(known, mine)
  const key = `${lang} ${actor.personId} ${actor.teams.join()}`
  const fields = mine.get(key) ?? makeFields(reader)
  mine.set(key, fields)
  return fields
}

function makeFields(reader: Reader): Fields {
  const { searches } = reader.words
  const own = (Object.entries(TICKET_FIELDS) as [TicketField, Line][])
    .filter(([, line]) => line.side === undefined || line.side === reader.actor.side)
    .map(([key, line]): [string, Field] => [
      key,
      {
        key,
        group: searches.groups[line.group],
        name: searches.fields[key],
        kind: line.kind,
        choices: line.choices && choicesOf(line.choices, reader),
        operators: line.operators,
        clean: line.clean,
        whole: line.whole,
        alike: line.alike,
        ignores: line.ignores,
        open: line.choices !== undefined && reader.known.open.has(line.choices as Source),
        hint: line.hint && searches.hints[line.hint],
      },
    ])
  return toldApart(new Map([...own, ...questionFields(reader)]))
}

/** Fields of one name are called by their group too. */
function toldApart(fields: Fields): Fields {
  const named = Map.groupBy(fields.values(), ({ name }) => name)
  return new Map(
    [...fields].map(([key, field]) => {
      const several = (named.get(field.name)?.length ?? 0) > 1
      return [key, several ? { ...field, fullName: `${field.group} - ${field.name}` } : field]
    }),
  )
}

function choicesOf(source: NonNullable<Line['choices']>, { actor, words, known }: Reader): readonly Choice[] {
  const { meta } = words.searches
  const me: Choice = { value: 'eu', label: meta.me, means: [String(actor.personId)] }
  switch (source) {
    case 'statuses':
      return (Object.keys(STATUS_FILTERS) as StatusFilter[])
        .filter((filter) => filter !== 'todos')
        .map((value) => ({ value, label: words.lists.filters[value], means: STATUS_FILTERS[value] }))
    case 'outcomes':
      return (['granted', 'denied', 'no-answer'] as const).map((value) => ({ value, label: meta.outcomes[value] }))
    case 'people':
    case 'authors':
    case 'staff':
      return [me, ...known[source]]
    case 'institutions':
      return [
        { value: 'minha', label: meta.myInstitution, means: [String(actor.institutionId)] },
        ...known.institutions,
      ]
    case 'ownTeams': {
      const mine: Choice = { value: 'meus', label: meta.myTeams, means: actor.teams.map(String) }
      return actor.side === 'staff' ? [mine, ...known.ownTeams] : known.ownTeams
    }
    default:
      return known[source]
  }
}

/** One field for each question of the published forms; one of the same key in two forms is the same field. */
function questionFields({ words, lang, known }: Reader): [string, Field][] {
  const questions = known.forms.flatMap((form) => questionsOf(form).map((question) => ({ question, form })))
  return questions.flatMap(({ question }): [string, Field][] => {
    const kind = kindOf(question)
    if (!kind) return []
    const type = typeOf(question)
    const key = `${QUESTION_PREFIX}${question.key}`
    const field: Field = {
      key,
      group: words.searches.groups.form,
      name: question.label[lang],
      kind,
      choices: kind === 'choice' ? answerChoices(question, words, lang) : undefined,
      ...(type.field.as === 'line' && type.field.code ? identifier(question) : {}),
    }
    return [[key, field]]
  })
}

/** An identifier among the answers. A plate is kept as it was typed, in either spelling. */
function identifier(question: Question): Pick<Field, 'clean' | 'whole' | 'alike'> {
  const { search } = typeOf(question)
  return {
    clean: (typed) => search(typed) || undefined,
    whole: (typed) => readAnswer({ question, typed: typed.trim(), answers: {}, today: '' }).ok,
    alike: question.type === 'plate' ? plateSpellings : withoutSigns,
  }
}

function kindOf(question: Question): Kind | undefined {
  const { compares, field } = typeOf(question)
  if (field.as === 'tick') return 'tick'
  if (compares === 'date') return 'day'
  if (compares === 'choice' || compares === 'choices') return 'choice'
  return compares === undefined ? undefined : 'text'
}

function answerChoices(question: Question, words: Words, lang: Lang): readonly Choice[] {
  if (question.options) return question.options.map(({ value, label }) => ({ value, label: label[lang] }))
  const { answers } = words.searches.meta
  const values = typeOf(question).choices?.(question) ?? []
  return values.map((value) => ({ value, label: answers[value as keyof typeof answers] ?? value }))
}
