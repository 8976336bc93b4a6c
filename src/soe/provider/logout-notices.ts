// Carries notices of changed access to the clients: OpenID Connect Back-Channel Logout 1.0. A client that does not answer
// is told again, later and later, for a day.
import type { Provider } from 'oidc-provider'
import { claimsOf } from '#soe/accounts/reads.ts'
import { sessionUidsOf } from '#soe/sessions/reads.ts'
import { endSessionsOf } from '#soe/sessions/sessions.ts'
import { type Notice, noticePart, noticeSent, takeNotices } from '#soe/sessions/store.ts'
import type { SoeDb } from '#soe/tables.ts'

/** Access must end within five seconds; one look costs a fifth of a millisecond. */
const EVERY_MS = 1000

export interface NoticeDoors {
  readonly db: SoeDb
  provider(): Provider
  /** The clients that exist. */
  clientIds(): Promise<readonly string[]>
  readonly now: () => Date
  /** Called with what could not be sent. */
  failed(error: Error): void
}

/** Sends what is due; returns how many notices went out to every client. */
export async function sendNotices(doors: NoticeDoors): Promise<number> {
  const notices = await takeNotices(doors.db)
  const sent = await Promise.all(notices.map((notice) => send(doors, notice)))
  return sent.filter(Boolean).length
}

/** Looks every second until stopped; looks do not overlap. */
export function startNotices(doors: NoticeDoors): { stop(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve()
  let timer: ReturnType<typeof setTimeout> | undefined
  let over = false
  const look = () => {
    running = sendNotices(doors)
      .catch(doors.failed)
      .then(() => {
        if (!over) timer = setTimeout(look, EVERY_MS).unref()
      })
  }
  timer = setTimeout(look, EVERY_MS).unref()
  return {
    stop: async () => {
      over = true
      clearTimeout(timer)
      await running
    },
  }
}

/** One that does not answer is told again by itself: the others have been told, and to be told anew would end more. */
async function send(doors: NoticeDoors, notice: Notice): Promise<boolean> {
  if (notice.sid === null) await endBlocked(doors, notice.accountId)
  const clients = notice.clientId === null ? await doors.clientIds() : [notice.clientId]
  const waiting = clients.filter((id) => !notice.told.includes(id))
  const done = await Promise.all(waiting.map((id) => tell(doors, id, notice)))
  const all = done.every(Boolean)
  if (all) await noticeSent(doors.db, notice.id)
  else await noticePart(doors.db, { ...notice, told: waiting.filter((_id, at) => done[at]) })
  return all
}

/** A blocked account has no session here either. */
async function endBlocked(doors: NoticeDoors, accountId: string): Promise<void> {
  if (await claimsOf(doors.db, accountId, doors.now())) return
  const given = { db: doors.db, provider: doors.provider() }
  await endSessionsOf(given, await sessionUidsOf(doors.db, accountId), doors.now())
}

/** What the library's own types leave out of a client. */
interface LogoutClient {
  readonly backchannelLogoutUri?: string
  backchannelLogout(sub: string, sid: string | undefined): Promise<unknown>
}

async function tell(doors: NoticeDoors, clientId: string, notice: Notice): Promise<boolean> {
  const client = (await doors.provider().Client.find(clientId)) as unknown as LogoutClient | undefined
  if (!client?.backchannelLogoutUri) return true
  return await client.backchannelLogout(notice.accountId, notice.sid ?? undefined).then(
    () => true,
    (error: Error) => {
      doors.failed(error)
      return false
    },
  )
}
