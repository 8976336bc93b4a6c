// What every form, notice and list of the product starts from. Fields stand in fields.tsx.

import { randomUUID } from 'node:crypto'
import type { ComponentChildren } from 'preact'
import { Icon } from '#shared/ui/icon.tsx'
import type { IconName } from '#shared/ui/icons.ts'
import type { Visit } from '#shared/web/site.ts'

/**
 * First thing inside a signed-in form. `guarda` lets the post outlive the session for an hour; `chave` makes a double
 * click write once. `action`: the path the form posts to. `once`: the key of a page shown again, so that it stays the same.
 */
export function FormStart({ visit, action, once }: { visit: Visit; action: string; once?: string | undefined }) {
  return (
    <>
      <input type="hidden" name="guarda" value={visit.keepToken(action)} />
      <input type="hidden" name="chave" value={once || randomUUID()} />
    </>
  )
}

export type Tone = 'info' | 'ok' | 'warn' | 'bad'
const TONE_ICON = {
  info: 'info-circle',
  ok: 'circle-check',
  warn: 'alert-triangle',
  bad: 'alert-circle',
} as const satisfies Record<Tone, IconName>

/** A message in the flow of the page. `live`: announced when it appears (after a post). */
export function Notice(props: { tone?: Tone; title?: string; live?: boolean; children?: ComponentChildren }) {
  const tone = props.tone ?? 'info'
  return (
    <div class={`notice n-${tone}`} role={props.live ? 'status' : undefined}>
      <Icon name={TONE_ICON[tone]} />
      <div>
        {props.title ? <p class="notice-title">{props.title}</p> : null}
        {props.children}
      </div>
    </div>
  )
}

/** Nothing here: says so, says why, and offers the next step. */
export function Empty(props: { icon?: IconName; title: string; text?: string; children?: ComponentChildren }) {
  return (
    <div class="empty-state">
      <Icon name={props.icon ?? 'list'} />
      <p class="empty-title">{props.title}</p>
      {props.text ? <p class="hint">{props.text}</p> : null}
      {props.children ? <div class="acts">{props.children}</div> : null}
    </div>
  )
}

export interface Tab {
  readonly href: string
  readonly label: string
  readonly count?: string | undefined
  readonly current?: boolean
}

/** Tabs that are links: each has its own address. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav class="views" aria-label={label}>
      {tabs.map((tab) => (
        <a key={tab.href} href={tab.href} aria-current={tab.current ? 'page' : undefined}>
          {tab.label}
          {tab.count === undefined ? null : <span class="cnt">{tab.count}</span>}
        </a>
      ))}
    </nav>
  )
}
