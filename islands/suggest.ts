// The search box suggests tickets while one types: the combobox with a list of the ARIA Authoring Practices, laid over a
// plain form. Enter without a choice sends the form as it would without this script; `/` is menu.ts's.

interface Suggestion {
  readonly id: string
  readonly title: string
  readonly status: string
  readonly href: string
}

interface Box {
  readonly form: HTMLFormElement
  readonly input: HTMLInputElement
  readonly list: HTMLElement
  /** Tells how many there are to whoever does not see them. */
  readonly said: HTMLElement
}

const PAUSE_MS = 150
let timer: ReturnType<typeof setTimeout> | undefined
let asked: AbortController | undefined

const form = document.querySelector<HTMLFormElement>('form[data-suggest]')
const input = form?.querySelector<HTMLInputElement>('input[type="search"]')
if (form && input) listen(laidOver(form, input))

function laidOver(form: HTMLFormElement, input: HTMLInputElement): Box {
  const list = made('ul', { id: 'sugestoes', class: 'sugg', role: 'listbox', 'aria-label': form.dataset.list ?? '' })
  list.hidden = true
  const said = made('span', { class: 'vh', role: 'status' })
  form.append(list, said)
  setAll(input, {
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': list.id,
    autocomplete: 'off',
  })
  return { form, input, list, said }
}

function made(tag: string, attributes: Readonly<Record<string, string>>, text = ''): HTMLElement {
  const element = document.createElement(tag)
  setAll(element, attributes)
  element.textContent = text
  return element
}

function setAll(element: Element, attributes: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
}

function listen(box: Box): void {
  const { form, input, list } = box
  input.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(() => void ask(box), PAUSE_MS)
  })
  input.addEventListener('blur', () => close(box))
  form.addEventListener('submit', () => close(box))
  // Pressed, not clicked: the box would lose the focus, and the list with it, in between.
  list.addEventListener('mousedown', (event) => event.preventDefault())
  list.addEventListener('click', (event) => {
    const option = event.target instanceof Element ? event.target.closest<HTMLElement>('[role="option"]') : null
    if (option?.dataset.href) location.assign(option.dataset.href)
  })
  input.addEventListener('keydown', (event) => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return
    if (KEYS[event.key]?.(box)) event.preventDefault()
  })
}

/** What a key does; false: it does what it does in any box. */
const KEYS: Readonly<Record<string, (box: Box) => boolean>> = {
  ArrowDown: (box) => move(box, 1),
  ArrowUp: (box) => move(box, -1),
  Enter: ({ list }) => {
    const href = list.hidden ? undefined : selected(list)?.dataset.href
    if (href) location.assign(href)
    return href !== undefined
  },
  // Closed, it empties the box, as browsers do.
  Escape: (box) => {
    const wasOpen = !box.list.hidden
    close(box)
    return wasOpen
  },
}

const selected = (list: HTMLElement): HTMLElement | null => list.querySelector<HTMLElement>('[aria-selected="true"]')

function move(box: Box, by: 1 | -1): boolean {
  const options = [...box.list.children]
  open(box, true)
  if (options.length === 0) return false
  const at = options.indexOf(selected(box.list) ?? box.list)
  choose(box, options[(Math.max(at, by < 0 ? 0 : -1) + by + options.length) % options.length])
  return true
}

function choose({ input, list }: Box, option: Element | undefined): void {
  for (const one of list.children) one.setAttribute('aria-selected', String(one === option))
  if (option) input.setAttribute('aria-activedescendant', option.id)
  else input.removeAttribute('aria-activedescendant')
  option?.scrollIntoView({ block: 'nearest' })
}

function open(box: Box, on: boolean): void {
  const { input, list } = box
  list.hidden = !on || list.childElementCount === 0
  input.setAttribute('aria-expanded', String(!list.hidden))
  if (list.hidden) choose(box, undefined)
}

function close(box: Box): void {
  clearTimeout(timer)
  asked?.abort()
  open(box, false)
}

async function ask(box: Box): Promise<void> {
  const { form, input, list, said } = box
  asked?.abort()
  asked = new AbortController()
  const { signal } = asked
  const term = input.value.trim()
  const found = term === '' ? [] : await suggestions(`${form.dataset.suggest}?q=${encodeURIComponent(term)}`, signal)
  if (signal.aborted) return
  list.replaceChildren(...found.map(optionOf))
  const sentence = found.length === 1 ? form.dataset.one : form.dataset.many?.replace(/\d+/, String(found.length))
  said.textContent = found.length === 0 ? '' : (sentence ?? '')
  open(box, document.activeElement === input)
}

/** Nothing where the server has nothing to say: a session that ended, a line that is cut. */
async function suggestions(address: string, signal: AbortSignal): Promise<Suggestion[]> {
  try {
    const answer = await fetch(address, { signal, headers: { accept: 'application/json' } })
    return answer.ok ? ((await answer.json()) as Suggestion[]) : []
  } catch {
    return []
  }
}

function optionOf({ id, title, status, href }: Suggestion, at: number): HTMLElement {
  const option = made('li', { id: `sugestao-${at}`, role: 'option', 'aria-selected': 'false', 'data-href': href })
  option.append(made('b', {}, id), ' ', made('span', {}, title), ' ', made('small', {}, status))
  return option
}
