// Files on the ticket page: the list under a message, and the box for new ones with those uploaded but not sent yet.

import { showBytes } from '#shared/kit/bytes.ts'
import { Icon } from '#shared/ui/icon.tsx'
import type { TicketFile } from '#tickets/reads/ticket-page.ts'
import type { Verb } from '#tickets/rules/lifecycle.ts'
import { problemOf, type Screen } from '#tickets/web/screen.ts'

/** Media types a file box offers; what is accepted is decided by content on the server. */
export const ACCEPT = '.pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png'

/** Links to files, each with its size and, for the form's documents, its name in the catalogue. */
export function Files(props: { screen: Screen; label: string; files: readonly TicketFile[] }) {
  if (props.files.length === 0) return null
  const { facts, form, visit } = props.screen
  return (
    <ul class="files" aria-label={props.label}>
      {props.files.map((file) => (
        <li key={file.id}>
          <a href={`/chamados/${facts.id}/documentos/${file.n}`} target="_blank" rel="noopener">
            <Icon name="file-text" />
            {file.name}
            <small>
              {file.document === 'follow-up' ? '' : `${form.documentName(file.document)} · `}
              {showBytes(file.size, visit.lang)}
            </small>
          </a>
        </li>
      ))}
    </ul>
  )
}

/** The box for new files of a verb's form. `name`: of the field. Files of an earlier try are shown as already there. */
export function FileBox(props: { screen: Screen; verb: Verb; label: string; hint: string }) {
  const { screen, verb } = props
  const id = `${verb}-arquivos`
  const problem = problemOf(screen, verb, 'arquivos')
  const words = screen.visit.words.ticketPage.followUp
  return (
    <div class="fld">
      <label for={id}>
        {props.label} <span class="opt">{screen.visit.words.shared.optional}</span>
      </label>
      <p class="hint" id={`${id}-dica`}>
        {props.hint}
      </p>
      {problem ? (
        <p class="errm" id={`${id}-erro`}>
          <Icon name="alert-circle" />
          {problem}
        </p>
      ) : null}
      <input
        class="in"
        id={id}
        type="file"
        name="arquivos"
        multiple
        accept={ACCEPT}
        aria-describedby={`${id}-dica${problem ? ` ${id}-erro` : ''}`}
        aria-invalid={problem ? true : undefined}
      />
      {screen.unsent.length > 0 ? (
        <div class="unsent">
          <p class="lab">{words.kept}</p>
          <ul>
            {screen.unsent.map((file) => (
              <li key={file.id}>
                <input type="hidden" name="anexo" value={file.id} />
                <Icon name="circle-check" />
                <span>{file.name}</span>
                <small>{showBytes(file.size, screen.visit.lang)}</small>
                <button
                  type="submit"
                  class="btn small"
                  name="remover"
                  value={file.id}
                  aria-label={words.remove(file.name)}
                >
                  {words.removeShort}
                </button>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  )
}
