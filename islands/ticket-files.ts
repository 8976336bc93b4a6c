// The files of the ticket page's forms: each goes at once with its progress told; the form then carries what was taken.
import type { FilesData } from '#tickets/web/files.tsx'
import { holdWhileBusy, takeOverRows } from './form-files.ts'

class TicketFiles extends HTMLElement {
  connectedCallback(): void {
    const text = this.querySelector('[data-uploads]')?.textContent
    if (!text) return
    const { address, ...data } = JSON.parse(text) as FilesData
    const rows = takeOverRows(this, { ...data, to: (documento) => ({ address, fields: { documento } }) }, () => {})
    for (const form of this.querySelectorAll('form')) {
      const wait = form.querySelector('[data-wait]')
      form.addEventListener('submit', (event) =>
        holdWhileBusy(event, rows, () => wait?.replaceChildren(data.words.uploadingNow ?? '')),
      )
    }
  }
}

customElements.define('eprod-files', TicketFiles)
