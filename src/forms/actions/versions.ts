// What form managers do with versions: start, change, publish, retire, discard, copy, take in. Each ends in the journal.
import { type Version, versionOf } from '#forms/reads/versions.ts'
import type { Definition } from '#forms/rules/definition.ts'
import { type Fault, faultsOf } from '#forms/rules/faults.ts'
import { type FormTest, type FormTestResult, runFormTest } from '#forms/rules/form-tests.ts'
import type { Portable } from '#forms/rules/portable.ts'
import { shapedDefinition } from '#forms/rules/schema.ts'
import {
  deleteDraftVersion,
  insertDraftVersion,
  insertForm,
  publishVersion,
  retirePublished,
  updateDraftVersion,
} from '#forms/store.ts'
import { record } from '#journal/actions.ts'
import type { Entry } from '#journal/rules.ts'
import type { Tx } from '#shared/db/connect.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { mayOpen } from '#shared/kit/admin-pages.ts'
import { found, Refusal } from '#shared/refusals.ts'

/** Who edits, in which transaction, when. */
export interface Manager {
  readonly tx: Tx
  readonly actor: Actor
  readonly now: Date
}

/** Only class 903 sees or changes forms here. */
export function refuseUnlessManagesForms(actor: Actor): void {
  if (!mayOpen(actor, 'forms')) throw new Refusal(actor.side === 'staff' ? 'needs-staff-class' : 'not-for-your-side')
}

/** Which version, and the edition of it the person has seen. */
export interface Seen {
  readonly code: string
  readonly number: number
  readonly edition: number
}

/** A version the person may look at; refuses when there is none. */
export async function versionToRead({ tx, actor }: Manager, code: string, number: number): Promise<Version> {
  refuseUnlessManagesForms(actor)
  return found(await versionOf(tx, code, number))
}

/** A draft to write in, in the edition that was seen; another edition, or no draft any more, is refused. */
export async function draftSeen(manager: Manager, seen: Seen): Promise<Version> {
  const version = await versionToRead(manager, seen.code, seen.number)
  if (version.status !== 'draft' || version.edition !== seen.edition) throw new Refusal('form-changed-meanwhile')
  return version
}

/** A draft that goes on from a version. Returns its number; refuses when the form has a draft. */
export async function startVersion(manager: Manager, code: string, from: number): Promise<number> {
  const { formId, definition, tests } = await versionToRead(manager, code, from)
  const number = await insertDraftVersion(manager.tx, newVersion(manager, formId, { definition, tests }), manager.now)
  if (number === undefined) throw new Refusal('form-draft-exists')
  await note(manager, code, { event: 'form-version-started', facts: { version: number, from } })
  return number
}

const newVersion = ({ actor }: Manager, formId: number, { definition, tests }: Portable) => ({
  formId,
  definition,
  tests,
  personId: actor.personId,
})

export interface Changed {
  readonly definition?: Definition
  readonly tests?: readonly FormTest[]
}

/**
 * Writes a draft. `what`: the item that changed, for the journal. A definition that cannot even be kept (a wrong shape) is
 * refused: the pages never make one.
 */
export async function changeVersion(manager: Manager, seen: Seen, change: Changed & { what: string }): Promise<void> {
  const draft = await draftSeen(manager, seen)
  const definition = change.definition ?? draft.definition
  if (!shapedDefinition(definition).ok) throw new Refusal('bad-request')
  const to = { definition, tests: change.tests ?? draft.tests, personId: manager.actor.personId, at: manager.now }
  if (!(await updateDraftVersion(manager.tx, draft, to))) throw new Refusal('form-changed-meanwhile')
  await note(manager, seen.code, { event: 'form-version-changed', facts: { version: seen.number, what: change.what } })
}

export interface Obstacles {
  readonly faults: readonly Fault[]
  readonly failing: readonly FormTestResult[]
}

/** What stands in the way of publishing a version. */
export function obstaclesOf({ definition, tests }: Portable): Obstacles {
  const faults = faultsOf(definition)
  return { faults, failing: tests.map((test) => runFormTest(definition, test)).filter((one) => !one.passes) }
}

/** Publishes a draft in the place of the version in use, unless something stands in the way: then it says what. */
export async function publishDraft(manager: Manager, seen: Seen): Promise<Obstacles | undefined> {
  const draft = await draftSeen(manager, seen)
  const obstacles = obstaclesOf(draft)
  if (obstacles.faults.length + obstacles.failing.length > 0) return obstacles
  if (!(await publishVersion(manager.tx, draft, manager.now))) throw new Refusal('form-changed-meanwhile')
  await note(manager, seen.code, {
    event: 'form-version-published',
    facts: { version: seen.number, tests: draft.tests.length },
  })
  return undefined
}

/** Takes a form out of use: no request begins with it until a version is published. */
export async function retireForm(manager: Manager, code: string, number: number): Promise<void> {
  const version = await versionToRead(manager, code, number)
  if (version.status !== 'published') throw new Refusal('form-changed-meanwhile')
  const retired = await retirePublished(manager.tx, version.formId, manager.now)
  if (retired !== number) throw new Refusal('form-changed-meanwhile')
  await note(manager, code, { event: 'form-version-retired', facts: { version: number } })
}

/** Throws a draft away. */
export async function discardDraft(manager: Manager, seen: Seen): Promise<void> {
  const draft = await draftSeen(manager, seen)
  if (!(await deleteDraftVersion(manager.tx, draft))) throw new Refusal('form-changed-meanwhile')
  await note(manager, seen.code, { event: 'form-version-discarded', facts: { version: seen.number } })
}

/** A form of its own from a file or a copy, as a draft. Undefined: the code is taken. Returns the draft's number. */
export async function addForm(manager: Manager, code: string, form: Portable): Promise<number | undefined> {
  refuseUnlessManagesForms(manager.actor)
  const formId = await insertForm(manager.tx, code)
  if (formId === undefined) return undefined
  const number = await insertDraftVersion(manager.tx, newVersion(manager, formId, form), manager.now)
  await note(manager, code, { event: 'form-added', facts: { version: number } })
  return number
}

async function note({ tx, actor, now }: Manager, code: string, said: Pick<Entry, 'event' | 'facts'>): Promise<void> {
  const { institutionId, personId } = actor
  await record(tx, {
    thing: 'form',
    thingId: code,
    institutionId,
    actorId: personId,
    at: now,
    staffOnly: true,
    ...said,
  })
}
