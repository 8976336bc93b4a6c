// The form editor's own script, loaded by its pages alone: items dragged to their place, and the outcome of a preview kept up
// to date. The buttons and the server do the same without it.
import type { Definition } from '#forms/rules/definition.ts'
import { questionsOf } from '#forms/rules/definition.ts'
import { outcomeOf } from '#forms/rules/form-tests.ts'

/**
 * Dragging an item onto another posts where it goes: `poe:<kind>:<key>`, before that item; behind it where it was dragged down
 * its own list, so that the last place can be reached.
 */
class Reorder extends HTMLElement {
  #dragged: HTMLElement | undefined

  connectedCallback(): void {
    if (!this.classList.contains('draggable')) return
    for (const item of this.querySelectorAll<HTMLElement>('li[data-item], section[data-item]')) item.draggable = true
    this.addEventListener('dragstart', (event) => {
      this.#dragged = itemOf(event.target)
      this.#dragged?.classList.add('dragged')
      event.dataTransfer?.setData('text/plain', this.#dragged?.dataset.key ?? '')
    })
    this.addEventListener('dragend', () => this.#clear())
    this.addEventListener('dragover', (event) => {
      const target = this.#targetOf(event.target)
      if (!target) return
      event.preventDefault()
      for (const one of this.querySelectorAll('.over')) if (one !== target) one.classList.remove('over', 'behind')
      target.classList.add('over')
      target.classList.toggle('behind', this.#goesBehind(target))
    })
    this.addEventListener('drop', (event) => {
      const target = this.#targetOf(event.target)
      if (!target || !this.#dragged) return
      event.preventDefault()
      this.#post(this.#dragged, target)
    })
  }

  /** An item of the same kind, or the list of a section that has none yet. */
  #targetOf(place: EventTarget | null): HTMLElement | undefined {
    const kind = this.#dragged?.dataset.item
    if (!kind || !(place instanceof Element)) return undefined
    const target = place.closest<HTMLElement>(`[data-item="${kind}"], [data-list="${kind}"]`)
    return target && target !== this.#dragged ? target : undefined
  }

  /** Dragged down its own list: what stood below it moves up. */
  #goesBehind(target: HTMLElement): boolean {
    const item = this.#dragged
    if (!item || item.parentElement !== target.parentElement) return false
    return (item.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
  }

  #post(item: HTMLElement, target: HTMLElement): void {
    const form = this.closest('form')
    if (!form) return
    const list = target.closest<HTMLElement>('[data-list]')
    const before = this.#goesBehind(target) ? target.nextElementSibling : target
    const fields = {
      acao: `poe:${item.dataset.item}:${item.dataset.key}`,
      secao: list?.dataset.sectionKey ?? '',
      antes: before instanceof HTMLElement ? (before.dataset.key ?? '') : '',
    }
    for (const [name, value] of Object.entries(fields)) {
      const input = document.createElement('input')
      Object.assign(input, { type: 'hidden', name, value })
      form.append(input)
    }
    form.submit()
  }

  #clear(): void {
    for (const one of this.querySelectorAll('.over, .dragged')) one.classList.remove('over', 'behind', 'dragged')
    this.#dragged = undefined
  }
}

const itemOf = (place: EventTarget | null): HTMLElement | undefined =>
  (place instanceof Element && place.closest<HTMLElement>('[data-item]')) || undefined

/** What the form makes of the answers in the preview, by the same function that the server's tests run. */
class Outcome extends HTMLElement {
  connectedCallback(): void {
    const text = this.querySelector('[data-definition]')?.textContent
    const form = document.querySelector<HTMLFormElement>('#previa')
    if (!text || !form) return
    const definition = JSON.parse(text) as Definition
    const draw = (): void => this.#draw(definition, form)
    form.addEventListener('input', draw)
    form.addEventListener('change', draw)
    draw()
  }

  #draw(definition: Definition, form: HTMLFormElement): void {
    const outcome = outcomeOf(definition, answersIn(definition, form))
    const title = this.querySelector('[data-title]')
    if (title) title.textContent = outcome.title || '–'
    for (const line of this.querySelectorAll<HTMLElement>('[data-outcome]')) {
      const kind = line.dataset.outcome as 'questions' | 'documents' | 'required'
      line.hidden = !outcome[kind].includes(line.dataset.key ?? '')
    }
  }
}

/** Hidden fields are disabled and so absent: their answers count for nothing anyway. */
function answersIn(definition: Definition, form: HTMLFormElement): Record<string, string> {
  const data = new FormData(form)
  return Object.fromEntries(
    questionsOf(definition).map(({ key, type }) => {
      const values = data.getAll(key).map(String)
      return [key, type === 'multiple-choice' ? values.filter(Boolean).join(',') : (values.at(-1) ?? '')]
    }),
  )
}

customElements.define('eprod-reorder', Reorder)
customElements.define('eprod-outcome', Outcome)
