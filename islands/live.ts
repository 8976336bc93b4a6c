// Live pages: one stream for all tabs of the browser tells that tickets changed and how many notifications are unread. Each page
// then asks for itself again and puts in what is new (live-put.ts); while somebody writes it offers to. What no hand has asked for
// is no use of the session. Without this a plain reload does.

interface Said {
  readonly tickets?: readonly number[]
  readonly unread?: number
}

const STREAM = '/eventos'
const QUIET = { 'x-quiet': '1' }
const SOON_MS = 150
/** Nobody has touched the page for so long: it waits to be looked at, and is not read again and again for nobody. */
const AWAY_MS = 15 * 60_000

const AGAIN_MS = 20_000
/** Where all are to ask again, not all at once. */
const SPREAD_MS = 1000

const bell = document.querySelector<HTMLElement>('[data-bell]')
const ticket = Number(/^\/chamados\/(\d+)/.exec(location.pathname)?.[1] ?? 0)
const isList = /^\/($|chamados$|atendimento$|avisos$|pesquisar$)/.test(location.pathname)
const tabs = new BroadcastChannel('eprod-live')
let touched = Date.now()
/** Has a hand moved since the page shows what it shows? */
let hand = true
/** What is not read may be what the page shows. */
let asks = true
let unread = 0
let waiting: ReturnType<typeof setTimeout> | undefined
let stream: EventSource | undefined
let again: ReturnType<typeof setTimeout> | undefined
let gone = false

function hear(said: Said): void {
  if (said.unread !== undefined) {
    asks = true
    ring(said.unread)
    see()
  }
  const mine = said.tickets?.some((id) => id === 0 || id === ticket || isList)
  if (!mine) return
  clearTimeout(waiting)
  waiting = setTimeout(() => void refresh(), SOON_MS + (said.tickets?.includes(0) ? Math.random() * SPREAD_MS : 0))
}

/** The number at the bell. */
function ring(count: number): void {
  const shown = bell?.querySelector<HTMLElement>('[data-unread]')
  const told = bell?.querySelector<HTMLElement>('[data-unread-said]')
  if (!bell || !shown || !told) return
  unread = count
  const { one = '', many = '', most = '' } = bell.dataset
  shown.hidden = unread === 0
  shown.textContent = unread >= 100 ? '99+' : String(unread)
  told.textContent = unread === 0 ? '' : unread === 1 ? one : unread >= 100 ? most : many.replace('2', String(unread))
}

/** What a ticket's page shows is read once a hand has moved before it. */
function see(): void {
  const shown = document.querySelector<HTMLElement>('[data-shown]')?.dataset.shown
  if (!hand || !asks || unread === 0 || !shown || document.visibilityState !== 'visible') return
  asks = false
  const body = new URLSearchParams({ chamado: String(ticket), ate: shown })
  fetch('/avisos', { method: 'POST', headers: QUIET, body })
    .then((answer) => (answer.ok ? (answer.json() as Promise<{ unread: number }>) : { unread }))
    .then((left) => ring(left.unread))
    .catch(() => {})
}

function touch(): void {
  touched = Date.now()
  hand = true
  see()
}

/** Asks for the page and shows what is new in it, or offers to. */
async function refresh(always = false): Promise<void> {
  if (!always && Date.now() - touched > AWAY_MS) {
    offer()
    return
  }
  const { renew } = await import('./live-put.ts')
  const shown = await renew(always)
  if (shown === undefined) return
  offer(!shown)
  asks = true
  hand = always
}

/** Says that there is something new, and leaves it to the person. */
function offer(offered = true): void {
  const notice = document.querySelector<HTMLElement>('[data-live-notice]')
  if (notice) notice.hidden = !offered
}

/**
 * Hears until the page goes or the server refuses, as when the session has ended. What happened while nobody heard, or before
 * when it comes `late`, is asked for once the stream is open.
 */
async function listen(late: boolean): Promise<void> {
  const source = new EventSource(STREAM)
  stream = source
  let missed = late
  const say = (said: Said) => {
    hear(said)
    tabs.postMessage(said)
  }
  source.onopen = () => {
    if (missed) say({ tickets: [0] })
    missed = true
  }
  source.onmessage = ({ data }: MessageEvent<string>) => say(JSON.parse(data) as Said)
  await new Promise<void>((over) => {
    source.onerror = () => source.readyState === EventSource.CLOSED && over()
    addEventListener('pagehide', () => over(), { once: true })
  })
  source.close()
  stream = undefined
}

/** The tab that holds the lock holds the stream, until it is refused; where there are no locks, each tab has its own. */
async function hold(late: boolean): Promise<void> {
  const asked = Date.now()
  const heard = () => listen(late || Date.now() - asked > SOON_MS)
  await (navigator.locks ? navigator.locks.request('eprod-live', heard) : heard())
  // Somebody may have signed in again in another tab.
  if (!gone) again = setTimeout(() => void hold(true), AGAIN_MS)
}

function start(): void {
  gone = false
  clearTimeout(again)
  see()
  tabs.onmessage = ({ data }: MessageEvent<Said | 'unread?'>) => {
    if (data === 'unread?')
      return void (
        stream && tabs.postMessage({ unread: Number(bell?.querySelector('[data-unread]')?.textContent || 0) })
      )
    hear(data)
  }
  tabs.postMessage('unread?')
  void hold(false)
}

if (bell) {
  unread = Number(bell.querySelector('[data-unread]')?.textContent) || 0
  for (const event of ['pointerdown', 'pointermove', 'keydown', 'focus'] as const)
    addEventListener(event, touch, { passive: true })
  document.querySelector('[data-live-reload]')?.addEventListener('click', () => void refresh(true))
  addEventListener('pagehide', () => (gone = true))
  // After the page has loaded: the stream must not hold back what is to be seen. Kept pages come back without it.
  addEventListener('pageshow', ({ persisted }) => persisted && start())
  if (document.readyState === 'complete') start()
  else addEventListener('load', start, { once: true })
}
