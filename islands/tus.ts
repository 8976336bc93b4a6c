// Sends one file in pieces that outlive a cut line, a closed laptop and a restarted server. Loaded when a file is chosen.
import { DetailedError, Upload } from 'tus-js-client'
import type { Outcome, Sending, Telling } from './upload.ts'

/** Small enough to travel with its own announcement: one request. */
const SMALL = 256 * 1024
const PAUSES_MS = [0, 1000, 3000, 5000]
/** After those: as often as this, for as long as the page is open. */
const LATER_MS = 10_000

const GONE: ReadonlySet<number> = new Set([404, 410])

/** A cut line, a server that restarts, or a file that stopped elsewhere than thought; a refusal is final, as of a draft that was filed. */
const mayPass = (status: number): boolean => status < 400 || status === 409 || status >= 500
const FILED = 'draft-already-filed'

/** `settle` is called once. A line that is down is waited for. */
export function sendInPieces(
  fields: Readonly<Record<string, string>>,
  file: File,
  told: Telling & { settle: (outcome: Outcome | undefined) => void },
): Sending {
  let timer: ReturnType<typeof setTimeout> | undefined
  let given = false
  let status = 0
  const upload = new Upload(file, {
    endpoint: new URL('/envios', location.href).href,
    metadata: { ...fields, nome: file.name },
    headers: { accept: 'application/json' },
    uploadDataDuringCreation: file.size <= SMALL,
    retryDelays: PAUSES_MS,
    removeFingerprintOnSuccess: true,
    fingerprint: async () =>
      ['eprod', fields.rascunho, fields.documento, file.name, file.size, file.lastModified].join(':'),
    onBeforeRequest: () => {
      status = 0
    },
    onAfterResponse: (request, response) => {
      status = response.getStatus()
      if (status === 409 && response.getBody()?.includes(FILED)) status = 410
      // Not knowing where a file stopped is no reason to begin it anew, which the library would.
      if (request.getMethod() === 'HEAD' && status >= 400 && !GONE.has(status)) throw new Error(`asked: ${status}`)
    },
    onShouldRetry: () => {
      if (mayPass(status)) told.waiting(status >= 500)
      return mayPass(status)
    },
    onProgress: (sent) => told.progress(sent),
    onSuccess: () => told.settle(undefined),
    onError: (error) => {
      if (mayPass(status)) return again()
      told.settle(status === 401 ? { kind: 'signed-out' } : refusal(error))
    },
  })
  const again = (): void => {
    status = 0
    clearTimeout(timer)
    if (!given) timer = setTimeout(() => upload.start(), LATER_MS)
  }
  const online = (): void => {
    if (!timer) return
    clearTimeout(timer)
    timer = undefined
    upload.start()
  }
  window.addEventListener('online', online)
  void upload.findPreviousUploads().then(([before]) => {
    if (before) upload.resumeFromPreviousUpload(before)
    if (!given) upload.start()
  })
  return {
    cancel: () => {
      given = true
      clearTimeout(timer)
      window.removeEventListener('online', online)
      void upload.abort(true).catch(() => {})
      told.settle({ kind: 'cancelled' })
    },
    address: () => upload.url ?? undefined,
  }
}

function refusal(error: Error | DetailedError): Outcome {
  try {
    const body = error instanceof DetailedError ? error.originalResponse?.getBody() : ''
    const { detail } = JSON.parse(body ?? '') as { detail?: string }
    if (detail) return { kind: 'refused', detail }
  } catch {
    // No answer of ours: a proxy's page.
  }
  return { kind: 'failed' }
}
