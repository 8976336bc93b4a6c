// The settings of the product: one table of keys, kinds and defaults. Pure.

/** Defaults; a row of eprod.setting replaces one. Sizes in bytes, spans in days or seconds as the name says. */
export const SETTINGS = {
  /** Pendente without answer becomes Solucionado (guide, step 4). */
  pendingDays: 7,
  /** Solucionado without answer becomes Fechado (guide, step 4). */
  solvedDays: 10,
  /** Limit of one file (product, section 3). */
  fileBytes: 20 * 1024 * 1024,
  /** Session limits: without a request, and in all. */
  idleSeconds: 30 * 60,
  absoluteSeconds: 12 * 60 * 60,
} as const satisfies Record<string, number>

export type Settings = { readonly [K in keyof typeof SETTINGS]: number }
