// The settings of the product: one table of keys, kinds and defaults. Pure.
import type { Calendar } from '#settings/rules/working-days.ts'

/** Defaults; a row of eprod.setting replaces one. Sizes in bytes, spans in days or seconds as the name says. */
export const SETTINGS = {
  /** Pendente without answer becomes Solucionado (guide, step 4). */
  pendingDays: 7,
  /** Solucionado without answer becomes Fechado (guide, step 4). */
  solvedDays: 10,
  /** 1: a deadline that would end on a day off rolls to the next working day, and suspensions do not count. */
  workingDays: 0,
  /** Limit of one file (product, section 3). */
  fileBytes: 20 * 1024 * 1024,
  /** A file that stopped on its way, or lies by for a message that was never sent, goes after this many days. */
  unclaimedDays: 7,
  /** The files of a draft go when nobody has written in it for this many days; its answers stay. */
  draftFileDays: 90,
  /** Of an institution's files that no ticket has taken: those of drafts, of messages not sent, on their way. */
  unclaimedBytes: 20 * 1024 ** 3,
  /** Session limits: without a request, and in all. */
  idleSeconds: 30 * 60,
  absoluteSeconds: 12 * 60 * 60,
} as const satisfies Record<string, number>

/** The most that the limit of one file may be set to: what is larger is cut while it comes. */
export const MOST_FILE_BYTES = 100 * 1024 * 1024

export type Settings = { readonly [K in keyof typeof SETTINGS]: number }

/** How long Pendente and Solucionado wait; without a calendar days are counted as they come. */
export interface DeadlineRules {
  readonly pendingDays: number
  readonly solvedDays: number
  readonly calendar?: Calendar
}
