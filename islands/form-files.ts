// The rows of documents: choosing, dropping, progress, removing. Sending itself stands in upload.ts.
import { fill, type IslandData, leftText, sizeText } from './form-data.ts'
import { type Outcome, removeFile, sendFile, type TakenFile } from './upload.ts'

export interface FileRows {
  /** Documents that have at least one file. */
  present(): ReadonlySet<string>
  /** Resolves when nothing is on its way any more. */
  idle(): Promise<void>
  busy(): boolean
}

/** Takes over the rows of documents inside `root`; `changed` is called when files came or went. */
export function takeOverRows(root: HTMLElement, data: IslandData, changed: () => void): FileRows {
  const going = new Set<Promise<void>>()
  const rows = [...root.querySelectorAll<HTMLElement>('[data-document]')]
  const begin = (row: HTMLElement, files: Iterable<File>): void => {
    for (const file of files) {
      const work = sendInRow({ root, row, data }, file).then(changed)
      going.add(work)
      void work.finally(() => going.delete(work))
    }
  }
  for (const row of rows) listen({ root, row, data }, { begin: (files) => begin(row, files), changed })
  return {
    present: () =>
      new Set(rows.filter((row) => row.querySelector('[data-file]')).map((row) => row.dataset.document ?? '')),
    idle: async () => {
      while (going.size > 0) await Promise.all(going)
    },
    busy: () => going.size > 0,
  }
}

interface Place {
  readonly root: HTMLElement
  readonly row: HTMLElement
  readonly data: IslandData
}

function listen(place: Place, act: { begin: (files: Iterable<File>) => void; changed: () => void }): void {
  const { row } = place
  const input = row.querySelector<HTMLInputElement>('input[type=file]')
  const most = (files: FileList | undefined): File[] => [...(files ?? [])].slice(0, input?.multiple ? undefined : 1)
  input?.addEventListener('change', () => {
    act.begin(most(input.files ?? undefined))
    // Sent by itself now: it must not go a second time with the form.
    input.value = ''
  })
  row.addEventListener('dragover', (event) => {
    event.preventDefault()
    row.classList.add('over')
  })
  row.addEventListener('dragleave', () => row.classList.remove('over'))
  row.addEventListener('drop', (event) => {
    event.preventDefault()
    row.classList.remove('over')
    act.begin(most(event.dataTransfer?.files))
  })
  row.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>('[name=remover]') : null
    if (!button) return
    event.preventDefault()
    button.disabled = true
    void removeInRow(place, button).then(act.changed)
  })
}

async function removeInRow(place: Place, button: HTMLButtonElement): Promise<void> {
  const { row, data } = place
  const fields = { rascunho: data.draft, documento: row.dataset.document ?? '', remover: button.value }
  const outcome = await removeFile(fields)
  button.disabled = false
  settle(place, outcome)
  row.querySelector<HTMLInputElement>('input[type=file]')?.focus()
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
  const fields = { rascunho: data.draft, documento: row.dataset.document ?? '' }
  const upload = sendFile(fields, file, (sent, left) => {
    const percent = Math.min(100, Math.floor((sent / Math.max(1, file.size)) * 100))
    if (meter) meter.value = percent
    const text = fill(data.words.uploading, { size, percent, left: leftText(left, data.words) })
    write(facts, text.replace(/ · $/, ''))
  })
  line.querySelector('[data-cancel]')?.addEventListener('click', () => upload.cancel())
  const outcome = await upload.done
  line.remove()
  settle(place, outcome)
  if (outcome.kind === 'signed-out') putBack(place, file)
}

/** A file chosen after the session's end stays chosen: it goes with the form, which is kept for its person. */
function putBack({ row }: Place, file: File): void {
  const input = row.querySelector<HTMLInputElement>('input[type=file]')
  if (!input) return
  const chosen = new DataTransfer()
  for (const one of input.multiple ? [...(input.files ?? []), file] : [file]) chosen.items.add(one)
  input.files = chosen.files
}

function settle(place: Place, outcome: Outcome): void {
  const { words } = place.data
  if (outcome.kind === 'taken') showFiles(place, outcome.files)
  else if (outcome.kind === 'refused') showError(place, outcome.detail)
  else if (outcome.kind === 'signed-out') showError(place, words.signedOut ?? '')
  else if (outcome.kind === 'failed') showError(place, words.uploadFailed ?? '')
}

function showFiles(place: Place, files: readonly TakenFile[]): void {
  const { row, root, data } = place
  const list = row.querySelector('[data-files]')
  for (const old of list?.querySelectorAll('[data-file]') ?? []) old.remove()
  const input = row.querySelector<HTMLInputElement>('input[type=file]')
  list?.prepend(
    ...files.map((file) => {
      const line = cloneLine(root, 'file')
      line.dataset.file = file.id
      write(line.querySelector('.nm'), file.name)
      write(line.querySelector('[data-facts]'), file.facts)
      write(line.querySelector('[data-whose]'), ` ${file.name}`)
      write(line.querySelector('[data-note]'), file.twice ? (data.words.twice ?? '') : '')
      const button = line.querySelector<HTMLButtonElement>('[name=remover]')
      if (button) button.value = file.id
      return line
    }),
  )
  if (!input?.multiple) {
    write(row.querySelector('[data-choose]'), (files.length > 0 ? data.words.replaceFile : data.words.chooseFile) ?? '')
  }
  row.classList.toggle('done', files.length > 0)
  row.classList.remove('err')
  row.querySelector('[data-state]')?.replaceChildren()
  input?.removeAttribute('aria-invalid')
}

function showError({ row, root }: Place, text: string): void {
  const message = document.createElement('p')
  message.className = 'errm'
  message.id = `${row.querySelector('input[type=file]')?.id}-erro`
  const words = document.createElement('span')
  words.textContent = text
  message.append(icon(root, 'alert-circle'), words)
  row.querySelector('[data-state]')?.replaceChildren(message)
  row.classList.remove('done')
  row.classList.add('err')
  row.querySelector('input[type=file]')?.setAttribute('aria-invalid', 'true')
}

function cloneLine(root: HTMLElement, name: string): HTMLElement {
  const template = root.querySelector<HTMLTemplateElement>(`template[data-line=${name}]`)
  return template?.content.firstElementChild?.cloneNode(true) as HTMLElement
}

/** Another icon of the sprite that a template already points to. */
function icon(root: HTMLElement, name: string): Node {
  const svg = cloneLine(root, 'file').querySelector('svg')
  const use = svg?.querySelector('use')
  use?.setAttribute('href', `${use.getAttribute('href')?.split('#')[0]}#i-${name}`)
  return svg ?? document.createTextNode('')
}

function write(place: Element | null | undefined, text: string): void {
  if (place) place.textContent = text
}
