// Changes the theme at once and keeps it; without scripts the same form posts and the page comes back.

async function keep(form: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
  document.documentElement.dataset.theme = button.value
  const body = new URLSearchParams({ tema: button.value, volta: '/preferencias' })
  const answer = await fetch(form.action, { method: 'POST', body, redirect: 'manual' })
  // A redirect is the good answer here; anything else is told by doing it the plain way.
  if (answer.type !== 'opaqueredirect' && !answer.ok) form.requestSubmit(button)
}

document.addEventListener('submit', (event) => {
  const form = event.target
  if (!(form instanceof HTMLFormElement) || !form.hasAttribute('data-theme-switch')) return
  const button = event.submitter
  if (!(button instanceof HTMLButtonElement) || form.dataset.tried) return
  event.preventDefault()
  form.dataset.tried = 'yes'
  keep(form, button).then(
    () => {
      delete form.dataset.tried
      const other = form.querySelector<HTMLButtonElement>(button.value === 'dark' ? '.to-light' : '.to-dark')
      other?.focus()
    },
    () => form.requestSubmit(button),
  )
})
