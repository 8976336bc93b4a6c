// What is true of the log of sign-ins: what may be asked of it, and a place within it. Pure.
import { DAY_MS } from '#shared/kit/dates.ts'
import { isoDate } from '#shared/kit/iso-date.ts'
import { bad, type Checked, good, type Problem } from '#shared/problems.ts'

export const SIGN_IN_RESULTS = ['entrou', 'recusada', 'contida'] as const
export type SignInResult = (typeof SIGN_IN_RESULTS)[number]

/** A place in the log, which is the end of a page: instant, kind of source (0 audit, 1 slowed tries), number. */
export interface SignInPlace {
  readonly at: Date
  readonly source: 0 | 1
  readonly id: number
}

export interface SignInSearch {
  /** Part of a name, or a CPF in any spelling. */
  readonly person: string
  /** Part of a name, or a CNPJ in any spelling. */
  readonly institution: string
  readonly result: SignInResult | undefined
  /** From this instant. */
  readonly from: Date | undefined
  /** Before this instant. */
  readonly until: Date | undefined
  readonly after: SignInPlace | undefined
}

const PLACE = /^(\d{1,15})-([01])-(\d{1,15})$/

export function readPlace(text: string): SignInPlace | undefined {
  const [, at, source, id] = PLACE.exec(text) ?? []
  return at === undefined ? undefined : { at: new Date(Number(at)), source: source === '1' ? 1 : 0, id: Number(id) }
}

export const writePlace = (place: SignInPlace): string => `${place.at.getTime()}-${place.source}-${place.id}`

/** Midnight in São Paulo, which has no summer time (Decreto 9.772/2019). */
function midnight(day: string, days: number): Date | undefined {
  const iso = isoDate(day)
  return iso === undefined ? undefined : new Date(Date.parse(`${iso}T03:00:00Z`) + days * DAY_MS)
}

/** First and last day as date fields send them, both counted; '' is no limit. Problems at `de` and `ate`. */
export function readDays(typed: { from: string; until: string }): Checked<Pick<SignInSearch, 'from' | 'until'>> {
  const from = midnight(typed.from, 0)
  const until = midnight(typed.until, 1)
  const problems: Problem[] = []
  if (typed.from !== '' && !from) problems.push({ field: 'de', code: 'end-wrong' })
  if (typed.until !== '' && !until) problems.push({ field: 'ate', code: 'end-wrong' })
  if (from && until && until <= from) problems.push({ field: 'ate', code: 'days-turned' })
  return problems.length > 0 ? bad(...problems) : good({ from, until })
}
