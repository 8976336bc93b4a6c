// Turns what went wrong into a page or a problem+json (RFC 9457). Refusals by their table; the rest is 500 or 503 with the
// request's number and without internals.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Doors, guestOf, inVisit } from '#app/visit.ts'
import { REFUSALS, Refusal, type RefusalCode } from '#shared/refusals.ts'
import { openPage, page } from '#shared/ui/page.tsx'
import { RefusalBody, type RefusalText, refusalText } from '#shared/ui/refusal.tsx'
import { withUnread } from '#shared/ui/shell.tsx'
import type { Guest, Posted, Visit } from '#shared/web/site.ts'

/** A refusal's own code, or one of the two that the world's failures have. */
export type ErrorCode = RefusalCode | 'failed' | 'unavailable'

interface Shown {
  readonly code: ErrorCode
  readonly status: number
}

/** PostgreSQL: cannot connect, shutting down, too many connections; the pool: no connection in time. */
const UNAVAILABLE = /^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|57P0[123]|53300|08\w{3})$/

/** Our own guards raise EP003 when a ticket changed under a writer; serialization and deadlock likewise. */
const MET = /^(EP003|40001|40P01)$/

/** The system's and PostgreSQL's words for a disk that is full, or takes no writing. */
const NO_SPACE = /^(ENOSPC|EDQUOT|EROFS|53100)$/

/** PostgreSQL could not read a value as what it should be: a number, an instant, an id, a text in UTF-8. */
const UNREADABLE = /^22(?:003|007|008|009|021|P02|P05)$/

const BY_STATUS: Readonly<Record<number, RefusalCode>> = { 404: 'not-found', 413: 'too-large', 429: 'too-many-tries' }

/** What a thrown thing shows as. */
export function shownAs(error: unknown): Shown {
  if (error instanceof Refusal) return { code: error.code, status: error.status }
  const {
    code = '',
    statusCode = 500,
    message = '',
  } = error as { code?: string; statusCode?: number; message?: string }
  if (MET.test(code)) return { code: 'changed-meanwhile', status: 409 }
  if (UNAVAILABLE.test(code) || /timeout exceeded when trying to connect|Connection terminated/.test(message)) {
    return { code: 'unavailable', status: 503 }
  }
  if (NO_SPACE.test(code)) return { code: 'no-space', status: REFUSALS['no-space'] }
  if (isUnreadable(error)) return { code: 'bad-request', status: 400 }
  const known = BY_STATUS[statusCode]
  if (known) return { code: known, status: statusCode }
  if (statusCode >= 400 && statusCode < 500) return { code: 'bad-request', status: 400 }
  return { code: 'failed', status: 500 }
}

const isUnreadable = (error: unknown): boolean => UNREADABLE.test((error as { code?: string }).code ?? '')

/** Does the caller want problem+json rather than a page? */
export function wantsJson(request: FastifyRequest): boolean {
  return request.url.startsWith('/api/') || (request.headers.accept ?? '').includes('json')
}

/** An address without what it may carry in secret: codes of a sign-in, what was searched, tokens of links. */
export function loggedAddress(url: string): string {
  return (url.split('?', 1)[0] ?? '').replace(/[\w-]{40,}/g, '…')
}

/** Sends an error; logs what is ours or the world's, never a refusal. */
export async function sendError(
  error: unknown,
  to: { request: FastifyRequest; reply: FastifyReply; doors: Doors },
): Promise<void> {
  const { request, reply } = to
  const { code, status } = shownAs(error)
  if (status >= 500) request.log.error({ err: error, url: loggedAddress(request.url) }, 'request failed')
  // A value that should have been checked before: nothing the visitor can tell us, so the log does.
  else if (isUnreadable(error))
    request.log.warn({ err: error, url: loggedAddress(request.url) }, 'a statement could not read a value')
  const guest = guestOf(request, to.doors)
  const text = textOf(guest, code, request.id)
  reply.code(status).header('cache-control', 'no-store')
  if (status === 503 || code === 'too-many-at-once') reply.header('retry-after', '5')
  if (wantsJson(request)) {
    const detail = `${text.sentence} ${text.mend}`
    const problem = { type: 'about:blank', title: text.title, status, detail, code, instance: request.id }
    await reply.type('application/problem+json').send(JSON.stringify(problem))
    return
  }
  const shown = { text, status, texts: typed.get(request) ?? [] }
  const html = (await signedInHtml(to, shown)) ?? errorHtml(guest, shown)
  await reply.type('text/html; charset=utf-8').send(html)
}

const TOO_MANY = 429

interface ShownError {
  readonly text: RefusalText
  readonly status: number
  /** What was typed into the post that failed. */
  readonly texts?: readonly string[]
}

/**
 * The same with menu, search and user, for a person who is signed in: a number that was mistyped is searched for at once.
 * undefined: nobody is, or another visit would fail as well or be one too many. SOE/WEB is another house.
 */
async function signedInHtml(
  { request, doors }: { request: FastifyRequest; doors: Doors },
  shown: ShownError,
): Promise<string | undefined> {
  const reads = request.headers.accept?.includes('text/html') && !request.url.startsWith('/soe')
  if (!reads || shown.status >= 500 || shown.status === TOO_MANY) return undefined
  const work = async (visit: Visit) => errorHtml(visit, shown)
  const done = await inVisit(request, doors, { reading: true, quiet: true, work }).catch(() => undefined)
  return done && withUnread(done.answer, done.unread, guestOf(request, doors).words)
}

/** What was typed into a post that failed, by its request: nothing of it is kept, so the page of the failure shows it again. */
const typed = new WeakMap<FastifyRequest, readonly string[]>()

/** Notes the texts of a post, which are what has spaces in it: no key, number or choice has. */
export function noteTyped(request: FastifyRequest, fields: Posted['fields']): void {
  const texts = Object.values(fields).flat()
  typed.set(
    request,
    texts.filter((text) => /\S\s+\S/.test(text)),
  )
}

function textOf(guest: Guest, code: ErrorCode, request: string): RefusalText {
  if (code !== 'failed' && code !== 'unavailable') return refusalText(guest.words, code)
  const failure = guest.words.shared.failure
  return { ...failure, mend: failure.mend(request) }
}

/** The page of an error: anybody's, or a visitor's with menu and search. */
export function errorHtml(guest: Guest | Visit, { text, status, texts = [] }: ShownError): string {
  const body = (
    <>
      <RefusalBody text={text}>
        <a class="btn pri" href="/">
          {guest.words.shared.menu.home}
        </a>
      </RefusalBody>
      {status >= 500 && texts.length > 0 ? (
        <section class="card pad fld stack" aria-labelledby="digitado">
          <h2 id="digitado">{guest.words.shared.failure.typed}</h2>
          {texts.map((one) => (
            <textarea key={one} class="ta" rows={5} readOnly aria-labelledby="digitado" value={one} />
          ))}
        </section>
      ) : null}
    </>
  )
  const content = { title: text.title, body, status }
  const answer = 'actor' in guest ? page(guest, content) : openPage(guest, { ...content, narrow: true })
  return 'html' in answer ? answer.html : ''
}
