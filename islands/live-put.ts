// Puts what is new into an open page; loaded when the first page changes. What is typed, chosen or uploaded stays in its place,
// and so does whatever form stands beside it: its files are followed by the script that took the page over.

const FIELDS = 'input, textarea, select'
/** Of a kept form, what belongs to the state of the page and not to the person. */
const STATE = 'input[type=hidden]:is([name=versao], [name=visto], [name=guarda], [name=chave])'

/** What a page that answered a post stands at; there it cannot be asked for. */
const POSTS = /^(\/chamados\/\d+)\/(?:acompanhamentos|aprovacao|recusa|solucao|pendencia|atribuicao)$/

const here = (): string => new URL(location.pathname.replace(POSTS, '$1') + location.search, location.origin).href

/**
 * Asks for this page again and shows what is new; returns whether it did: false, somebody is writing and `always` is false;
 * undefined, there is no such page now. XMLHttpRequest parses without the sinks that Trusted Types forbid.
 */
export async function renew(always: boolean): Promise<boolean | undefined> {
  const address = here()
  const asked = new XMLHttpRequest()
  asked.open('GET', address)
  asked.responseType = 'document'
  asked.setRequestHeader('accept', 'text/html')
  asked.setRequestHeader('x-quiet', '1')
  await new Promise((over) => {
    asked.onloadend = over
    asked.send()
  })
  // A search has changed the page while this was on its way: what came stands under other criteria.
  if (address !== here()) return await renew(always)
  const page = asked.responseXML
  if (asked.status !== 200 || !page || asked.responseURL !== address) return undefined
  const shown = put(page, always)
  if (always) document.querySelector('main')?.focus({ preventScroll: true })
  return shown
}

/** Shows the fresh page, unless somebody is writing and `always` is false; returns whether it did. */
function put(page: Document, always: boolean): boolean {
  const [stands, fresh] = [document.querySelector('main'), page.querySelector('main')]
  if (!stands || !fresh) return true
  if (!always && (isBusy(stands) || writesIn(stands))) return false
  const back = noteWays(stands)
  const main = document.importNode(fresh, true)
  if (isBusy(stands)) merge(stands, main)
  else stands.replaceChildren(...main.childNodes)
  back()
  document.title = page.title
  return true
}

const writesIn = (main: Element): boolean =>
  main.contains(document.activeElement) && document.activeElement?.matches(FIELDS) === true

/** Is anything typed, chosen or on its way that new content would take away? */
function isBusy(part: Element): boolean {
  const fields = [...part.querySelectorAll<HTMLInputElement>(FIELDS)]
  if (part.matches('[data-busy]') || part.querySelector('[data-busy], [data-cancel]')) return true
  return fields.some((field) => {
    if (field instanceof HTMLSelectElement)
      return [...field.options].some((one) => one.selected !== one.defaultSelected && one.value !== '')
    // Also what the server gave back: it was typed before.
    if (field instanceof HTMLTextAreaElement) return field.value !== ''
    if (field.type === 'hidden') return false
    if (field.type === 'file') return (field.files?.length ?? 0) > 0
    return field.type === 'checkbox' || field.type === 'radio'
      ? field.checked !== field.defaultChecked
      : field.value !== field.defaultValue
  })
}

const hasForm = (part: Element): boolean => part.matches('form') || part.querySelector('form') !== null

/** May `fresh` stand where `here` stands? A page that takes no files any more has another element around the same. */
const same = (here: Element, fresh: Element): boolean =>
  here.id === fresh.id &&
  here.className === fresh.className &&
  here.getAttribute('action') === fresh.getAttribute('action')

/** Replaces the children of `here` by the fresh ones, but for those that are kept, which are never taken out. */
function merge(here: Element, fresh: Element): void {
  const pairs = new Map<Element, Element>()
  for (const child of [...here.childNodes]) {
    const kept = child instanceof Element && !child.matches('table') && hasForm(child) ? child : undefined
    const other = kept && [...fresh.children].find((one) => !pairs.has(one) && same(kept, one))
    if (kept && (isBusy(kept) || (other && kept.closest('eprod-files')))) {
      if (!other) continue
      pairs.set(other, kept)
      goOn(kept, other)
    } else child.remove()
  }
  let last: ChildNode | undefined
  for (const node of [...fresh.childNodes]) {
    const kept = pairs.get(node as Element)
    if (!kept) last ? last.after(node) : here.prepend(node)
    last = kept ?? node
  }
}

function goOn(kept: Element, fresh: Element): void {
  if (!kept.matches('form') || kept.querySelector('table')) {
    merge(kept, fresh)
    return
  }
  for (const field of kept.querySelectorAll<HTMLInputElement>(STATE)) {
    const now = fresh.querySelector<HTMLInputElement>(`[type=hidden][name=${field.name}]`)
    if (now) field.value = now.value
  }
}

/** Notes what is open, ticked in tables and in focus; what is returned brings it back in the new content. */
function noteWays(main: Element): () => void {
  const name = (one: Element) => `${one.tagName} ${one.id} ${one.getAttribute('href')} ${one.textContent}`
  const opened = (one: HTMLDetailsElement) => one.id || name(one.querySelector('summary') ?? one)
  const open = new Map([...main.querySelectorAll('details')].map((one) => [opened(one), one.open]))
  const ticks = [...main.querySelectorAll<HTMLInputElement>('table input:checked')].map(({ value }) => value)
  const focused = main.contains(document.activeElement) ? document.activeElement : null
  return () => {
    for (const one of main.querySelectorAll('details')) one.open = open.get(opened(one)) ?? one.open
    for (const one of main.querySelectorAll<HTMLInputElement>('table input')) one.checked ||= ticks.includes(one.value)
    if (!focused || focused.isConnected) return
    const again = [...main.querySelectorAll<HTMLElement>(focused.tagName)].find((one) => name(one) === name(focused))
    again?.focus({ preventScroll: true })
  }
}
