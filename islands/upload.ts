// Files on their way: a few at a time, each with its progress told. In pieces: tus.ts. The rows: form-files.ts.

/** A file the server has taken, as it is to be shown. */
export interface TakenFile {
  readonly id: string
  readonly name: string
  readonly facts: string
  /** What is to be said of it; '' when there is nothing. */
  readonly note: string
  /** It is being checked: more will be known soon. */
  readonly waiting: boolean
}

export type Outcome =
  | { readonly kind: 'taken'; readonly files: readonly TakenFile[] }
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'signed-out' | 'failed' | 'cancelled' }

export interface Telling {
  /** Bytes gone so far. */
  progress(sent: number): void
  /** The line is down, or the server `answered` that it could not keep it; it goes on by itself. */
  waiting(answered: boolean): void
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

/** Where files go, and what goes with each; `/remover` under the address takes them away. */
export interface Destination {
  readonly address: string
  readonly fields: Readonly<Record<string, string>>
  /** Address of tus.ts as built: the file goes in pieces. Without it, in one request. */
  readonly sender?: string
}

/** Sends a file to its destination when its turn comes. */
export function sendFile(to: Destination, file: File, telling: Telling): Upload {
  const { promise, resolve } = Promise.withResolvers<Outcome | undefined>()
  const told = { ...telling, settle: resolve }
  let sending: Sending | undefined
  let cancelled = false
  const begin = async (): Promise<Outcome> => {
    await turn()
    try {
      if (cancelled) return { kind: 'cancelled' }
      if (to.sender) {
        const { sendInPieces } = await loaded(to.sender, telling)
        if (cancelled) return { kind: 'cancelled' }
        sending = sendInPieces(to.fields, file, told)
      } else sending = sendWhole(to, file, told)
      return (await promise) ?? (await outcomeAt(sending.address(), telling, () => cancelled))
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

const AGAIN_MS = 5000
/** How often the sender could not be had: some browsers never ask an address again whose module once failed. */
let missed = 0

/** The sender in pieces; while the line is down it is asked for again and again. */
async function loaded(address: string, telling: Telling): Promise<typeof import('./tus.ts')> {
  try {
    return await import(missed ? `${address}?${missed}` : address)
  } catch {
    missed += 1
    telling.waiting(false)
    await onlineAgain()
    return await loaded(address, telling)
  }
}

/** A while, or until the line is back. */
function onlineAgain(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, AGAIN_MS)
    window.addEventListener('online', () => resolve(), { once: true })
  })
}

/** One post: what goes with a message is small, and is chosen again where the line was cut. */
function sendWhole(
  { address, fields }: Destination,
  file: File,
  told: Telling & { settle: (outcome: Outcome) => void },
): Sending {
  const request = new XMLHttpRequest()
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  body.append('arquivo', file)
  request.upload.addEventListener('progress', ({ loaded, total }) => {
    told.progress(total > 0 ? (loaded / total) * file.size : 0)
  })
  request.addEventListener('load', () => told.settle(outcomeOf(request.status, request.responseText)))
  request.addEventListener('error', () => told.settle({ kind: 'failed' }))
  request.addEventListener('abort', () => told.settle({ kind: 'cancelled' }))
  request.open('POST', address)
  request.setRequestHeader('accept', 'application/json')
  request.send(body)
  return { cancel: () => request.abort(), address: () => undefined }
}

/** What became of a file that has arrived; asked again for as long as neither the line nor the server can tell. */
async function outcomeAt(address: string | undefined, telling: Telling, over: () => boolean): Promise<Outcome> {
  while (address && !over()) {
    const answer = await fetch(address, { headers: { accept: 'application/json' } }).catch(() => undefined)
    if (answer && answer.status < 500) return outcomeOf(answer.status, await answer.text())
    telling.waiting(answer !== undefined)
    await onlineAgain()
  }
  return { kind: over() ? 'cancelled' : 'failed' }
}

/** The files there are now. */
export async function askFiles({ address, fields }: Destination): Promise<Outcome> {
  try {
    const headers = { accept: 'application/json' }
    const answer = await fetch(`${address}?${new URLSearchParams(fields)}`, { headers })
    return outcomeOf(answer.status, await answer.text())
  } catch {
    return { kind: 'failed' }
  }
}

/** Takes a file away; answers what is there then. */
export async function removeFile({ address, fields }: Destination, id: string): Promise<Outcome> {
  try {
    const headers = { accept: 'application/json' }
    const body = new URLSearchParams({ ...fields, remover: id })
    const answer = await fetch(`${address}/remover`, { method: 'POST', headers, body })
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
