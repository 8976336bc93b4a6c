// What a person does with searches: keeps, changes, removes, begins with one, asks to be told.

import { record } from '#journal/actions.ts'
import { keptCount, savedSearch } from '#searches/reads.ts'
import { checkSearch, MOST_KEPT, mayRemove, readAbove, type TypedSearch } from '#searches/rules.ts'
import { deleteSearch, insertSearch, noteCount, putAlert, putStart, updateSearch } from '#searches/store.ts'
import type { Tx } from '#shared/db/connect.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { bad, type Checked, good } from '#shared/problems.ts'
import { found } from '#shared/refusals.ts'

export interface Keeper {
  readonly tx: Tx
  readonly actor: Actor
  readonly now: Date
}

/** What one makes of a search that somebody keeps: begins with it, is told. */
export interface Use {
  readonly start: boolean
  /** As typed: a number, or nothing. */
  readonly above: string
  readonly byMail: boolean
}

/** Keeps a search; the same key twice keeps one. Its number, or what is wrong. */
export async function keepSearch(
  by: Keeper,
  typed: TypedSearch & { key: string },
  use: Use,
): Promise<Checked<{ id: number }>> {
  const checked = checkSearch(typed, by.actor)
  const above = readAbove(use.above)
  const many = (await keptCount(by.tx, by.actor)) >= MOST_KEPT
  if (!checked.ok || !above.ok || many)
    return bad(
      ...(checked.ok ? [] : checked.problems),
      ...(above.ok ? [] : above.problems),
      ...(many ? [{ field: 'nome', code: 'search-many', with: { most: MOST_KEPT } }] : []),
    )
  const id = await insertSearch(by.tx, by.actor, { ...checked.value, key: typed.key, at: by.now })
  await useSearch(by, id, { ...use, above: above.value })
  return good({ id })
}

/** Changes one's own search and what one makes of it; of another's only the latter. Refuses what one may not see. */
export async function changeSearch(
  by: Keeper,
  id: number,
  to: { typed: TypedSearch; use: Use },
): Promise<Checked<null>> {
  const { tx, actor, now } = by
  const search = found(await savedSearch(tx, actor, id), 'search-gone')
  const checked = search.own ? checkSearch(to.typed, actor) : good(undefined)
  const above = readAbove(to.use.above)
  if (!checked.ok || !above.ok) return bad(...(checked.ok ? [] : checked.problems), ...(above.ok ? [] : above.problems))
  if (checked.value) await updateSearch(tx, id, { ...checked.value, at: now })
  await useSearch(by, id, { ...to.use, above: above.value })
  return good(null)
}

async function useSearch(
  { tx, actor, now }: Keeper,
  searchId: number,
  use: { start: boolean; above: number | undefined; byMail: boolean },
): Promise<void> {
  await putStart(tx, { personId: actor.personId, at: now }, { searchId, on: use.start })
  await putAlert(tx, { searchId, personId: actor.personId }, use)
}

/** Removes a search; what is gone already is no error, what is not for one to remove is not found. One left by another is recorded. */
export async function removeSearch({ tx, actor, now }: Keeper, id: number): Promise<void> {
  const search = await savedSearch(tx, actor, id)
  if (!search) return
  found(mayRemove(search, actor) ? search : undefined, 'search-gone')
  await deleteSearch(tx, id)
  if (search.own) return
  await record(tx, {
    thing: 'search',
    thingId: id,
    institutionId: actor.institutionId,
    actorId: actor.personId,
    event: 'remove-search',
    at: now,
    facts: {},
    // A name may be a person's, and what is searched for a plate.
    privateFacts: { name: search.name, path: search.query },
    ...(actor.side === 'staff' ? { staffOnly: true } : {}),
  })
}

/** Notes what was counted for an alert; true: whoever is told of it is told now. */
export async function noteCounted(
  tx: Tx,
  alert: { searchId: number; personId: number; above: number },
  counted: { count: number | undefined; at: Date },
): Promise<boolean> {
  const passed = counted.count === undefined ? undefined : counted.count > alert.above
  const changed = await noteCount(tx, alert, { passed, at: counted.at })
  return changed && passed === true
}
