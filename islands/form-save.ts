// Saves a draft while one types: only what changed, one request at a time, said in a line below the form. What is not saved
// keeps the page from being left.
import { readSeen, SEEN_FIELD, type Seen, withKept, withSent } from '#forms/rules/seen.ts'
import type { Autosaved } from '#forms/web/autosave.ts'
import { fill, type IslandData } from './form-data.ts'

const PAUSE_MS = 800
/** After a field was left: its answer is not going to change. */
const LEFT_MS = 50
const AGAIN_MS = 10_000

export type Answers = Readonly<Record<string, string>>
type Sentences = Readonly<Record<string, string>>

export interface Saver {
  /** Call after each change; `left`: with the change the field was left too. */
  touch(left: boolean): void
  /** Holds a page that is about to be sent until what was typed is saved; says so when it cannot be. */
  hold(event: SubmitEvent): void
}

export interface Saving {
  readonly form: HTMLFormElement
  /** Those the server has. */
  readonly saved: Answers
  /** All answers now. */
  read(): Answers
  /** Shows a sentence. */
  say(text: string): void
  /** What is wrong with answers so far, and which were changed elsewhere, by question. */
  tell(sentences: Sentences): void
}

export function makeSaver(data: IslandData, { form, saved, read, say, tell }: Saving): Saver {
  const known: Record<string, string> = { ...saved }
  // Changed in another page too: whoever is here decides, by sending the page.
  const left = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let going: Promise<boolean> | undefined
  let failing = false
  let leaving = false
  const changes = (): Record<string, string> =>
    Object.fromEntries(Object.entries(read()).filter(([key, value]) => known[key] !== value && !left.has(key)))
  const pending = (): boolean => Object.keys(changes()).length > 0
  const later = (pause: number): void => {
    clearTimeout(timer)
    timer = setTimeout(() => void save(), pause)
  }
  const save = (): Promise<boolean> => {
    going ??= saveOnce().finally(() => {
      going = undefined
    })
    return going
  }
  /** False: the line or the server is away. */
  const saveOnce = async (): Promise<boolean> => {
    const sent = changes()
    if (Object.keys(sent).length === 0) return true
    say(data.words.saving ?? '')
    const result = await post(data.draft, withMarks(form, sent))
    failing = result.kind === 'failed'
    if (result.kind === 'saved') {
      for (const key of Object.keys(result.told.left)) left.add(key)
      const kept = Object.fromEntries(Object.entries(sent).filter(([key]) => !left.has(key)))
      Object.assign(known, kept)
      mark(form, (seen) => withKept(seen, kept))
      say(left.size > 0 ? (data.words.changedInBoth ?? '') : fill(data.words.savedAt, { time: result.told.savedAt }))
      tell({ ...result.told.wrong, ...result.told.left })
      tellSameVehicle(result.told.sameVehicle)
      if (pending()) later(PAUSE_MS)
    } else {
      const said = { 'signed-out': data.words.signedOut, filed: data.words.filedElsewhere, failed: data.words.notSaved }
      say(result.kind === 'gone' ? result.text : (said[result.kind] ?? ''))
      if (failing) later(AGAIN_MS)
    }
    return !failing
  }
  window.addEventListener('pagehide', () => {
    const rest = changes()
    if (Object.keys(rest).length > 0) navigator.sendBeacon(addressOf(data.draft), withMarks(form, rest))
  })
  window.addEventListener('beforeunload', (event) => {
    if (!leaving && ((failing && pending()) || left.size > 0)) event.preventDefault()
  })
  window.addEventListener('pageshow', () => {
    leaving = false
  })
  const hold = (event: SubmitEvent): void => {
    if (leaving || (!pending() && !going)) {
      leaving = true
      return
    }
    event.preventDefault()
    void save().then((reached) => {
      leaving = reached
      if (reached) form.requestSubmit(event.submitter)
      else say(data.words.notSent ?? '')
    })
  }
  return { touch: (fieldLeft) => later(fieldLeft ? LEFT_MS : PAUSE_MS), hold }
}

const addressOf = (draft: string): string => `/rascunhos/${draft}/salvar`

/** Keeps what the page has seen true. */
function mark(form: HTMLFormElement, change: (seen: Seen) => Seen): string {
  const field = form.querySelector<HTMLInputElement>(`[name=${SEEN_FIELD}]`)
  const seen = readSeen(field?.value)
  if (field && seen) field.value = JSON.stringify(change(seen))
  return field?.value ?? ''
}

/** The answers with what the page has seen of them; from now on they may be there as its own. */
function withMarks(form: HTMLFormElement, answers: Answers): URLSearchParams {
  const seen = mark(form, (before) => before)
  mark(form, (before) => withSent(before, answers))
  return new URLSearchParams({ ...answers, [SEEN_FIELD]: seen })
}

/** The server's list of tickets of the vehicle just typed takes the place of the one before. */
function tellSameVehicle(others: Autosaved['sameVehicle']): void {
  const box = document.querySelector<HTMLElement>('[data-same-vehicle]')
  const list = box?.querySelector('ul')
  if (!box || !list) return
  const lines = others.map(({ href, text }) => {
    const line = document.createElement('li')
    const link = document.createElement('a')
    Object.assign(link, { href, textContent: text, target: '_blank', rel: 'noopener' })
    line.append(link)
    return line
  })
  list.replaceChildren(...lines)
  box.hidden = lines.length === 0
}

type Saved =
  | { readonly kind: 'saved'; readonly told: Autosaved }
  | { readonly kind: 'gone'; readonly text: string }
  | { readonly kind: 'signed-out' | 'failed' | 'filed' }

async function post(draft: string, body: URLSearchParams): Promise<Saved> {
  try {
    const answer = await fetch(addressOf(draft), { method: 'POST', headers: { accept: 'application/json' }, body })
    if (answer.status === 401) return { kind: 'signed-out' }
    if (answer.status === 409) return { kind: 'filed' }
    if (answer.status === 410) return { kind: 'gone', text: ((await answer.json()) as { gone: string }).gone }
    return answer.ok ? { kind: 'saved', told: (await answer.json()) as Autosaved } : { kind: 'failed' }
  } catch {
    return { kind: 'failed' }
  }
}
