// Files on their way: a few at a time, each with its progress told. How the bytes travel: tus.ts. The rows: form-files.ts.

/** A file the server has taken, as it is to be shown. */
export interface TakenFile {
  readonly id: string
  readonly name: string
  readonly facts: string
  readonly twice: boolean
}

export type Outcome =
  | { readonly kind: 'taken'; readonly files: readonly TakenFile[] }
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'signed-out' | 'failed' | 'cancelled' }

export interface Telling {
  /** Bytes gone so far. */
  progress(sent: number): void
  /** The line is down; it goes on by itself. */
  waiting(): void
}

export interface Sending {
  cancel(): void
  /** Of the upload on the server, once there is one. */
  address(): string | undefined
}

export interface Upload {
  readonly done: Promise<Outcome>
  cancel(): void
}

const AT_ONCE = 3
const queue: (() => void)[] = []
let going = 0

/** Waits until fewer than `AT_ONCE` are on their way. */
function turn(): Promise<void> {
  if (going++ < AT_ONCE) return Promise.resolve()
  return new Promise((resolve) => queue.push(resolve))
}

function leave(): void {
  going--
  queue.shift()?.()
}

export interface Way {
  /** `rascunho` and `documento`. */
  readonly fields: Readonly<Record<string, string>>
  /** Address of tus.ts as built. */
  readonly sender: string
}

/** Sends a file to a document of a draft. */
export function sendFile({ fields, sender }: Way, file: File, telling: Telling): Upload {
  const { promise, resolve } = Promise.withResolvers<Outcome | undefined>()
  let sending: Sending | undefined
  let cancelled = false
  const begin = async (): Promise<Outcome> => {
    await turn()
    try {
      if (cancelled) return { kind: 'cancelled' }
      const { sendInPieces } = (await import(sender)) as typeof import('./tus.ts')
      sending = sendInPieces(fields, file, { ...telling, settle: resolve })
      return (await promise) ?? (await outcomeAt(sending.address()))
    } catch {
      return { kind: 'failed' }
    } finally {
      leave()
    }
  }
  return {
    done: begin(),
    cancel: () => {
      cancelled = true
      sending?.cancel()
    },
  }
}

/** What became of a file that has arrived. */
async function outcomeAt(address: string | undefined): Promise<Outcome> {
  if (!address) return { kind: 'failed' }
  const answer = await fetch(address, { headers: { accept: 'application/json' } })
  return outcomeOf(answer.status, await answer.text())
}

/** Takes a file away; answers what is there then. */
export async function removeFile(fields: Readonly<Record<string, string>>): Promise<Outcome> {
  try {
    const headers = { accept: 'application/json' }
    const answer = await fetch('/envios/remover', { method: 'POST', headers, body: new URLSearchParams(fields) })
    return outcomeOf(answer.status, await answer.text())
  } catch {
    return { kind: 'failed' }
  }
}

function outcomeOf(status: number, text: string): Outcome {
  if (status === 401) return { kind: 'signed-out' }
  try {
    const answer = JSON.parse(text) as { files?: readonly TakenFile[]; detail?: string }
    if (status === 200 && answer.files) return { kind: 'taken', files: answer.files }
    if (answer.detail) return { kind: 'refused', detail: answer.detail }
  } catch {
    // No answer of ours: a proxy's page, or a cut connection.
  }
  return { kind: 'failed' }
}
