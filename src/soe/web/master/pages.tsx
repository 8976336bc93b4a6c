// The frame of the pages for masters: who manages, in the scope of its institution, and the tabs above each page.
import type { FastifyRequest } from 'fastify'
import type { ComponentChildren } from 'preact'
import type { Problem } from '#shared/problems.ts'
import { Refusal } from '#shared/refusals.ts'
import { ErrorSummary, problemText } from '#shared/ui/fields.tsx'
import { Notice, Tabs } from '#shared/ui/form.tsx'
import { openPage } from '#shared/ui/page.tsx'
import type { Answer, Guest } from '#shared/web/site.ts'
import type { Doing } from '#soe/operators/actions.ts'
import { managerOf } from '#soe/operators/reads.ts'
import type { Manager } from '#soe/operators/rules.ts'
import { inScope, type SoeTx } from '#soe/tables.ts'
import type { SignedInPages, SoeVisit } from '#soe/web/doors.ts'
import type { Words } from '#words/words.ts'

/** A page of a master: one transaction that sees its institution alone. */
export interface MasterVisit extends SoeVisit {
  readonly tx: SoeTx
  readonly manager: Manager
  readonly doing: Doing
  /** All values posted under a name. */
  all(name: string): readonly string[]
  query(name: string): string
  id(): string
}
export type MasterHandler = (visit: MasterVisit) => Promise<Answer>

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Registers pages for masters on those for the signed-in. */
export function masterPages(own: SignedInPages) {
  const run = (handler: MasterHandler) => async (visit: SoeVisit, request: FastifyRequest) => {
    const manager = await managerOf(visit.pages.db, visit.me.accountId)
    if (!manager?.master) throw new Refusal('needs-master')
    const { origin } = visit.pages
    return await inScope(visit.pages.db, manager.institutionId, (tx) => {
      const doing = { tx, manager, origin, now: visit.now }
      return handler({ ...visit, tx, manager, doing, ...asked(request) })
    })
  }
  return {
    get: (path: string, handler: MasterHandler) => own.get(path, run(handler)),
    post: (path: string, handler: MasterHandler) => own.post(path, run(handler)),
  }
}

function asked(request: FastifyRequest) {
  const texts = (value: unknown): string[] =>
    (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string')
  const body = (request.body ?? {}) as Readonly<Record<string, unknown>>
  const query = (request.query ?? {}) as Readonly<Record<string, unknown>>
  return {
    all: (name: string) => texts(body[name]),
    query: (name: string) => (texts(query[name])[0] ?? '').replaceAll('\0', '').trim(),
    id: () => {
      const { id = '' } = request.params as { id?: string }
      if (!UUID.test(id)) throw new Refusal('not-found')
      return id
    },
  }
}

export type Done = keyof Words['soeHouse']['done']

/** A page with the tabs of a master. `problems`: 422 with their summary. */
export function masterPage(
  visit: MasterVisit,
  view: { title: string; path: string; body: ComponentChildren; problems?: readonly Problem[] },
): Answer {
  const { words } = visit
  const done = words.soeHouse.done[visit.query('feito') as Done]
  const problems = view.problems ?? []
  const items = problems.map((one) => ({ href: `#${one.field}`, text: faultText(words, one) }))
  const body = (
    <div class="stack">
      <SoeTabs guest={visit} path={view.path} home={visit.pages.home} />
      {done ? (
        <Notice tone="ok" live>
          <p>{done}</p>
        </Notice>
      ) : null}
      <ErrorSummary title={words.soeHouse.problems.title} items={items} />
      {view.body}
    </div>
  )
  // After a post the language is changed on the page the form stood on.
  const guest = problems.length > 0 ? { ...visit, path: view.path } : visit
  return openPage(guest, { title: view.title, body, ...(problems.length > 0 ? { status: 422 } : {}) })
}

/** The pages of a master as tabs. */
export function SoeTabs({ guest, path, home }: { guest: Guest; path: string; home: string }) {
  const text = guest.words.soeHouse.menu
  const tabs = [
    { href: '/soe/operadores', label: text.operators },
    { href: '/soe/confirmacao', label: text.confirmation },
    { href: '/soe/auditoria', label: text.audit },
    { href: '/soe/conta', label: text.account },
    { href: home, label: text.eprod },
  ]
  return <Tabs label={text.label} tabs={tabs.map((tab) => ({ ...tab, current: tab.href === path }))} />
}

/** The sentence of a problem: the house's own, else that of the identifiers. */
export function faultText(words: Words, problem: Problem): string {
  const own: Readonly<Record<string, string>> = words.soeHouse.problems
  return own[problem.code] ?? problemText(words, problem)
}

export function faultAt(words: Words, problems: readonly Problem[], field: string): string | undefined {
  const problem = problems.find((one) => one.field === field)
  return problem && faultText(words, problem)
}

/** `2026-12-31` as `31-12-2026`. */
export const showDay = (day: string): string => day.split('-').reverse().join('-')
