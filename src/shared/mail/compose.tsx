// Writes the two parts of a letter, text and HTML, from the same sentences. Which sentences: the room that sends it.
import { renderToString } from 'preact-render-to-string'
import { type Letter, subjectLine } from '#shared/mail/letter.ts'
import type { Lang } from '#words/words.ts'

export interface LetterContent {
  readonly lang: Lang
  readonly subject: string
  /** The first line, larger. */
  readonly heading: string
  readonly paragraphs: readonly string[]
  /** Facts as label and value, in a small table. */
  readonly facts?: readonly (readonly [label: string, value: string])[]
  /** Things with what happened to each, under a heading that leads there. */
  readonly groups?: readonly LetterGroup[]
  /** The one thing to do; its address stands in full below the button, for programs that show no buttons. */
  readonly action?: { readonly label: string; readonly href: string }
  /** Said after the action, as how long it holds. */
  readonly after?: readonly string[]
  /** Who sends this and why. */
  readonly foot: string
  /** Below it: the link that stops such letters. */
  readonly stop?: { readonly label: string; readonly href: string }
}

export interface LetterGroup {
  readonly heading: string
  readonly href: string
  readonly lines: readonly string[]
}

/** Subject and both parts. */
export function composeLetter(content: LetterContent): Pick<Letter, 'subject' | 'text' | 'html'> {
  return { subject: subjectLine(content.subject), text: textPart(content), html: htmlPart(content) }
}

function textPart(content: LetterContent): string {
  const facts = (content.facts ?? []).map(([label, value]) => `${label}:${value.includes('\n') ? '\n' : ' '}${value}`)
  const groups = (content.groups ?? []).map(({ heading, href, lines }) => [heading, href, ...lines].join('\n'))
  const action = content.action ? [`${content.action.label}:\n${content.action.href}`] : []
  const facted = facts.length > 0 ? [facts.join('\n')] : []
  const parts = [content.heading, ...content.paragraphs, ...facted, ...groups, ...action, ...(content.after ?? [])]
  const stop = content.stop ? `\n${content.stop.label}: ${content.stop.href}` : ''
  return `${[...parts, `-- \n${content.foot}${stop}`].join('\n\n')}\n`
}

// Programs that show mail read neither our stylesheet nor its colours: the few that are needed stand here.
const STYLE = {
  body: 'margin:0;padding:24px 16px;background:#ffffff;color:#1b1b1b;font:16px/1.5 Arial,Helvetica,sans-serif',
  frame: 'max-width:560px;margin:0 auto',
  heading: 'font-size:20px;line-height:1.3;margin:0 0 16px',
  label: 'text-align:left;vertical-align:top;font-weight:normal;color:#555555;padding:2px 16px 2px 0',
  value: 'padding:2px 0;vertical-align:top',
  button:
    'display:inline-block;background:#1351b4;color:#ffffff;text-decoration:none;padding:10px 18px;border-radius:4px;font-weight:bold',
  small: 'font-size:13px;color:#555555;word-break:break-all',
  link: 'color:#1351b4',
  group: 'color:#1351b4;font-weight:bold',
  foot: 'font-size:13px;color:#555555;border-top:1px solid #cccccc;margin-top:24px;padding-top:12px',
} as const

function htmlPart(content: LetterContent): string {
  const body = renderToString(
    <body style={STYLE.body}>
      <div style={STYLE.frame}>
        <h1 style={STYLE.heading}>{content.heading}</h1>
        {content.paragraphs.map((text) => (
          <p key={text}>{broken(text)}</p>
        ))}
        <Facts facts={content.facts ?? []} />
        {content.groups?.map((group) => (
          <p key={group.href}>
            <a href={group.href} style={STYLE.group}>
              {group.heading}
            </a>
            <br />
            {broken(group.lines.join('\n'))}
          </p>
        ))}
        {content.action ? (
          <>
            <p>
              <a href={content.action.href} style={STYLE.button}>
                {content.action.label}
              </a>
            </p>
            <p style={STYLE.small}>{content.action.href}</p>
          </>
        ) : null}
        {content.after?.map((text) => (
          <p key={text}>{text}</p>
        ))}
        <p style={STYLE.foot}>
          {content.foot}
          {content.stop ? (
            <>
              {' '}
              <a href={content.stop.href} style={STYLE.link}>
                {content.stop.label}
              </a>
            </>
          ) : null}
        </p>
      </div>
    </body>,
  )
  const title = renderToString(<title>{subjectLine(content.subject)}</title>)
  return `<!doctype html><html lang="${content.lang}"><head><meta charset="utf-8">${title}</head>${body}</html>`
}

/** Lines as they were typed: not every program that shows mail knows `white-space`. */
function broken(text: string) {
  return text.split('\n').flatMap((line, at) => (at === 0 ? [line] : [<br key={at} />, line]))
}

function Facts({ facts }: { facts: NonNullable<LetterContent['facts']> }) {
  if (facts.length === 0) return null
  return (
    <table role="presentation">
      <tbody>
        {facts.map(([label, value]) => (
          <tr key={label}>
            <th style={STYLE.label}>{label}</th>
            <td style={STYLE.value}>{broken(value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
