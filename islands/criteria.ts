// Makes the builder of searches and conditions smooth: a changed field or operator, the builder's buttons, chips, sorting and
// paging bring the new list without leaving the page. Each is a plain form or link that works without this script.

const SWAP = '[data-swap]'
let asked: XMLHttpRequest | undefined
/** What a builder's button asked for, while its answer is on the way; and what was asked of it meanwhile, in order. */
let editing: string | undefined
let waiting: string[] = []

document.addEventListener('change', (event) => {
  const { target } = event
  if (target instanceof HTMLInputElement && target.name === 'chamado') noteTicks()
  if (target instanceof HTMLInputElement && target.matches('[data-day]')) useDay(target)
  if (!(target instanceof HTMLSelectElement)) return
  const day = target.parentElement?.querySelector<HTMLInputElement>(':scope > [data-day]')
  if (day && target.value !== 'data') day.value = ''
  if (target.matches('[data-refit]')) refit(target.form)
})

/** The fields follow what was chosen. */
function refit(form: HTMLFormElement | null): void {
  const button = form?.querySelector<HTMLButtonElement>('[data-refit-button]')
  if (button) form?.requestSubmit(button)
}

/** A day typed beside the list of relative dates is the one that counts. */
function useDay(input: HTMLInputElement): void {
  const select = input.parentElement?.querySelector('select')
  if (select) select.value = 'data'
}

document.addEventListener('submit', (event) => {
  const form = event.target
  if (!(form instanceof HTMLFormElement) || !form.matches('[data-criteria]') || event.defaultPrevented) return
  const button = event.submitter
  const action = button instanceof HTMLButtonElement && button.name === 'acao' ? button.value : ''
  // What is posted for good, as a condition that is kept, leaves the page.
  if (form.method === 'post' && !isEdit(action)) return
  event.preventDefault()
  if (editing === undefined) ask(form, action)
  else waiting.push(action)
})

/** Chosen before this script was there, or put back by the browser. */
function followWhatStands(): void {
  const selects = document.querySelectorAll<HTMLSelectElement>(`${SWAP} [data-refit]`)
  const moved = [...selects].find(({ options, value }) => {
    const drawn = [...options].find((option) => option.defaultSelected) ?? options[0]
    return drawn !== undefined && drawn.value !== value
  })
  if (moved) refit(moved.form)
}

/** Does a button of the builder change the search itself? */
const isEdit = (action: string): boolean => /^(campos|tira|regra|grupo)/.test(action)

/** Asks what a button of the builder says; '': the search as it stands. */
function ask(form: HTMLFormElement, action: string): void {
  const fields = [...new FormData(form)].map(([name, value]): [string, string] => [name, String(value)])
  const params = new URLSearchParams(action === '' ? fields : [...fields, ['acao', action]])
  const edits = isEdit(action)
  editing = edits ? action : undefined
  const how = { keepTyped: edits && !action.startsWith('tira'), replace: edits, action }
  if (form.method === 'post') go(form.action, { ...how, post: { form, params } })
  else go(`${form.action}?${params}`, how)
}

/** The builder has followed: what was asked of it meanwhile is next. */
function askNext(place: Element): void {
  const done = editing
  editing = undefined
  if (done?.startsWith('tira:')) waiting = waiting.flatMap((action) => afterRemoval(action, done.slice(5)))
  const form = place.querySelector<HTMLFormElement>('form[data-criteria]')
  const next = waiting.shift()
  if (form && next !== undefined) ask(form, next)
}

