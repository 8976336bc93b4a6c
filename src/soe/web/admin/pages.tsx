// The frame of the administrator's pages at /soe/administracao: who administers, one transaction that sees the whole house.
import type { FastifyRequest } from 'fastify'
import type { ComponentChildren } from 'preact'
import type { Problem } from '#shared/problems.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Tab } from '#shared/ui/form.tsx'
import type { Answer } from '#shared/web/site.ts'
import { managerOf } from '#soe/operators/reads.ts'
import type { SignedInPages, SoeVisit } from '#soe/web/doors.ts'
import { asked, doneOf, framedPage, type ManagedVisit } from '#soe/web/master/pages.tsx'
import type { Words } from '#words/words.ts'

export const ADMINISTRATION = '/soe/administracao'

export interface AdminVisit extends ManagedVisit {
  readonly request: FastifyRequest
}
export type AdminHandler = (visit: AdminVisit) => Promise<Answer>

/** Registers pages for the administrator on those for the signed-in. For anybody else there is nothing here. */
export function adminPages(own: SignedInPages) {
  const run = (handler: AdminHandler) => async (visit: SoeVisit, request: FastifyRequest) => {
    const manager = await managerOf(visit.pages.db, visit.me.accountId, visit.now)
    if (!manager?.administrator) throw new Refusal('not-found')
    const { db, origin } = visit.pages
    return await db.transaction().execute((tx) => {
      const doing = { tx, manager, origin, now: visit.now }
      return handler({ ...visit, tx, manager, doing, request, ...asked(request) })
    })
  }
  return {
    get: (path: string, handler: AdminHandler) => own.get(ADMINISTRATION + path, run(handler)),
    post: (path: string, handler: AdminHandler) => own.post(ADMINISTRATION + path, run(handler)),
  }
}

type Done = keyof Words['soeAdmin']['done']
export const after = (path: string, done: Done): Answer => ({ redirect: `${path}?feito=${done}` })

/** A page with the administrator's tabs. `problems`: 422 with their summary. */
export function adminPage(
  visit: AdminVisit,
  view: { title: string; path: string; body: ComponentChildren; problems?: readonly Problem[] },
): Answer {
  const done = doneOf(visit, visit.words.soeAdmin.done)
  return framedPage(visit, { ...view, done, tabs: tabsOf(visit) })
}

function tabsOf({ words, manager, pages }: AdminVisit): Tab[] {
  const { menu } = words.soeAdmin
  const { operators, account, eprod } = words.soeHouse.menu
  return [
    { href: `${ADMINISTRATION}/instituicoes`, label: menu.institutions },
    { href: `${ADMINISTRATION}/aplicacoes`, label: menu.applications },
    { href: `${ADMINISTRATION}/entradas`, label: menu.signIns },
    { href: `${ADMINISTRATION}/auditoria`, label: menu.audit },
    { href: `${ADMINISTRATION}/ajustes`, label: menu.settings },
    ...(manager.master ? [{ href: '/soe/operadores', label: operators }] : []),
    { href: '/soe/conta', label: account },
    { href: pages.home, label: eprod },
  ]
}
