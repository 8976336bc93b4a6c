// The form of a draft: fields and documents come and go by the same rules the server uses. Files and saving have their own files.
import { evaluate, type Verdict } from '#forms/rules/evaluate.ts'
import { progressOf } from '#forms/rules/progress.ts'
import { tidied } from '#forms/rules/types/money.ts'
import { fill, type IslandData } from './form-data.ts'
import { type FileRows, holdWhileBusy, takeOverRows } from './form-files.ts'
import { makeSaver } from './form-save.ts'
import { laySentences } from './form-wrong.ts'

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement

class DraftForm extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector('form')
    const text = this.querySelector('[data-form]')?.textContent
    if (!form || !text) return
    const data = JSON.parse(text) as IslandData
    const say = (words: string): void => write(this.querySelector('[data-saved]'), words)
    // The editor's preview is nobody's draft: nothing is saved, no file is sent.
    const filing = data.draft !== ''
    // Until the server has said something new, what the page was drawn with holds.
    let sentences: Readonly<Record<string, string>> | undefined
    const tell = (told: Readonly<Record<string, string>>): void => {
      sentences = told
      laySentences(form, told)
      refresh()
    }
    const saving = { form, saved: answersOf(form, data, true), read: () => answersOf(form, data), say, tell }
    const saver = filing ? makeSaver(data, saving) : { touch: () => {}, hold: () => {} }
    const refresh = (): void => draw(this, data, { form, rows })
    const to = (documento: string) => ({
      address: '/envios',
      fields: { rascunho: data.draft, documento },
      sender: data.sender,
    })
    const rows = takeOverRows(filing ? this : document.createElement('div'), { ...data, to }, refresh)
    form.addEventListener('input', () => {
      refresh()
      saver.touch(false)
    })
    form.addEventListener('change', (event) => {
      tidy(event.target, data)
      refresh()
      saver.touch(true)
    })
    // Once the field is left, what was held back of it is said.
    form.addEventListener('focusout', () => setTimeout(() => sentences && laySentences(form, sentences)))
    // With a scanner nothing is filed before it is done: waited for here, not refused there.
    let waited = false
    const sends = ({ submitter }: SubmitEvent): boolean =>
      submitter instanceof HTMLButtonElement && submitter.value === 'enviar'
    const waitForScan = (event: SubmitEvent): void => {
      event.preventDefault()
      say(data.words.scanningNow ?? '')
      void rows.scanned().then(() => {
        waited = true
        form.requestSubmit(event.submitter)
      })
    }
    form.addEventListener('submit', (event) => {
      // Enter in a field is no wish to send.
      if (event.submitter instanceof HTMLButtonElement && event.submitter.value === 'atualizar') event.preventDefault()
      else if (rows.busy()) holdWhileBusy(event, rows, () => say(data.words.uploadingNow ?? ''))
      else if (data.scans && !waited && sends(event) && rows.scanning()) waitForScan(event)
      else saver.hold(event)
    })
    for (const choice of form.querySelectorAll<HTMLElement>('[data-fold]')) fold(choice)
    // A page that was posted to is asked for when one comes back to it, not posted to again.
    if (filing) history.replaceState(history.state, '')
    // The browser may have put back what stood in the fields before.
    window.addEventListener('pageshow', refresh)
    refresh()
  }
}

/** Many cards show the chosen one alone; whoever goes through them by keys is not interrupted. */
function fold(choice: HTMLElement): void {
  const all = choice.querySelector<HTMLElement>('[data-unfold]')
  const chosen = (): HTMLElement | null => choice.querySelector('input:checked')
  const set = (folded: boolean): void => {
    choice.toggleAttribute('data-folded', folded)
    if (all) all.hidden = !folded
  }
  set(chosen() !== null)
  let pointed = false
  choice.addEventListener('pointerdown', () => {
    pointed = true
  })
  choice.addEventListener('keydown', () => {
    pointed = false
  })
  choice.addEventListener('change', () => set(pointed))
  all?.addEventListener('click', () => {
    set(false)
    chosen()?.focus()
  })
}

/** Once a field is left: identifiers in capitals, numbers as people write them. */
function tidy(target: EventTarget | null, data: IslandData): void {
  if (target instanceof HTMLInputElement && target.classList.contains('code'))
    target.value = target.value.trim().toUpperCase()
  if (!(target instanceof HTMLInputElement)) return
  const question = data.shape.sections.flatMap(({ questions }) => questions).find(({ key }) => key === target.name)
  if (question?.type === 'number' || question?.type === 'money') target.value = tidied(target.value, question.type)
}

