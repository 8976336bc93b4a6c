// Everything the ticket page draws from, loaded once a request.
import { draftCopiedFrom, type ShownSection, shownAnswers } from '#forms/reads.ts'
import { settingsNow } from '#settings/reads.ts'
import type { Settings } from '#settings/rules.ts'
import type { Problem } from '#shared/problems.ts'
import type { Posted, Visit } from '#shared/web/site.ts'
import { type FormTexts, formTexts } from '#tickets/reads/form-texts.ts'
import { assignees, type WaitingType, waitingTypes } from '#tickets/reads/references.ts'
import {
  type TicketFacts,
  type TicketFile,
  type TimelineRow,
  ticketFacts,
  ticketFiles,
  timeline,
} from '#tickets/reads/ticket-page.ts'
import { type Verb, verbsFor } from '#tickets/rules/lifecycle.ts'

export interface Screen {
  readonly visit: Visit
  readonly facts: TicketFacts
  readonly rows: readonly TimelineRow[]
  /** Files of the ticket, in their order. */
  readonly files: readonly TicketFile[]
  /** The visitor's own files, uploaded but not sent yet. */
  readonly unsent: readonly TicketFile[]
  readonly verbs: ReadonlySet<Verb>
  readonly form: FormTexts
  readonly answers: readonly ShownSection[]
  readonly settings: Settings
  readonly waitingTypes: readonly WaitingType[]
  readonly assignees: readonly { id: number; name: string }[]
  /** An unfiled draft copied from this closed ticket, to go on with. */
  readonly copyDraft: string | undefined
  readonly attempt: Attempt | undefined
}

/** A post that was not carried out: shown again with what was typed and why. */
export interface Attempt {
  readonly verb: Verb
  readonly posted: Pick<Posted, 'fields'>
  readonly problems: readonly Problem[]
}

/** Loads the screen of a ticket; `not-found` for what the visitor may not see. */
export async function loadScreen(visit: Visit, id: number, attempt?: Attempt): Promise<Screen> {
  const { tx, actor, lang } = visit
  // Asked for at once, so that they travel at once; without facts the rest is thrown away.
  const [facts, rows, files, settings, copy] = await Promise.all([
    ticketFacts(tx, id),
    timeline(tx, id),
    ticketFiles(tx, id),
    settingsNow(tx),
    actor.side === 'institution' ? draftCopiedFrom(tx, { personId: actor.personId, ticketId: id }) : undefined,
  ])
  const verbs = new Set(verbsFor({ status: facts.status, assigned: facts.assigneeId !== null }, actor))
  const [form, answers] = await Promise.all([formTexts(tx, facts.formVersionId, lang), shownAnswers(tx, facts, lang)])
  return {
    visit,
    facts,
    rows,
    files: files.filter((file) => file.n !== null),
    unsent: files.filter((file) => file.n === null && file.uploadedBy === actor.personId),
    verbs,
    form,
    answers,
    settings,
    waitingTypes: verbs.has('ask') ? await waitingTypes(tx, lang) : [],
    assignees: verbs.has('assign') ? await assignees(tx) : [],
    copyDraft: facts.status === 'closed' ? copy : undefined,
    attempt,
  }
}

/** What was typed into a field of the post shown again, for the form of that verb only. */
export function typed(screen: Screen, verb: Verb, field: string): string {
  const { attempt } = screen
  return attempt?.verb === verb ? (attempt.posted.fields[field]?.[0] ?? '') : ''
}

/** The sentence of a field's problem in the form of that verb, or undefined. */
export function problemOf(screen: Screen, verb: Verb, field: string): string | undefined {
  const problem = screen.attempt?.verb === verb ? screen.attempt.problems.find((one) => one.field === field) : undefined
  return problem && sentenceOf(screen, problem)
}

/** The sentence of a problem in the visitor's language. */
export function sentenceOf(screen: Pick<Screen, 'visit'>, problem: Problem): string {
  const { ticketPage, problems } = screen.visit.words
  const all = { ...problems, ...ticketPage.problems } as Record<string, unknown>
  const text = all[problem.code]
  return typeof text === 'function' ? text(problem.with ?? {}) : String(text ?? problem.code)
}
