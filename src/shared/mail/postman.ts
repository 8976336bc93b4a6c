// Takes letters to the mail server (SMTP), or lays them by when there is none. Runs in the worker's job `mail.send`.
import type { QueryExecutorProvider } from 'kysely'
import { createTransport } from 'nodemailer'
import type { Letter } from '#shared/mail/letter.ts'
import { markDead, markFailed, markKept, markSent, waitingLetter } from '#shared/mail/store.ts'

/** The name of the job `mail.post` adds. */
export const SEND_LETTER = 'mail.send'

export interface Postman {
  /** Delivers one letter, or throws what the mail server said. */
  send(letter: Letter): Promise<void>
  close(): void
}

const CONNECT_MS = 15_000
const ANSWER_MS = 60_000
/** A server that says a word now and then is never silent for long: a letter takes as many of its patience at most. */
const MOST_ANSWERS = 5

/** A postman for a mail server. `from`: an address, or `Name <address>`. `answerMs`: how long the server may be silent. */
export function makePostman(given: { smtpUrl: string; from: string; answerMs?: number }): Postman {
  const answerMs = given.answerMs ?? ANSWER_MS
  const transport = createTransport({
    url: given.smtpUrl,
    pool: true,
    maxConnections: 2,
    connectionTimeout: Math.min(CONNECT_MS, answerMs),
    greetingTimeout: Math.min(CONNECT_MS, answerMs),
    socketTimeout: answerMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    send: async (letter) => {
      const message = {
        from: given.from,
        // As an object: the address is taken as it is, not parsed as a list.
        to: { name: '', address: letter.to },
        subject: letter.subject,
        text: letter.text,
        html: letter.html,
        messageId: `<${letter.messageId}>`,
        headers: { 'Auto-Submitted': 'auto-generated', ...letter.headers },
        signal: AbortSignal.timeout(answerMs * MOST_ANSWERS),
      }
      await transport.sendMail(message)
    },
    close: () => transport.close(),
  }
}

/** What to do with letters: hand them to a server, lay them by for /dev/mail, or let them wait until there is a server. */
export type MailWay = Postman | 'keep' | 'wait'

/**
 * Delivers a posted letter. Throws while the mail server is away, so that the job is tried again; a letter the server
 * refuses for good is marked so and not tried again. `last`: there will be no other try.
 */
export async function deliver(
  db: QueryExecutorProvider,
  given: { id: number; way: MailWay; now: Date; last?: boolean },
): Promise<void> {
  const { id, way, now, last } = given
  const letter = await waitingLetter(db, id)
  if (!letter) return
  if (way === 'wait') throw new Error('SMTP_URL is not set: the letter waits')
  if (way === 'keep') return await markKept(db, id, now)
  const error = await way.send(letter).then(() => undefined, asError)
  if (!error) return await markSent(db, id, now)
  const said = { failure: error.message.slice(0, 500), now }
  if (refusedForGood(error)) return await markFailed(db, id, said)
  if (last) await markDead(db, id, said)
  throw error
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))

/** 5xx is a permanent answer (RFC 5321, 4.2.1), but one to our own sign-in or greeting may be mended by the operator. */
function refusedForGood(error: Error & { responseCode?: number; command?: string }): boolean {
  const { responseCode = 0, command = '' } = error
  return responseCode >= 500 && responseCode < 600 && /^(RCPT TO|DATA)$/.test(command)
}
