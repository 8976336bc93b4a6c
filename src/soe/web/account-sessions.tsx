// The list of one's own open sessions, part of /soe/conta.
import { showInstant } from '#shared/kit/dates.ts'
import type { OwnSession } from '#soe/sessions/reads.ts'
import type { SoeVisit } from '#soe/web/doors.ts'

/** Browser and system out of a User-Agent, as far as they are known. */
export function browserOf(agent: string): string | undefined {
  const found = (table: readonly (readonly [RegExp, string])[]) => table.find(([sign]) => sign.test(agent))?.[1]
  const browser = found([
    [/\bEdg\//, 'Edge'],
    [/\bOPR\//, 'Opera'],
    [/\bFirefox\//, 'Firefox'],
    [/Chrome\//, 'Chrome'],
    [/\bSafari\//, 'Safari'],
  ])
  const system = found([
    [/\bWindows\b/, 'Windows'],
    [/\bAndroid\b/, 'Android'],
    [/\b(iPhone|iPad)\b/, 'iOS'],
    [/\bMac OS X\b/, 'macOS'],
    [/\bLinux\b/, 'Linux'],
  ])
  return browser && system ? `${browser} · ${system}` : (browser ?? system)
}

export function Sessions({ visit, sessions }: { visit: SoeVisit; sessions: readonly OwnSession[] }) {
  const text = visit.words.soe.account.sessions
  const others = sessions.filter((one) => one.uid !== visit.me.sessionUid)
  return (
    <section class="card">
      <div class="sect stack">
        <h2>{text.title}</h2>
        <p class="hint">{text.lead}</p>
        <ul class="listing sessions">
          {sessions.map((one) => (
            <li key={one.uid}>
              <Session visit={visit} session={one} />
            </li>
          ))}
        </ul>
        {others.length > 0 ? (
          <form method="post" action="/soe/conta/sessoes">
            <button class="btn" type="submit">
              {text.endOthers}
            </button>
          </form>
        ) : (
          <p class="hint">{text.only}</p>
        )}
      </div>
    </section>
  )
}

function Session({ visit, session }: { visit: SoeVisit; session: OwnSession }) {
  const text = visit.words.soe.account.sessions
  const methods: Readonly<Record<string, string>> = text.methods
  const how = session.methods.flatMap((one) => methods[one] ?? [])
  const facts = [
    `${text.seen}: ${showInstant(session.seenAt)}`,
    `${text.since}: ${showInstant(session.startedAt)}`,
    `${text.address}: ${session.address}`,
    `${text.how}: ${how.join(' + ')}`,
  ]
  return (
    <>
      <b>{browserOf(session.agent) ?? text.unknown}</b>
      {session.uid === visit.me.sessionUid ? <span class="here">{text.this}</span> : null}
      <p class="hint">{facts.join(' · ')}</p>
    </>
  )
}
