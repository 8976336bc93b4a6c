// The frame of the pages for masters: who manages, in the scope of its institution, and the tabs above each page.
import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { ComponentChildren } from 'preact'
import { storable } from '#shared/kit/storable.ts'
import { isUuid } from '#shared/kit/uuid.ts'
import type { Problem } from '#shared/problems.ts'
import { Refusal } from '#shared/refusals.ts'
import { ErrorSummary, problemText } from '#shared/ui/fields.tsx'
import { Notice, type Tab, Tabs } from '#shared/ui/form.tsx'
import { openPage } from '#shared/ui/page.tsx'
import type { Answer } from '#shared/web/site.ts'
import type { Doing } from '#soe/operators/actions.ts'
import { managerOf } from '#soe/operators/reads.ts'
import type { Manager } from '#soe/operators/rules.ts'
import { inScope, type SoeTx } from '#soe/tables.ts'
import type { SignedInPages, SoeVisit } from '#soe/web/doors.ts'
import type { Words } from '#words/words.ts'

/** A page of somebody who manages: who, and one transaction of what that person may see. */
export interface ManagedVisit extends SoeVisit {
  readonly tx: SoeTx
  readonly manager: Manager
  readonly doing: Doing
  /** All values posted under a name. */
  all(name: string): readonly string[]
  query(name: string): string
}
/** A page of a master, whose transaction sees its institution alone. */
export interface MasterVisit extends ManagedVisit {
  id(): string
}
export type MasterHandler = (visit: MasterVisit) => Promise<Answer>

/** Registers pages for masters on those for the signed-in. */
export function masterPages(own: SignedInPages) {
  const run = (handler: MasterHandler) => async (visit: SoeVisit, request: FastifyRequest) => {
    const manager = await managerOf(visit.pages.db, visit.me.accountId, visit.now)
    // Of the signed-in only those of a suspended institution manage nothing.
    if (!manager && visit.me.master) throw new Refusal('institution-suspended')
    if (!manager?.master) throw new Refusal('needs-master')
    const { origin } = visit.pages
    return await inScope(visit.pages.db, manager.institutionId, (tx) => {
      const doing = { tx, manager, origin, now: visit.now }
      return handler({ ...visit, tx, manager, doing, ...asked(request), id: () => uuidOf(request, 'id') })
    })
  }
  return {
    get: (path: string, handler: MasterHandler) => own.get(path, run(handler)),
    post: (path: string, handler: MasterHandler) => own.post(path, run(handler)),
  }
}

/** What a request asks for beyond its fields. */
export function asked(request: FastifyRequest): Pick<ManagedVisit, 'all' | 'query'> {
  const texts = (value: unknown): string[] =>
    (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string')
  const body = (request.body ?? {}) as Readonly<Record<string, unknown>>
  const query = (request.query ?? {}) as Readonly<Record<string, unknown>>
  return {
    all: (name) => texts(body[name]),
    query: (name) => storable(texts(query[name])[0] ?? '').trim(),
  }
}

/** A UUID within an address; anything else names nothing. */
export function uuidOf(request: FastifyRequest, name: string): string {
  const value = (request.params as Readonly<Record<string, string | undefined>>)[name]
  if (!isUuid(value)) throw new Refusal('not-found')
  return value
}

/** The key of a form, which makes it count once; a new one where it was tampered with. */
export function formKey(visit: Pick<ManagedVisit, 'field'>): string {
  const key = visit.field('chave')
  return isUuid(key) ? key : randomUUID()
}

/** The entry that a page of the audit goes on behind; undefined: it begins with the newest. */
export function placeOf(visit: Pick<ManagedVisit, 'query'>): number | undefined {
  const place = visit.query('antes')
  return /^\d{1,15}$/.test(place) ? Number(place) : undefined
}

export type Done = keyof Words['soeHouse']['done']

/** What was done, as the address says it. */
export function doneOf(
  visit: Pick<ManagedVisit, 'query'>,
  texts: Readonly<Record<string, string>>,
): string | undefined {
  const what = visit.query('feito')
  return Object.hasOwn(texts, what) ? texts[what] : undefined
}

/** A page with the tabs of a master. `problems`: 422 with their summary. */
export function masterPage(
  visit: MasterVisit,
  view: { title: string; path: string; body: ComponentChildren; problems?: readonly Problem[] },
): Answer {
  const done = doneOf(visit, visit.words.soeHouse.done)
  return framedPage(visit, { ...view, done, tabs: soeTabs(visit.words, { ...visit.manager, home: visit.pages.home }) })
}

/** A page of SOE/WEB below its tabs, with what was done said first. `problems`: 422 with their summary. */
export function framedPage(
  visit: SoeVisit,
  view: {
    title: string
    path: string
    body: ComponentChildren
    tabs: readonly Tab[]
    done: string | undefined
    problems?: readonly Problem[]
  },
): Answer {
  const { words } = visit
  const problems = view.problems ?? []
  const items = problems.map((one) => ({ href: `#${one.field}`, text: faultText(words, one) }))
  const body = (
    <div class="stack managed">
      <SoeTabs words={words} tabs={view.tabs} path={view.path} />
      {view.done ? (
        <Notice tone="ok" live>
          <p>{view.done}</p>
        </Notice>
      ) : null}
      <ErrorSummary title={words.soeHouse.problems.title} items={items} />
      {view.body}
    </div>
  )
  // After a post the language is changed on the page the form stood on.
  const guest = visit.turn.request.method === 'POST' ? { ...visit, path: view.path } : visit
  return openPage(guest, { title: view.title, body, ...(problems.length > 0 ? { status: 422 } : {}) })
}

/** A part of a page, with its heading. */
export function Section({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="card">
      <div class="sect stack">
        <h2>{title}</h2>
        {children}
      </div>
    </section>
  )
}

/** Who sees which tabs, and where EPROD begins. */
interface Seer {
  readonly master: boolean
  readonly administrator: boolean
  readonly home: string
}

/** The pages of a master, and the way to those of the administrator. */
export function soeTabs(words: Words, { master, administrator, home }: Seer): Tab[] {
  const text = words.soeHouse.menu
  const own = [
    { href: '/soe/operadores', label: text.operators },
    { href: '/soe/confirmacao', label: text.confirmation },
    { href: '/soe/auditoria', label: text.audit },
  ]
  return [
    ...(master ? own : []),
    ...(administrator ? [{ href: '/soe/administracao', label: text.administration }] : []),
    { href: '/soe/conta', label: text.account },
    { href: home, label: text.eprod },
  ]
}

export function SoeTabs({ words, tabs, path }: { words: Words; tabs: readonly Tab[]; path: string }) {
  const current = (href: string) => path === href || path.startsWith(`${href}/`)
  return <Tabs label={words.soeHouse.menu.label} tabs={tabs.map((tab) => ({ ...tab, current: current(tab.href) }))} />
}

/** The sentence of a problem: the house's own, else that of the identifiers. */
export function faultText(words: Words, problem: Problem): string {
  const own: Readonly<Record<string, string>> = { ...words.soeHouse.problems, ...words.soeAdmin.problems }
  return own[problem.code] ?? problemText(words, problem)
}

export function faultAt(words: Words, problems: readonly Problem[], field: string): string | undefined {
  const problem = problems.find((one) => one.field === field)
  return problem && faultText(words, problem)
}

/** `2026-12-31` as `31-12-2026`. */
export const showDay = (day: string): string => day.split('-').reverse().join('-')
