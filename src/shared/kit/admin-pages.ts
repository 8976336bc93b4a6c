// The administration pages and who may open each: one table for the menu, the tabs and the doors. Pure.
import { type AccessClass, type Actor, holds } from '#shared/kit/actor.ts'

export const ADMIN_PAGES = {
  clock: { path: '/admin/relogio', classes: ['supervisor', 'administrator'] },
  forms: { path: '/admin/formularios', classes: ['formManager'] },
  deadlines: { path: '/admin/prazos', classes: ['supervisor', 'administrator'] },
  files: { path: '/admin/arquivos', classes: ['administrator'] },
  sessions: { path: '/admin/sessoes', classes: ['administrator'] },
  jobs: { path: '/admin/jobs', classes: ['administrator'] },
  audit: { path: '/admin/auditoria', classes: ['auditor'] },
} as const satisfies Record<string, { path: string; classes: readonly AccessClass[] }>
export type AdminPage = keyof typeof ADMIN_PAGES

/** May this person open the page? Each names its access classes. */
export function mayOpen(actor: Pick<Actor, 'classes' | 'side'>, page: AdminPage): boolean {
  return actor.side === 'staff' && ADMIN_PAGES[page].classes.some((name) => holds(actor, name))
}

/** The pages a person may open, in the table's order. */
export function adminPages(actor: Pick<Actor, 'classes' | 'side'>): AdminPage[] {
  return (Object.keys(ADMIN_PAGES) as AdminPage[]).filter((page) => mayOpen(actor, page))
}
