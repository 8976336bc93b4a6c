// How the row of a document looks: its files, those on their way, what is wrong. What happens to files: form-files.ts.
import type { IslandData } from './form-data.ts'
import type { Outcome, TakenFile } from './upload.ts'

export interface Place {
  readonly root: HTMLElement
  readonly row: HTMLElement
  readonly data: IslandData
}

/** Shows what became of a file. */
export function settle(place: Place, outcome: Outcome): void {
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
  row.classList.toggle('done', files.length > 0 && !row.classList.contains('err'))
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
  row.querySelector('[data-state]')?.replaceChildren(message)
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
