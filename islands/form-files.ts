// Files of documents: chosen, photographed, dropped or pasted; progress, removing. Sending: upload.ts; the rows: form-rows.ts.
import { fill, leftText, sizeText } from './form-data.ts'
import { clearError, cloneLine, type Place, type RowData, settle, showError, updateFiles, write } from './form-rows.ts'
import { askFiles, removeFile, sendFile } from './upload.ts'

export interface FileRows {
  /** Documents that have at least one file. */
  present(): ReadonlySet<string>
  /** Resolves when nothing is on its way any more. */
  idle(): Promise<void>
  busy(): boolean
  /** Are there files of which more is to be known? */
  scanning(): boolean
  /** Resolves when there are none any more, or after a while. */
  scanned(): Promise<void>
}

/** Takes over the rows of documents inside `root`; `changed` is called when files came or went. */
export function takeOverRows(root: HTMLElement, data: RowData, changed: () => void): FileRows {
  const going = new Set<Promise<void>>()
  const rows = [...root.querySelectorAll<HTMLElement>('[data-document]')]
  const begin = (row: HTMLElement, files: Iterable<File>): void => {
    clearError({ root, row, data })
    for (const file of files) {
      const work = sendInRow({ root, row, data }, file).then(changed)
      going.add(work)
      void work.finally(() => going.delete(work))
    }
  }
  for (const row of rows) {
    listen({ root, row, data }, { begin: (files) => begin(row, files), changed })
    followChecks({ root, row, data })
  }
  document.addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])]
    const row = files.length > 0 ? pastedInto(rows) : undefined
    if (!row) return
    event.preventDefault()
    begin(row, boxOf(row)?.multiple ? files : files.slice(0, 1))
    row.scrollIntoView({ block: 'nearest' })
  })
  return {
    present: () =>
      new Set(rows.filter((row) => row.querySelector('[data-file]')).map((row) => row.dataset.document ?? '')),
    idle: async () => {
      while (going.size > 0) await Promise.all(going)
    },
    busy: () => going.size > 0,
    scanned: async () => {
      for (let tries = 0; tries < SCAN_TRIES && unscanned(rows); tries++) await pause(SCAN_MS)
    },
    scanning: () => unscanned(rows),
  }
}

const SCAN_MS = 300
const SCAN_TRIES = 100
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const unscanned = (rows: readonly HTMLElement[]): boolean => rows.some((row) => row.querySelector('[data-waiting]'))

const boxOf = (row: HTMLElement): HTMLInputElement | null => row.querySelector('input[type=file]')

/** What is still on its way is waited for; then the form goes as it was sent. */
export function holdWhileBusy(event: SubmitEvent, rows: FileRows, say: () => void): void {
  const { target: form, submitter } = event
  if (!rows.busy() || !(form instanceof HTMLFormElement)) return
  event.preventDefault()
  say()
  void rows.idle().then(() => form.requestSubmit(submitter))
}

/** A pasted file goes to the row one is at, else to the first that waits for one; never to a form one is not writing in. */
function pastedInto(rows: readonly HTMLElement[]): HTMLElement | undefined {
  const form = document.activeElement?.closest('form')
  const shown = rows.filter((row) => row.checkVisibility() && (!form || row.closest('form') === form))
  return (
    shown.find((row) => row.contains(document.activeElement)) ??
    shown.find((row) => row.matches(':hover')) ??
    shown.find((row) => !row.querySelector('[data-file]'))
  )
}

function listen(place: Place, act: { begin: (files: Iterable<File>) => void; changed: () => void }): void {
  const { row, data } = place
  const begin = (files: FileList | null | undefined): void => {
    const [first, ...more] = files ?? []
    if (!first) return
    const several = boxOf(row)?.multiple
    act.begin(several ? [first, ...more] : [first])
    if (!several) for (const { name } of more) showError(place, fill(data.words.oneFile, { name }))
  }
  // The box and, where pictures are taken, the camera.
  for (const input of row.querySelectorAll<HTMLInputElement>('input[type=file]')) {
    input.addEventListener('change', () => {
      begin(input.files)
      // Sent by itself now: it must not go a second time with the form.
      input.value = ''
    })
  }
  row.addEventListener('dragover', (event) => {
    event.preventDefault()
    row.classList.add('over')
  })
  row.addEventListener('dragleave', () => row.classList.remove('over'))
  row.addEventListener('drop', (event) => {
    event.preventDefault()
    row.classList.remove('over')
    begin(event.dataTransfer?.files)
  })
  row.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>('[name=remover]') : null
    if (!button) return
    event.preventDefault()
    button.disabled = true
    clearError(place)
    void removeInRow(place, button).then(act.changed)
  })
}

