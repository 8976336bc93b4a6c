// Saves a draft while one types: only what changed, one request at a time, said in a line below the form.
import { fill, type IslandData } from './form-data.ts'

const PAUSE_MS = 800
const AGAIN_MS = 10_000

export type Answers = Readonly<Record<string, string>>

export interface Saver {
  /** Call after each change. */
  touch(): void
}

/** `read`: all answers now; `saved`: those the server has; `say`: shows a sentence; `seen`: told what the server has now. */
export function makeSaver(
  data: IslandData,
  { saved, read, seen }: { saved: Answers; read: () => Answers; seen(key: string, value: string): void },
  say: (text: string) => void,
): Saver {
  const known: Record<string, string> = { ...saved }
  let timer: ReturnType<typeof setTimeout> | undefined
  let going = false
  const changes = (): Record<string, string> =>
    Object.fromEntries(Object.entries(read()).filter(([key, value]) => known[key] !== value))
  const later = (pause: number): void => {
    clearTimeout(timer)
    timer = setTimeout(() => void save(), pause)
  }
  const save = async (): Promise<void> => {
    const sent = changes()
    if (going || Object.keys(sent).length === 0) return
    going = true
    say(data.words.saving ?? '')
    const result = await post(data.draft, sent)
    going = false
    if (result.kind === 'saved') {
      Object.assign(known, sent)
      for (const [key, value] of Object.entries(sent)) seen(key, value)
      say(fill(data.words.savedAt, { time: result.time }))
      tellSameVehicle(result.others)
      if (Object.keys(changes()).length > 0) later(PAUSE_MS)
    } else {
      const said = { 'signed-out': data.words.signedOut, filed: data.words.filedElsewhere, failed: data.words.notSaved }
      say(said[result.kind] ?? '')
      if (result.kind === 'failed') later(AGAIN_MS)
    }
  }
  window.addEventListener('pagehide', () => {
    const rest = changes()
    if (Object.keys(rest).length > 0) navigator.sendBeacon(addressOf(data.draft), new URLSearchParams(rest))
  })
  return { touch: () => later(PAUSE_MS) }
}

const addressOf = (draft: string): string => `/rascunhos/${draft}/salvar`

interface TicketLink {
  readonly href: string
  readonly text: string
}

/** The server's list of tickets of the vehicle just typed takes the place of the one before. */
function tellSameVehicle(others: readonly TicketLink[]): void {
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
  | { readonly kind: 'saved'; readonly time: string; readonly others: readonly TicketLink[] }
  | { readonly kind: 'signed-out' | 'failed' | 'filed' }

async function post(draft: string, changed: Answers): Promise<Saved> {
  try {
    const answer = await fetch(addressOf(draft), {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams(changed),
    })
    if (answer.status === 401) return { kind: 'signed-out' }
    if (answer.status === 409) return { kind: 'filed' }
    if (!answer.ok) return { kind: 'failed' }
    const { savedAt, sameVehicle } = (await answer.json()) as { savedAt: string; sameVehicle: TicketLink[] }
    return { kind: 'saved', time: savedAt, others: sameVehicle }
  } catch {
    return { kind: 'failed' }
  }
}
