// How the row of a document looks: its files, those on their way, what is wrong. What happens to files: form-files.ts.
import type { Destination, Outcome, TakenFile } from './upload.ts'

export interface RowData {
  readonly words: Readonly<Record<string, string>>
  /** Larger files are refused before they are sent. */
  readonly fileBytes: number
  /** Where a row's files go. */
  readonly to: (document: string) => Destination
}

export interface Place {
  readonly root: HTMLElement
  readonly row: HTMLElement
  readonly data: RowData
}

/** Shows what became of a file. */
export function settle(place: Place, outcome: Outcome): void {
  const { words } = place.data
  if (outcome.kind === 'taken') showFiles(place, outcome.files)
  else if (outcome.kind === 'refused') showError(place, outcome.detail)
  else if (outcome.kind === 'signed-out') showError(place, words.signedOut ?? '')
  else if (outcome.kind === 'failed') showError(place, words.uploadFailed ?? '')
}

/** Of several files at once the answers may overtake each other: a line goes only by its own removal, or replaced. */
function showFiles(place: Place, files: readonly TakenFile[]): void {
  const { row, root, data } = place
  const list = row.querySelector('[data-files]')
  const input = row.querySelector<HTMLInputElement>('input[type=file]')
  const now = new Set(files.map((file) => file.id))
  for (const old of list?.querySelectorAll<HTMLElement>('[data-file]') ?? []) {
    if (!input?.multiple || now.has(old.dataset.file ?? '')) old.remove()
  }
  list?.prepend(
    ...files.map((file) => {
      const line = cloneLine(root, 'file')
      line.dataset.file = file.id
      const name = line.querySelector<HTMLAnchorElement>('.nm')
      write(name, file.name)
      if (name?.href) name.href += file.id
      write(line.querySelector('[data-whose]'), ` ${file.name}`)
      tellOf(line, file)
      const button = line.querySelector<HTMLButtonElement>('[name=remover]')
      if (button) button.value = file.id
      const carried = line.querySelector<HTMLInputElement>('[name=anexo]')
      if (carried) carried.value = file.id
      return line
    }),
  )
  if (!input?.multiple) {
    write(row.querySelector('[data-choose]'), (files.length > 0 ? data.words.replaceFile : data.words.chooseFile) ?? '')
  }
  const wrong = row.classList.contains('err')
  row.classList.toggle('done', !wrong && row.querySelector('[data-file]') !== null)
}

function tellOf(line: HTMLElement, file: TakenFile): void {
  write(line.querySelector('[data-facts]'), file.facts)
  const note = line.querySelector('[data-note]')
  if (note?.textContent !== file.note) write(note, file.note)
  line.toggleAttribute('data-waiting', file.waiting)
}

/** What is known of the files of a row by now; where one stands is left alone. */
export function updateFiles(row: HTMLElement, files: readonly TakenFile[]): void {
  for (const line of row.querySelectorAll<HTMLElement>('[data-file]')) {
    const file = files.find((one) => one.id === line.dataset.file)
    if (file) tellOf(line, file)
  }
}

/** What was wrong before counts no more: other files are on their way, or one was removed. */
export function clearError({ row }: Place): void {
  row.classList.remove('err')
  row.querySelector('[data-state]')?.replaceChildren()
  row.querySelector('input[type=file]')?.removeAttribute('aria-invalid')
}

export function showError({ row, root }: Place, text: string): void {
  const message = document.createElement('p')
  message.className = 'errm'
  message.id = `${row.querySelector('input[type=file]')?.id}-erro`
  const words = document.createElement('span')
  words.textContent = text
  message.append(icon(root, 'alert-circle'), words)
  row.querySelector('[data-state]')?.append(message)
  row.classList.remove('done')
  row.classList.add('err')
  row.querySelector('input[type=file]')?.setAttribute('aria-invalid', 'true')
}

export function cloneLine(root: HTMLElement, name: string): HTMLElement {
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

export function write(place: Element | null | undefined, text: string): void {
  if (place) place.textContent = text
}
