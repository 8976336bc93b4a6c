// Warns before the session ends and offers *Continuar*. When it ends is computed here, from the limits in a cookie and the
// last use in any tab: asking the server would prolong it.

const WARN_MS = 2 * 60_000
const SEEN = 'eprod-uso'

interface Words {
  readonly title: string
  readonly idle: string
  readonly absolute: string
  readonly continue: string
  readonly ended: string
  readonly enter: string
}

/** `end in ms.idle seconds`, set when the session was opened. */
function limits(): { ends: number; idle: number } | undefined {
  const [, ends, idle] = /(?:^|; )(?:__Host-)?eprod_prazo=(\d+)\.(\d+)/.exec(document.cookie) ?? []
  return ends && idle ? { ends: Number(ends), idle: Number(idle) * 1000 } : undefined
}

const used = () => localStorage.setItem(SEEN, String(Date.now()))
const endOf = ({ ends, idle }: { ends: number; idle: number }) =>
  Math.min(ends, Number(localStorage.getItem(SEEN)) + idle)

let dialog: HTMLDialogElement | undefined
let timer: ReturnType<typeof setTimeout> | undefined

const limit = limits()
// Only pages of the signed-in have a way to sign out.
if (limit && document.querySelector('form[action="/sair"]')) {
  used()
  const watch = () => {
    clearTimeout(timer)
    const left = endOf(limit) - Date.now()
    if (left > WARN_MS) dialog?.close()
    if (left <= 0) return void say(limit, 'ended')
    if (left <= WARN_MS) void say(limit, limit.ends <= endOf(limit) ? 'absolute' : 'idle')
    // Timers of more than 24 days overflow; of a sleeping computer they are late.
    timer = setTimeout(watch, Math.min(Math.max(left > WARN_MS ? left - WARN_MS : left, 250), 60_000))
  }
  watch()
  // Another tab was used.
  window.addEventListener('storage', (event) => {
    if (event.key === SEEN) watch()
  })
  // Saving a draft, sending files: whatever this page asks the server for is a use too, but for what a live page asks by itself.
  new PerformanceObserver((list) => {
    const own = (list.getEntries() as PerformanceResourceTiming[]).some(
      ({ name, initiatorType }) =>
        name.startsWith(location.origin) &&
        !/\/(assets|sessao)\/|\/(eventos|avisos)$/.test(name) &&
        // The page itself, anew: a live page alone asks for it so.
        !(initiatorType === 'xmlhttprequest' && name === location.href.replace(/#.*/, '')),
    )
    if (own && !dialog?.open) used()
  }).observe({ type: 'resource' })
}

let words: Words | undefined

async function say(given: { ends: number; idle: number }, what: 'idle' | 'absolute' | 'ended'): Promise<void> {
  words ??= (await (await fetch('/sessao/aviso')).json()) as Words
  dialog ??= build()
  dialog.dataset.what = what
  const [title, text, button] = dialog.querySelectorAll<HTMLElement>('h2, p, button')
  if (!title || !text || !button) return
  title.textContent = words.title
  text.textContent = words[what]
  button.textContent = what === 'idle' ? words.continue : words.enter
  button.hidden = what === 'absolute'
  if (!dialog.open && !(what === 'absolute' && dialog.dataset.seen)) dialog.showModal()
  if (what === 'absolute') dialog.dataset.seen = String(given.ends)
}

function build(): HTMLDialogElement {
  const made = document.createElement('dialog')
  made.className = 'session-end'
  made.setAttribute('aria-labelledby', 'sessao-titulo')
  const [title, text, button] = [
    document.createElement('h2'),
    document.createElement('p'),
    document.createElement('button'),
  ]
  title.id = 'sessao-titulo'
  button.type = 'button'
  button.className = 'btn pri'
  button.addEventListener('click', () => void goOn(made))
  made.append(title, text, button)
  document.body.append(made)
  return made
}

async function goOn(shown: HTMLDialogElement): Promise<void> {
  if (shown.dataset.what === 'ended') return location.reload()
  const answer = await fetch('/sessao', { method: 'POST', headers: { accept: 'application/json' } })
  if (!answer.ok) return location.reload()
  used()
  shown.close()
}