/** What a button of the page before means, now that the item at a place is gone; nothing, when it stood in that item. */
function afterRemoval(action: string, removed: string): string[] {
  const [verb = '', where] = action.split(':')
  if (!where) return [action]
  const path = where.split('.').map(Number)
  const gone = removed.split('.').map(Number)
  const last = gone.length - 1
  if (path.length < gone.length || gone.slice(0, last).some((step, at) => step !== path[at])) return [action]
  const [mine = 0, taken = 0] = [path[last], gone[last]]
  if (mine === taken) return []
  return [`${verb}:${path.with(last, mine > taken ? mine - 1 : mine).join('.')}`]
}

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (link?.matches('[data-tick-all], [data-tick-none]')) {
    event.preventDefault()
    return tickAll(link)
  }
  const sorts = event.shiftKey && link?.closest(`${SWAP} thead`)
  if (sorts && link) {
    event.preventDefault()
    return go(withSort(link.href), {})
  }
  const plain =
    !event.defaultPrevented &&
    event.button === 0 &&
    !event.metaKey &&
    !event.ctrlKey &&
    !event.shiftKey &&
    !event.altKey
  if (!plain || !link?.closest(SWAP) || link.origin !== location.origin || link.target) return
  if (link.pathname !== location.pathname || link.hash) return
  event.preventDefault()
  const selects = new URL(link.href).searchParams.get('selecionar')
  go(selects === 'linhas' || selects === 'todas' ? withTicks(link.href) : link.href, { top: link.rel !== '' })
})

/** Ticks every row of the page, none where all were; or takes every tick away. Needs no new page. */
function tickAll(link: Element): void {
  const none = link.matches('[data-tick-none]')
  const boxes = tickBoxes()
  const on = !none && boxes.some((box) => box.type === 'checkbox' && !box.checked)
  for (const box of boxes) {
    if (box.type === 'checkbox') box.checked = on
    else if (none) box.remove()
  }
  noteTicks()
}

/** The boxes of the rows, and what is ticked on other pages. */
const tickBoxes = (): HTMLInputElement[] => [
  ...document.querySelectorAll<HTMLInputElement>(`${SWAP} form input[name="chamado"]`),
]

/** An address of the list in which what is ticked now stands. */
function withTicks(address: string): string {
  const to = new URL(address)
  const ticked = tickBoxes().flatMap((box) => (box.type === 'hidden' || box.checked ? [box.value] : []))
  to.searchParams.delete('marcados')
  if (ticked.length > 0) to.searchParams.set('marcados', ticked.join('.'))
  if (to.searchParams.get('selecionar') === 'todas') to.searchParams.set('selecionar', 'linhas')
  return to.href
}

/** Sorting, paging and what is renewed by itself ask for the address, so that it holds the ticks. */
function noteTicks(): void {
  history.replaceState(null, '', withTicks(location.href))
  shown = here()
  const said = document.querySelector<HTMLElement>('[data-ticked]')
  const count = new URL(location.href).searchParams.get('marcados')?.split('.').length ?? 0
  const sentence = count === 1 ? said?.dataset.one : said?.dataset.many?.replace(/\d+/, String(count))
  if (said && sentence) said.textContent = sentence
}

/** The list as it is, sorted by one column more; the other way round by one it is sorted by already. */
function withSort(heading: string): string {
  const wordsOf = (address: URL): string[] => (address.searchParams.get('ordem') ?? '-atualizacao').split(',')
  const [added = ''] = wordsOf(new URL(heading))
  const to = new URL(location.href)
  const words = wordsOf(to)
  const turned = words.map((word) => {
    if (word.replace('-', '') !== added.replace('-', '')) return word
    return word.startsWith('-') ? word.slice(1) : `-${word}`
  })
  to.searchParams.set('ordem', (turned.join() === words.join() ? [...words, added] : turned).join())
  for (const place of ['depois', 'antes']) to.searchParams.delete(place)
  return to.href
}

/** The address whose page stands here, its fragment aside. */
const here = (): string => location.pathname + location.search
let shown = here()

window.addEventListener('popstate', () => {
  // A link to a fault within the page is a step as well: nothing else is to be shown, and what was typed stays.
  if (here() !== shown && document.querySelector(SWAP)) go(location.href, { keepAddress: true })
})

