// Files on the ticket page: the list under a message, and the row for new ones with those uploaded but not sent yet.
import type { ComponentChildren, VNode } from 'preact'
import { FOLLOW_UP } from '#attachments/actions.ts'
import { ALL_KINDS, acceptOf } from '#attachments/rules/kinds.ts'
import { checkTexts, Warnings } from '#attachments/views.tsx'
import { showBytes } from '#shared/kit/bytes.ts'
import { FileLine, FileRow, type SentFile, UploadLine } from '#shared/ui/file-row.tsx'
import { drawnOnce, html } from '#shared/ui/html.ts'
import { Icon } from '#shared/ui/icon.tsx'
import { uploadWords } from '#shared/ui/upload-words.ts'
import type { TicketFile } from '#tickets/reads/ticket-page.ts'
import type { Verb } from '#tickets/rules/lifecycle.ts'
import { mayAttach } from '#tickets/rules/moves.ts'
import { problemOf, type Screen } from '#tickets/web/screen.ts'
import type { Words } from '#words/words.ts'

/** Links to files, each with its size and, for the form's documents, its name in the catalogue. */
export function Files(props: { screen: Screen; label: string; files: readonly TicketFile[] }): VNode | null {
  if (props.files.length === 0) return null
  const { facts, form, visit } = props.screen
  const lines = props.files.map((file) => {
    const { facts: known, warnings } = checkTexts(visit.words, file.check, form.checkRule(file.document))
    const document = file.document === FOLLOW_UP ? [] : [form.documentName(file.document)]
    const told = [...document, showBytes(file.size, visit.lang), ...known].join(' · ')
    const inner = html`${Icon({ name: 'file-text' })}${file.name}<small>${told}</small>`
    // What a virus is in is no link: it would lead to a refusal.
    const link =
      file.check?.scan === 'infected'
        ? html`<span class="shut">${inner}</span>`
        : html`<a href="/chamados/${facts.id}/documentos/${file.n}" target="_blank" rel="noopener">${inner}</a>`
    return html`<li>${link}${warnings.length > 0 ? Warnings({ texts: warnings }) : null}</li>`
  })
  return html`<ul class="files" aria-label="${props.label}">${lines}</ul>`
}

/** What is known of the files of one document, for whoever judges it. */
export function DocumentChecks({ screen, document }: { screen: Screen; document: string }) {
  const { form, visit } = screen
  return (
    <>
      {screen.files
        .filter((file) => file.document === document)
        .map((file) => {
          const { facts, warnings } = checkTexts(visit.words, file.check, form.checkRule(document))
          return (
            <p class="hint checks" key={file.id}>
              {[file.name, ...facts].join(' · ')}
              <Warnings texts={warnings} />
            </p>
          )
        })}
    </>
  )
}

/** Fields of files that answer a document carry this before its key. */
export const ANSWERS = 'arquivo:'

interface FileBoxProps {
  readonly screen: Screen
  readonly verb: Verb
  readonly label: string
  readonly hint: string
  /** The document its files answer; absent: none. */
  readonly document?: string
}

/** The row for new files of a verb's form, with those that lie by already: sent at once with scripts, with the form without. */
export function FileBox(props: FileBoxProps) {
  const { screen, verb, document = FOLLOW_UP } = props
  const { words } = screen.visit
  const name = props.document ? ANSWERS + document : 'arquivos'
  return (
    <div class="fld">
      <FileRow
        id={`${verb}-${name.replace(':', '-')}`}
        name={name}
        document={document}
        label={props.label}
        tag={words.forms.draft.optionalTag}
        hint={props.hint}
        accept={acceptOf(ALL_KINDS)}
        several
        camera={false}
        stopped={[]}
        files={screen.unsent
          .filter((file) => file.document === document)
          .map((file) => unsentFile(screen.visit.words, file))}
        error={problemOf(screen, verb, name)}
        carries={words.ticketPage.followUp.ready}
        words={words}
      />
      <p class="hint" role="status" data-wait />
    </div>
  )
}

/** A file laid by for the next form, with what is known of it. */
export function unsentFile(words: Words, file: Pick<TicketFile, 'id' | 'name' | 'size' | 'check'>): SentFile {
  const { facts, warnings, waiting } = checkTexts(words, file.check)
  const { id, name, size } = file
  return { id, name, size, facts, notes: warnings, waiting }
}

/** What the script of the rows needs to know. */
export interface FilesData {
  readonly address: string
  readonly fileBytes: number
  readonly words: Readonly<Record<string, string>>
}

/** Around the forms of the page: with scripts their files go at once, their progress told. */
export function WithFiles({ screen, children }: { screen: Screen; children: ComponentChildren }) {
  const { visit, facts, settings } = screen
  const { words } = visit
  const { fileBytes } = settings
  const { ready, signedOut } = words.ticketPage.followUp
  if (!mayAttach({ status: facts.status, assigned: facts.assigneeId !== null }, visit.actor)) {
    return <div class="stack">{children}</div>
  }
  const data: FilesData = {
    address: `/chamados/${facts.id}/envios`,
    fileBytes,
    words: { ...uploadWords(visit, fileBytes), signedOut },
  }
  return (
    <eprod-files class="stack">
      {children}
      {/* No script element: a live page brings this part anew, and Trusted Types let none be brought. */}
      <span hidden data-uploads>
        {JSON.stringify(data)}
      </span>
      {drawnOnce(`lines of files ${visit.lang}`, () => (
        <>
          <template data-line="file">
            <FileLine file={{ id: '', name: '', size: 0 }} words={words} carries={ready} />
          </template>
          <template data-line="upload">
            <UploadLine words={words} />
          </template>
        </>
      ))}
    </eprod-files>
  )
}

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'eprod-files': { class?: string; children?: ComponentChildren }
    }
  }
}
