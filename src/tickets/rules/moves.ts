// What a move of a ticket carries and which input it needs (product, section 3, column "Needs"). Pure.
import type { Actor } from '#shared/kit/actor.ts'
import { oneLine } from '#shared/kit/one-line.ts'
import type { Problem } from '#shared/problems.ts'
import { type Decision, decide, followUpVerb, type Status, type Verb } from '#tickets/rules/lifecycle.ts'

/** Reasons for wanting a document again (case catalogue, last lines); the sentences stand in words. */
export const DOCUMENT_FAULTS = [
  'illegible',
  'incomplete',
  'unsigned',
  'no-powers',
  'differs',
  'expired',
  'wrong-document',
  'protected-file',
  'missing',
] as const
export type DocumentFault = (typeof DOCUMENT_FAULTS)[number]

export interface RequestedDocument {
  readonly document: string
  readonly fault: DocumentFault
}

/** A move as asked for. `version`: of the ticket as the person saw it; undefined where any will do. */
export interface Move {
  readonly verb: Verb
  readonly version?: number | undefined
  /** Of an assignment: who had the ticket as the person saw it, null for nobody; undefined where anybody will do. */
  readonly seenAssignee?: number | null | undefined
  readonly body?: string | undefined
  readonly outcome?: string | undefined
  readonly waitingTypeId?: number | undefined
  readonly waitingReason?: string | undefined
  readonly documents?: readonly RequestedDocument[] | undefined
  readonly assigneeId?: number | undefined
  /** Ids of the files that go with it: those its own form listed or brought. */
  readonly files?: readonly string[] | undefined
  /** The same key twice writes once. */
  readonly requestKey?: string | undefined
}

export const LONGEST_BODY = 20_000
/** May this actor send a file to the ticket now? As the verb that would take it along decides. */
export function admitFiles(ticket: { status: Status; assigned: boolean }, actor: Actor): Decision {
  const refusing = ticket.status === 'solved' && actor.side === 'institution'
  return decide(ticket, refusing ? 'refuse' : followUpVerb(ticket.status, actor), actor)
}

export const mayAttach = (ticket: { status: Status; assigned: boolean }, actor: Actor): boolean =>
  admitFiles(ticket, actor).ok

const LONGEST_REASON = 200
/** A solution shorter than this cannot speak of its case (Lei RS 15.612/2021, art. 57). */
export const SHORTEST_SOLUTION = 40
const FEWEST_WORDS = 4

/** Ready sentences an analyst may start from; alone they decide nothing (art. 57: a reason that fits any case is none). */
export const SOLUTION_TEMPLATES = [
  'Documentação conferida. O desbloqueio foi efetuado e o cancelamento do gravame já pode ser enviado pela instituição no SNG.',
  'Não foi possível efetuar o desbloqueio com a documentação apresentada.',
] as const

/** A text without its edges; one of spaces and unseen characters alone says nothing. */
const said = (text = ''): string => (/[^\s\p{C}]/u.test(text) ? text.trim() : '')

/** What is missing or wrong in a move; `files`: how many files come with it. Empty: nothing. */
export function problemsOf(move: Move, files: number): Problem[] {
  const body = said(move.body)
  const problems: Problem[] = []
  if (body.length > LONGEST_BODY) problems.push({ field: 'texto', code: 'too-long', with: { most: LONGEST_BODY } })
  const needs: Partial<Record<Verb, () => void>> = {
    answer: () => body || files || problems.push({ field: 'texto', code: 'text-or-file' }),
    'follow-up': () => body || files || problems.push({ field: 'texto', code: 'text-or-file' }),
    note: () => problems.push(...noteProblems(body, files)),
    refuse: () => body || problems.push({ field: 'texto', code: 'refusal-reason-needed' }),
    assign: () => move.assigneeId || problems.push({ field: 'tecnico', code: 'assignee-needed' }),
    ask: () => problems.push(...askProblems(move, body)),
    solve: () => problems.push(...solveProblems(move, body)),
  }
  needs[move.verb]?.()
  return problems
}

/** A private note takes no files: their numbers would tell the institution that there is one. */
export function noteProblems(body: string, files: number): Problem[] {
  if (files > 0) return [{ field: 'texto', code: 'note-without-files' }]
  return body ? [] : [{ field: 'texto', code: 'note-needed' }]
}

/** Motivo is one line, wherever it is shown. */
export const reasonOf = (move: Move): string => oneLine(move.waitingReason ?? '')

function askProblems(move: Move, body: string): Problem[] {
  const problems: Problem[] = []
  if (!move.waitingTypeId) problems.push({ field: 'tipo', code: 'waiting-type-needed' })
  const reason = said(reasonOf(move))
  if (!reason) problems.push({ field: 'motivo', code: 'waiting-reason-needed' })
  if (reason.length > LONGEST_REASON)
    problems.push({ field: 'motivo', code: 'too-long', with: { most: LONGEST_REASON } })
  if (!body) problems.push({ field: 'texto', code: 'question-needed' })
  return problems
}

function solveProblems(move: Move, body: string): Problem[] {
  const problems: Problem[] = []
  if (move.outcome !== 'granted' && move.outcome !== 'denied')
    problems.push({ field: 'resultado', code: 'outcome-needed' })
  if (!body) problems.push({ field: 'texto', code: 'solution-needed' })
  else if (isTooGeneral(ownWords(body))) {
    problems.push({ field: 'texto', code: 'solution-too-general', with: { least: SHORTEST_SOLUTION } })
  }
  return problems
}

/** Letters alone are no reason: some different words belong to one. */
const isTooGeneral = (own: string): boolean =>
  own.length < SHORTEST_SOLUTION || new Set(own.toLowerCase().match(/\p{L}{2,}/gu)).size < FEWEST_WORDS

/** What is left of a solution without the ready sentences. */
export function ownWords(body: string): string {
  const plain = body.replace(/\s+/g, ' ')
  return SOLUTION_TEMPLATES.reduce((rest, template) => rest.replaceAll(template, ''), plain).trim()
}
