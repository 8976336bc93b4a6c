// What the administration pages share: the door by class, the head with its tabs, and a plain list as table or cards.
import type { ComponentChildren } from 'preact'
import { ADMIN_PAGES, type AdminPage, adminPages, mayOpen } from '#shared/kit/admin-pages.ts'
import { Refusal } from '#shared/refusals.ts'
import { Tabs } from '#shared/ui/form.tsx'
import { page } from '#shared/ui/page.tsx'
import type { Answer, Site, Visit } from '#shared/web/site.ts'

/** The address without a page leads to the first one the person may open. */
export function routes(site: Site): void {
  site.get('/admin', async (visit) => {
    const [first] = adminPages(visit.actor)
    if (!first) throw new Refusal('not-found')
    return { redirect: ADMIN_PAGES[first].path }
  })
}

/** Refuses whoever may not open the page. */
export function enter(visit: Visit, name: AdminPage): void {
  if (visit.actor.side !== 'staff') throw new Refusal('not-found')
  if (!mayOpen(visit.actor, name)) throw new Refusal('needs-staff-class')
}

export interface AdminContent {
  readonly hint: string
  readonly body: ComponentChildren
  readonly notice?: string | undefined
  readonly status?: number
}

/** A page of the administration with the tabs this person may open. */
export function adminPage(visit: Visit, name: AdminPage, content: AdminContent): Answer {
  const { admin } = visit.words
  const tabs = adminPages(visit.actor).map((one) => ({
    href: ADMIN_PAGES[one].path,
    label: admin.pages[one],
    current: one === name,
  }))
  return page(visit, {
    title: admin.pages[name],
    section: 'admin',
    crumbs: [{ label: admin.title }, { label: admin.pages[name] }],
    notice: content.notice,
    ...(content.status === undefined ? {} : { status: content.status }),
    body: (
      <>
        <div class="head">
          <div>
            <h1>{admin.pages[name]}</h1>
            <p class="hint">{content.hint}</p>
          </div>
        </div>
        {tabs.length > 1 ? <Tabs label={admin.title} tabs={tabs} /> : null}
        <div class="stack">{content.body}</div>
      </>
    ),
  })
}

/** A table of plain cells under a heading; becomes cards on phones. */
export function PlainTable(props: {
  caption: string
  heads: readonly string[]
  rows: readonly { key: string | number; cells: readonly ComponentChildren[] }[]
}) {
  return (
    <table class="plain">
      <caption class="vh">{props.caption}</caption>
      <thead>
        <tr>
          {props.heads.map((head) => (
            <th scope="col" key={head}>
              {head || <span class="vh">{props.caption}</span>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <tr key={row.key}>
            {row.cells.map((cell, at) => (
              <td key={at} data-label={props.heads[at] || undefined}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
