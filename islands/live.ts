// Live pages: one stream for all tabs of the browser tells that tickets changed and how many notifications are unread. Each page
// then asks for itself again and puts in what is new; what a person is typing stays. Without this a plain reload does.

interface Said {
  readonly tickets?: readonly number[]
  readonly unread?: number
}

const STREAM = '/eventos'
const SOON_MS = 150
/** Nobody has touched the page for so long: it waits to be looked at, so that it does not keep the session alive by itself. */
const AWAY_MS = 15 * 60_000

const MARK_MS = 2000
const AGAIN_MS = 20_000
/** Where all are to ask again, not all at once. */
const SPREAD_MS = 1000

const bell = document.querySelector<HTMLElement>('[data-bell]')
const ticket = Number(/^\/chamados\/(\d+)/.exec(location.pathname)?.[1] ?? 0)
const isList = /^\/($|chamados$|atendimento$|avisos$|pesquisar$)/.test(location.pathname)
const tabs = new BroadcastChannel('eprod-live')
let touched = Date.now()
let marked = 0
let waiting: ReturnType<typeof setTimeout> | undefined
let stream: EventSource | undefined
let again: ReturnType<typeof setTimeout> | undefined
let gone = false

function hear(said: Said): void {
  if (said.unread !== undefined) ring(said.unread)
  const mine = said.tickets?.some((id) => id === 0 || id === ticket || isList)
  if (!mine) return
  clearTimeout(waiting)
  waiting = setTimeout(refresh, SOON_MS + (said.tickets?.includes(0) ? Math.random() * SPREAD_MS : 0))
}

/** The number at the bell; a ticket one is looking at is read. */
function ring(unread: number): void {
  const shown = bell?.querySelector<HTMLElement>('[data-unread]')
  const told = bell?.querySelector<HTMLElement>('[data-unread-said]')
  if (!bell || !shown || !told) return
  const { one = '', many = '', most = '' } = bell.dataset
  shown.hidden = unread === 0
  shown.textContent = unread >= 100 ? '99+' : String(unread)
  told.textContent = unread === 0 ? '' : unread === 1 ? one : unread >= 100 ? most : many.replace('2', String(unread))
  if (unread > 0 && ticket > 0 && document.visibilityState === 'visible' && Date.now() - marked > MARK_MS) {
    marked = Date.now()
    fetch('/avisos', { method: 'POST', body: new URLSearchParams({ chamado: String(ticket) }) })
      .then((answer) => (answer.ok ? (answer.json() as Promise<{ unread: number }>) : { unread }))
      .then((left) => ring(left.unread))
      .catch(() => {})
  }
}

/** XMLHttpRequest parses a page without the sinks that Trusted Types forbid. */
function refresh(): void {
  if (Date.now() - touched > AWAY_MS) {
    offer()
    return
  }
  const asked = new XMLHttpRequest()
  asked.open('GET', location.href)
  asked.responseType = 'document'
  asked.setRequestHeader('accept', 'text/html')
  asked.onload = () => {
    const page = asked.responseXML
    if (asked.status === 200 && page && asked.responseURL === location.href.replace(/#.*/, '')) put(page)
  }
  asked.send()
}

function put(page: Document): void {
  const [here, fresh] = [document.querySelector('main'), page.querySelector('main')]
  if (!here || !fresh) return
  if (isBusy(here)) {
    offer()
    return
  }
  const open = [...here.querySelectorAll('details')].map((one) => one.open)
  here.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)))
  const details = here.querySelectorAll('details')
  if (details.length === open.length) for (const [at, one] of details.entries()) one.open = open[at] ?? one.open
  document.title = page.title
}

/** Is anything typed, chosen or in focus that new content would take away? */
function isBusy(main: Element): boolean {
  if (main.querySelector('[data-busy]')) return true
  if (main.contains(document.activeElement) && document.activeElement !== main) return true
  return [...main.querySelectorAll<HTMLInputElement>('input, textarea, select')].some((field) => {
    if (field instanceof HTMLSelectElement)
      return [...field.options].some((one) => one.selected !== one.defaultSelected && one.value !== '')
    if (field.type === 'hidden') return false
    if (field.type === 'file') return (field.files?.length ?? 0) > 0
    return field.type === 'checkbox' || field.type === 'radio'
      ? field.checked !== field.defaultChecked
      : field.value !== field.defaultValue
  })
}

/** Says that there is something new, and leaves it to the person. */
function offer(): void {
  const notice = document.querySelector<HTMLElement>('[data-live-notice]')
  if (notice) notice.hidden = false
}

/**
 * Hears until the page goes or the server refuses, as when the session has ended. What happened while nobody heard, or `late`ly
 * before, is asked for once the stream is open.
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
  for (const event of ['pointerdown', 'keydown'] as const)
    addEventListener(event, () => (touched = Date.now()), { passive: true })
  document.querySelector('[data-live-reload]')?.addEventListener('click', () => location.reload())
  addEventListener('pagehide', () => (gone = true))
  // After the page has loaded: the stream must not hold back what is to be seen. Kept pages come back without it.
  addEventListener('pageshow', ({ persisted }) => persisted && start())
  if (document.readyState === 'complete') start()
  else addEventListener('load', start, { once: true })
}
