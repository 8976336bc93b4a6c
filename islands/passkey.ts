// Passkeys: shows the forms that ask for one where the browser has them, and lays the browser's answer into the form.

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]')) {
  if ('PublicKeyCredential' in window) prepare(form)
}

function prepare(form: HTMLFormElement): void {
  form.hidden = false
  for (const other of document.querySelectorAll<HTMLElement>('[data-without-passkeys]')) other.hidden = true
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void ask(form)
  })
}

/** The library comes only when somebody uses a passkey. */
async function ask(form: HTMLFormElement): Promise<void> {
  const failed = form.querySelector<HTMLElement>('[role="alert"]')
  if (failed) failed.hidden = true
  try {
    const { startAuthentication, startRegistration } = await import('@simplewebauthn/browser')
    const optionsJSON = JSON.parse(form.dataset.options ?? '')
    const answer =
      form.dataset.passkey === 'make'
        ? await startRegistration({ optionsJSON })
        : await startAuthentication({ optionsJSON })
    const field = form.elements.namedItem('resposta') as HTMLInputElement
    field.value = JSON.stringify(answer)
    form.submit()
  } catch {
    // Cancelled, timed out, or no passkey of this site: the browser has said so itself.
    if (failed) failed.hidden = false
  }
}
