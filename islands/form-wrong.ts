// What is wrong with an answer, said at its field while one fills in: the server judges, by the rules it files by.

type Sentences = Readonly<Record<string, string>>

/** Lays sentences at fields, but not at the one that is being typed in; what was mended is taken away, in the summary too. */
export function laySentences(form: HTMLFormElement, sentences: Sentences): void {
  for (const place of form.querySelectorAll<HTMLElement>('[data-question]')) {
    const field = place.querySelector<HTMLElement>('input:not([type=hidden]), select, textarea')
    const sentence = sentences[place.dataset.question ?? '']
    if (!field || (sentence && field === document.activeElement)) continue
    if (sentence) say(form, field, sentence)
    // What is missing was said by the server, and stays until something is there.
    else if (isAnswered(place)) unsay(place, field)
  }
}

function say(form: HTMLFormElement, field: HTMLElement, sentence: string): void {
  const place = field.closest<HTMLElement>('[data-question]')
  const id = `${field.id}-erro`
  let line = document.getElementById(id)
  if (!line) {
    const template = form.parentElement?.querySelector<HTMLTemplateElement>('template[data-line=error]')
    line = template?.content.firstElementChild?.cloneNode(true) as HTMLElement | null
    if (!line || !place) return
    line.id = id
    place.append(line)
    field.setAttribute('aria-describedby', [field.getAttribute('aria-describedby'), id].filter(Boolean).join(' '))
  }
  field.setAttribute('aria-invalid', 'true')
  const text = line.querySelector('span')
  if (text && text.textContent !== sentence) text.textContent = sentence
}

function unsay(place: HTMLElement, field: HTMLElement): void {
  const line = place.querySelector('.errm')
  if (!line) return
  line.remove()
  field.removeAttribute('aria-invalid')
  const ids = (field.getAttribute('aria-describedby') ?? '').split(' ').filter((id) => id !== line.id)
  if (ids.join('')) field.setAttribute('aria-describedby', ids.join(' '))
  else field.removeAttribute('aria-describedby')
  const told = document.querySelector(`.sum a[href="#q-${place.dataset.question}"]`)?.closest('li')
  const summary = told?.closest('.sum')
  told?.remove()
  if (summary && !summary.querySelector('li')) summary.remove()
}

function isAnswered(place: HTMLElement): boolean {
  const fields = [...place.querySelectorAll<HTMLInputElement>('input:not([type=hidden]), select, textarea')]
  return fields.some((field) => (/radio|checkbox/.test(field.type) ? field.checked : field.value.trim() !== ''))
}