async function removeInRow(place: Place, button: HTMLButtonElement): Promise<void> {
  const { row, data } = place
  const outcome = await removeFile(data.to(row.dataset.document ?? ''), button.value)
  button.disabled = false
  if (outcome.kind === 'taken') button.closest('[data-file]')?.remove()
  settle(place, outcome)
  boxOf(row)?.focus()
}

async function sendInRow(place: Place, file: File): Promise<void> {
  const { row, data, root } = place
  const wrong = file.size === 0 ? data.words.empty : file.size > data.fileBytes ? data.words.tooLarge : undefined
  if (wrong) {
    showError(place, fill(wrong, { name: file.name }))
    return
  }
  const line = cloneLine(root, 'upload')
  const facts = line.querySelector('[data-facts]')
  const meter = line.querySelector('progress')
  write(line.querySelector('.nm'), file.name)
  write(line.querySelector('[data-whose]'), ` ${file.name}`)
  meter?.setAttribute('aria-label', file.name)
  row.querySelector('[data-files]')?.append(line)
  const size = sizeText(file.size, data.words)
  const left = clockOf(file.size)
  const upload = sendFile(data.to(row.dataset.document ?? ''), file, {
    progress: (sent) => {
      const percent = Math.min(100, Math.floor((sent / Math.max(1, file.size)) * 100))
      if (meter) meter.value = percent
      const text = fill(data.words.uploading, { size, percent, left: leftText(left(sent), data.words) })
      write(facts, text.replace(/ · $/, ''))
    },
    waiting: (answered) => write(facts, data.words[answered ? 'uploadRefused' : 'uploadWaiting'] ?? ''),
  })
  line.querySelector('[data-cancel]')?.addEventListener('click', () => upload.cancel())
  const outcome = await upload.done
  line.remove()
  settle(place, outcome)
  if (outcome.kind === 'taken') {
    for (const stopped of row.querySelectorAll('[data-stopped]'))
      if (stopped.textContent?.includes(file.name)) stopped.remove()
    followChecks(place)
  }
  if (outcome.kind === 'signed-out') putBack(place, file)
}

/** Files are checked after they have come: asked for a little while, ever more seldom. */
const ASKED_AFTER_MS = [1000, 2000, 4000, 8000, 15_000, 30_000]
const following = new WeakMap<HTMLElement, ReturnType<typeof setTimeout>>()

function followChecks({ row, data }: Place, tries = 0): void {
  clearTimeout(following.get(row))
  const pause = ASKED_AFTER_MS[tries]
  if (pause === undefined || !row.querySelector('[data-waiting]')) return
  const ask = async (): Promise<void> => {
    const outcome = await askFiles(data.to(row.dataset.document ?? ''))
    if (outcome.kind !== 'taken') return
    updateFiles(row, outcome.files)
    followChecks({ root: row, row, data }, tries + 1)
  }
  following.set(
    row,
    setTimeout(() => void ask(), pause),
  )
}

/** Milliseconds that the rest will take, by what went since the start: a resumed file begins in its middle. */
function clockOf(size: number): (sent: number) => number | undefined {
  let first: { at: number; sent: number } | undefined
  return (sent) => {
    first ??= { at: performance.now(), sent }
    const [spent, gone] = [performance.now() - first.at, sent - first.sent]
    return spent > 500 && gone > 0 ? (spent / gone) * (size - sent) : undefined
  }
}

/** A file chosen after the session's end stays chosen: it goes with the form, which is kept for its person. */
function putBack({ row }: Place, file: File): void {
  const input = boxOf(row)
  if (!input) return
  const chosen = new DataTransfer()
  for (const one of input.multiple ? [...(input.files ?? []), file] : [file]) chosen.items.add(one)
  input.files = chosen.files
}
