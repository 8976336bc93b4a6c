// What a ticket list is asked for, as it stands in the address: filter, order, place. Pure.
import type { Side } from '#shared/kit/actor.ts'
import type { Status } from '#tickets/rules/lifecycle.ts'

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

/** Columns of Figure 07 in its order; the word in the address for sorting by each. */
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
} as const satisfies Record<string, string>
export type Column = keyof typeof COLUMNS
export const COLUMN_KEYS = Object.keys(COLUMNS) as Column[]

/** The place of a row in an order: its sort value as PostgreSQL writes it, and its id. */
export interface Place {
  readonly value: string
  readonly id: number
}

export interface ListQuery {
  readonly status: StatusFilter
  /** Only tickets the actor filed (institution) or is assigned to (staff). */
  readonly mine: boolean
  /** Staff: only tickets of the actor's teams. */
  readonly ownTeams: boolean
  readonly sort: Column
  readonly descending: boolean
  /** Rows after this place, or before it. */
  readonly after?: Place | undefined
  readonly before?: Place | undefined
}

/**
 * The list a side begins with (product, guide step 6): institutions see what is not closed, analysts what is not solved
 * in their team; newest update first.
 */
export function defaultQuery(side: Side): ListQuery {
  const staff = side === 'staff'
  return {
    status: staff ? 'nao-solucionado' : 'nao-fechado',
    mine: false,
    ownTeams: staff,
    sort: 'updated',
    descending: true,
  }
}

/** Reads the address. The side's filters stand only where the address names none; what is not understood is left out. */
export function readListQuery(params: URLSearchParams, side: Side): ListQuery {
  const filtered = ['status', 'grupo', 'de'].some((name) => params.has(name))
  const start: ListQuery = filtered ? { ...defaultQuery(side), status: 'todos', ownTeams: false } : defaultQuery(side)
  const order = params.get('ordem') ?? ''
  const sort = COLUMN_KEYS.find((key) => COLUMNS[key] === order.replace(/^-/, ''))
  const status = params.get('status') ?? ''
  return {
    status: isStatusFilter(status) ? status : start.status,
    mine: params.get('de') === 'mim',
    ownTeams: side === 'staff' && (filtered ? params.get('grupo') === 'meu' : start.ownTeams),
    sort: sort ?? start.sort,
    descending: sort ? order.startsWith('-') : start.descending,
    after: readPlace(params.get('depois'), sort ?? start.sort),
    before: readPlace(params.get('antes'), sort ?? start.sort),
  }
}

/** The address of a list; always names its filters, so that the reader's defaults do not come back by themselves. */
export function listPath(query: ListQuery): string {
  const params = new URLSearchParams({ status: query.status })
  if (query.mine) params.set('de', 'mim')
  if (query.ownTeams) params.set('grupo', 'meu')
  if (query.sort !== 'updated' || !query.descending) {
    params.set('ordem', `${query.descending ? '-' : ''}${COLUMNS[query.sort]}`)
  }
  if (query.after) params.set('depois', writePlace(query.after))
  else if (query.before) params.set('antes', writePlace(query.before))
  return `/chamados?${params}`
}

function isStatusFilter(text: string): text is StatusFilter {
  return Object.hasOwn(STATUS_FILTERS, text)
}

/** Columns whose order begins with the newest when first chosen. */
export const INSTANTS: ReadonlySet<Column> = new Set(['updated', 'opened', 'closed'])

export function writePlace(place: Place): string {
  return `${place.id}.${Buffer.from(place.value).toString('base64url')}`
}

/** A place for a sort column, or undefined when it could not have been written by us: then the list begins at its start. */
export function readPlace(text: string | null, sort: Column): Place | undefined {
  const [, id, coded] = /^(\d{1,15})\.([\w-]{0,1200})$/.exec(text ?? '') ?? []
  if (id === undefined || coded === undefined) return undefined
  const value = Buffer.from(coded, 'base64url').toString('utf8')
  if (value.includes('\0')) return undefined
  if (sort === 'id' && !/^\d{1,15}$/.test(value)) return undefined
  if (sort === 'status' && !/^[1-5]$/.test(value)) return undefined
  if (INSTANTS.has(sort) && !isInstant(value)) return undefined
  return { value, id: Number(id) }
}

/** A timestamptz as PostgreSQL writes it, of a day that exists: anything else would make the statement fail. */
function isInstant(value: string): boolean {
  const [, day, time] =
    /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.\d{1,6})?[+-](?:0\d|1[0-5])(?::[0-5]\d)?$/.exec(value) ?? []
  if (!day || !time || day < '1970') return false
  const read = new Date(`${day}T${time}Z`)
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(day)
}
