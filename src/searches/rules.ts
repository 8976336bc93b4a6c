// What a kept search is: its name, whom it is shared with, how it is typed in. Pure.
import type { Actor } from '#shared/kit/actor.ts'
import { holds, mayWriteForInstitution } from '#shared/kit/actor.ts'
import { bad, type Checked, good, type Problem } from '#shared/problems.ts'

/** Whom a search is kept for; a team is one of the owner's. */
export type Shared = 'private' | 'institution' | 'team'
export interface Sharing {
  readonly shared: Shared
  readonly teamId: number | null
}

export const LONGEST_NAME = 100
/** Characters of the address of a list that can be kept. */
const LONGEST_QUERY = 12_000
/** Searches one person keeps. */
export const MOST_KEPT = 100
/** A count above which one is told, and to which counts are exact. */
export const MOST_ABOVE = 1000

/** Reading alone (class 122) keeps searches for itself; who may write for the institution, or works at DETRAN-RS, shares them. */
export function mayShare(actor: Actor): boolean {
  return actor.side === 'staff' || mayWriteForInstitution(actor)
}

/** May the actor remove it: one's own, or a shared one whose owner has left, by who answers for the shared things? */
export function mayRemove(search: { readonly own: boolean; readonly left: boolean }, actor: Actor): boolean {
  if (search.own) return true
  return search.left && (mayWriteForInstitution(actor) || holds(actor, 'supervisor') || holds(actor, 'administrator'))
}

/** As the form sends it: `privada`, `instituicao` or `equipe:3`; what the actor may not choose is a problem. */
export function readSharing(text: string, actor: Actor): Sharing | undefined {
  if (text === 'privada') return { shared: 'private', teamId: null }
  if (!mayShare(actor)) return undefined
  if (text === 'instituicao') return { shared: 'institution', teamId: null }
  const team = Number(/^equipe:(\d{1,9})$/.exec(text)?.[1])
  return actor.teams.includes(team) ? { shared: 'team', teamId: team } : undefined
}

export function writeSharing({ shared, teamId }: Sharing): string {
  if (shared === 'team') return `equipe:${teamId}`
  return shared === 'institution' ? 'instituicao' : 'privada'
}

export interface TypedSearch {
  readonly name: string
  readonly sharing: string
  /** The query of the list's address, as this system writes it. */
  readonly query: string
}
export interface GoodSearch extends Sharing {
  readonly name: string
  readonly query: string
}

export function checkSearch(typed: TypedSearch, actor: Actor): Checked<GoodSearch> {
  const problems: Problem[] = []
  const name = typed.name.replace(/\s+/g, ' ').trim()
  if (name === '') problems.push({ field: 'nome', code: 'search-name' })
  if (name.length > LONGEST_NAME) problems.push({ field: 'nome', code: 'too-long', with: { most: LONGEST_NAME } })
  const sharing = readSharing(typed.sharing, actor)
  if (!sharing) problems.push({ field: 'partilha', code: 'choice-unknown' })
  if (typed.query.length > LONGEST_QUERY) problems.push({ field: 'nome', code: 'search-long' })
  return sharing && problems.length === 0 ? good({ ...sharing, name, query: typed.query }) : bad(...problems)
}

/** A number to be told above, or nothing: undefined. */
export function readAbove(text: string): Checked<number | undefined> {
  if (text === '') return good(undefined)
  const above = Number(text)
  if (/^\d{1,4}$/.test(text) && above <= MOST_ABOVE) return good(above)
  return bad({ field: 'alerta', code: 'search-above', with: { most: MOST_ABOVE } })
}