interface How {
  /** The same rules come back, so that what is typed meanwhile and the focus have their place in them. */
  readonly keepTyped?: boolean
  /** A step in building a search is none to come back to. Not said: a link, with which the builder's steps are left. */
  readonly replace?: boolean
  /** Paging begins the table anew. */
  readonly top?: boolean
  readonly keepAddress?: boolean
  /** What the builder's button said. */
  readonly action?: string
  /** The builder of a form that is posted: its address stays. */
  readonly post?: { readonly form: HTMLFormElement; readonly params: URLSearchParams }
}

/** The same without this script. */
function goPlainly(address: string, { post }: How): void {
  if (!post) {
    location.assign(address)
    return
  }
  const button = document.createElement('input')
  Object.assign(button, { type: 'hidden', name: 'acao', value: post.params.get('acao') ?? '' })
  post.form.append(button)
  post.form.submit()
}

/** A request whose answer is read as a document needs no HTML parsed by script, which the page's policy forbids. */
function go(address: string, how: How): void {
  const place = document.querySelector(SWAP)
  if (!place) return
  asked?.abort()
  if (how.replace === undefined) {
    editing = undefined
    waiting = []
  }
  const before = valuesIn(place)
  const request = new XMLHttpRequest()
  asked = request
  place.setAttribute('aria-busy', 'true')
  request.open(how.post ? 'POST' : 'GET', address)
  request.responseType = 'document'
  request.addEventListener('load', () => {
    const found = request.responseXML?.querySelector(SWAP)
    if (!found) return goPlainly(address, how)
    const after = how.keepTyped ? valuesIn(place) : new Map<string, string>()
    const focused = how.keepTyped ? document.activeElement?.id : undefined
    const drawn = document.importNode(found, true)
    place.replaceWith(drawn)
    for (const [id, value] of after) if (value !== before.get(id)) putBack(id, value)
    if (focused) document.getElementById(focused)?.focus()
    const now = new URL(request.responseURL)
    // The address of a redirect is told without its fragment: the place that was added is the last rule without a value.
    if (!how.keepAddress && !how.post && now.href !== location.href)
      history[how.replace ? 'replaceState' : 'pushState'](null, '', now)
    shown = here()
    settle(how)
    askNext(drawn)
  })
  request.addEventListener('error', () => goPlainly(address, how))
  request.send(how.post?.params)
}

function settle(how: How): void {
  if (how.top) document.querySelector('#resultado')?.scrollIntoView({ block: 'nearest' })
  const summary = document.querySelector<HTMLElement>('[data-focus]')
  if (summary) {
    summary.focus()
    return
  }
  const added = /^(regra|grupo):(.*)$/.exec(how.action ?? '')
  if (added) focusLast(added[2] ?? '')
}

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement
const isBox = (field: Element): field is HTMLInputElement =>
  field instanceof HTMLInputElement && field.type === 'checkbox'

/** What stands in the fields of the rules, by id. */
function valuesIn(place: Element): Map<string, string> {
  const fields = place.querySelectorAll<Field>('.crit :is(input, select, textarea)[id]')
  return new Map([...fields].map((one) => [one.id, isBox(one) ? String(one.checked) : one.value]))
}

/** What was typed, chosen or ticked while the answer was on its way. */
function putBack(id: string, value: string): void {
  const field = document.getElementById(id)
  if (!field) return
  if (isBox(field)) field.checked = value === 'true'
  else if (field instanceof HTMLSelectElement) {
    if ([...field.options].some((one) => one.value === value)) field.value = value
  } else if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.value = value
}

/** The field of the rule that was added at the end of a group. */
function focusLast(group: string): void {
  const rows = document.querySelector(
    group === '' ? '.crit > .crit-rows' : `#r-${group.replaceAll('.', '-')} .crit-rows`,
  )
  rows?.lastElementChild?.querySelector<HTMLElement>('.crit-field')?.focus()
}

followWhatStands()