/** What stands in the fields, hidden ones too: the rules drop those. `asSent`: as the server wrote them. */
function answersOf(form: HTMLFormElement, data: IslandData, asSent = false): Record<string, string> {
  const answers: Record<string, string> = {}
  for (const section of data.shape.sections) {
    for (const { key } of section.questions) {
      const fields = [...form.querySelectorAll<Field>(`[name="${key}"]:not([type=hidden])`)]
      answers[key] = asSent ? sentAnswer(fields) : answerIn(fields)
    }
  }
  return answers
}

/** Questions whose answer is not right as it stands. */
const stillWrong = (form: HTMLFormElement): Set<string> =>
  new Set([...form.querySelectorAll<Field>('[name][aria-invalid=true]')].map(({ name }) => name))

const isBox = (field: Field): field is HTMLInputElement =>
  field instanceof HTMLInputElement && (field.type === 'radio' || field.type === 'checkbox')

/** Of boxes any number may be ticked; the answer is their values, parted by commas. */
const joined = (boxes: readonly HTMLInputElement[]): string => boxes.map(({ value }) => value).join(',')

function answerIn(fields: readonly Field[]): string {
  const boxes = fields.filter(isBox)
  return boxes.length > 0 ? joined(boxes.filter((box) => box.checked)) : (fields[0]?.value ?? '')
}

function sentAnswer(fields: readonly Field[]): string {
  const boxes = fields.filter(isBox)
  if (boxes.length > 0) return joined(boxes.filter((box) => box.defaultChecked))
  const [field] = fields
  if (field instanceof HTMLSelectElement) return [...field.options].find((one) => one.defaultSelected)?.value ?? ''
  return field?.defaultValue ?? ''
}

function draw(root: HTMLElement, data: IslandData, page: { form: HTMLFormElement; rows: FileRows }): void {
  const answers = answersOf(page.form, data)
  const verdict = evaluate(data.shape, answers)
  for (const place of root.querySelectorAll<HTMLElement>('[data-question]')) drawQuestion(place, verdict, data)
  for (const place of root.querySelectorAll<HTMLElement>('[data-document]')) drawDocument(place, verdict, data)
  let number = 0
  for (const place of root.querySelectorAll<HTMLElement>('[data-section]')) {
    const shown = verdict.sections.has(place.dataset.section ?? '')
    place.hidden = !shown
    if (shown) write(place.querySelector('h2 .n'), String(++number))
  }
  const steps = progressOf(data.shape, { answers, verdict, files: page.rows.present(), wrong: stillWrong(page.form) })
  drawProgress(data, steps, (section) => {
    const key = data.told[section]?.find((one) => verdict.answers[one])
    return key ? shownAnswer(page.form, key, answers[key] ?? '') : ''
  })
}

function drawQuestion(place: HTMLElement, verdict: Verdict, data: IslandData): void {
  const key = place.dataset.question ?? ''
  show(place, verdict.questions.has(key))
  const required = verdict.requiredQuestions.has(key)
  write(place.querySelector(':scope > label .opt, :scope > legend .opt'), required ? '' : data.optional)
}

function drawDocument(place: HTMLElement, verdict: Verdict, data: IslandData): void {
  const key = place.dataset.document ?? ''
  show(place, verdict.documents.has(key))
  // A hidden one keeps its tag: whether it is one of a group is only known where it is shown.
  if (!verdict.documents.has(key) || [...verdict.groups.values()].some((keys) => keys.includes(key))) return
  const { required, optionalTag } = data.words
  write(place.querySelector('.tag'), (verdict.requiredDocuments.has(key) ? required : optionalTag) ?? '')
}

/** What is not asked for is neither seen nor posted. */
function show(place: HTMLElement, shown: boolean): void {
  if (place.hidden !== shown) return
  place.hidden = !shown
  for (const field of place.querySelectorAll<Field>('input, select, textarea')) field.disabled = !shown
}

/** An answer as the page words it: a choice by the name on its card. */
function shownAnswer(form: HTMLFormElement, key: string, value: string): string {
  return form.querySelector(`[name="${key}"]:checked`)?.closest('label')?.querySelector('b')?.textContent ?? value
}

function drawProgress(data: IslandData, steps: ReturnType<typeof progressOf>, told: (section: string) => string): void {
  for (const place of document.querySelectorAll<HTMLElement>('[data-step]')) {
    const step = steps.find((one) => one.key === place.dataset.step)
    place.hidden = !step
    if (!step) continue
    place.className = step.state
    write(place.querySelector('[data-number]'), String(step.number))
    const { all } = step.documents
    const words = all > 0 ? data.words.progressDocuments : step.optional ? data.words.progressOptional : ''
    write(place.querySelector('[data-text]'), told(step.key) || fill(words, step.documents))
  }
}

function write(place: Element | null, text: string): void {
  if (place && place.textContent !== text) place.textContent = text
}

customElements.define('eprod-form', DraftForm)
