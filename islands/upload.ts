// Sends one file with its progress told. What the row shows of it stands in form-files.ts.

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

export interface Upload {
  readonly done: Promise<Outcome>
  cancel(): void
}

/** `tell`: bytes gone so far, and milliseconds that the rest will take (undefined while unknown). */
export function sendFile(
  fields: Readonly<Record<string, string>>,
  file: File,
  tell: (sent: number, left: number | undefined) => void,
): Upload {
  const request = new XMLHttpRequest()
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  body.append('arquivo', file)
  const start = performance.now()
  request.upload.addEventListener('progress', (event) => {
    const spent = performance.now() - start
    const sent = event.total > 0 ? (event.loaded / event.total) * file.size : 0
    tell(sent, spent > 500 && sent > 0 ? (spent / sent) * (file.size - sent) : undefined)
  })
  const done = new Promise<Outcome>((resolve) => {
    request.addEventListener('load', () => resolve(outcomeOf(request.status, request.responseText)))
    request.addEventListener('error', () => resolve({ kind: 'failed' }))
    request.addEventListener('abort', () => resolve({ kind: 'cancelled' }))
  })
  request.open('POST', '/envios')
  request.setRequestHeader('accept', 'application/json')
  request.send(body)
  return { done, cancel: () => request.abort() }
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
