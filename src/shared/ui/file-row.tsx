// A document to send: its name, what is accepted, the files there are, and the box to choose one. Works without scripts.
import { FieldError } from '#shared/ui/fields.tsx'
import { Icon } from '#shared/ui/icon.tsx'
import type { Words } from '#words/words.ts'

export interface SentFile {
  readonly id: string
  readonly name: string
  readonly size: number
  /** Short, told behind its size. */
  readonly facts?: readonly string[] | undefined
  /** Said below it, as that the same file stands elsewhere. */
  readonly notes?: readonly string[] | undefined
  /** More will be known of it soon: the script asks again. */
  readonly waiting?: boolean | undefined
}

export interface StoppedFile {
  readonly id: string
  readonly name: string
  /** How far it came, and what to do. */
  readonly text: string
}

export interface FileRowProps {
  readonly id: string
  readonly name: string
  readonly label: string
  /** As `obrigatório`. */
  readonly tag: string
  readonly hint: string
  readonly accept: string
  readonly several: boolean
  readonly files: readonly SentFile[]
  readonly error?: string | undefined
  readonly hidden?: boolean | undefined
  /** A picture taken now will do. */
  readonly camera: boolean
  /** Files that stopped on their way. */
  readonly stopped: readonly StoppedFile[]
  /** Key of the document, for the script. */
  readonly document: string
  /** Said instead of `enviado`, where the files are taken along with the form alone. */
  readonly carries?: string | undefined
  /** Files are opened at this address and their id; absent: they cannot be yet. */
  readonly openAt?: string | undefined
  readonly words: Words
}

export function FileRow(props: FileRowProps) {
  const { id, words } = props
  const state = props.error ? 'up err' : props.files.length > 0 ? 'up done' : 'up'
  return (
    <div class={state} hidden={props.hidden} data-document={props.document}>
      <div>
        <p class="lab" id={`${id}-nome`}>
          {props.label} <span class="tag">{props.tag}</span>
        </p>
        <p class="hint" id={`${id}-dica`}>
          {props.hint}
        </p>
      </div>
      <ChooseFile {...props} />
      <ul class="sent" data-files>
        {props.files.map((file) => (
          <FileLine key={file.id} file={file} words={words} carries={props.carries} openAt={props.openAt} />
        ))}
      </ul>
      {props.stopped.map((one) => (
        <StoppedLine key={one.id} {...one} words={words} />
      ))}
      <div class="st" data-state aria-live="polite">
        <FieldError id={id} error={props.error} />
      </div>
    </div>
  )
}

/** The box is the browser's own; with scripts a button stands over it. */
function ChooseFile(props: FileRowProps) {
  const { id } = props
  const text = props.words.forms.draft
  const choose = props.several ? text.chooseFiles : props.files.length > 0 ? text.replaceFile : text.chooseFile
  return (
    <div class="choose">
      <label class="btn" for={id}>
        <Icon name="upload" />
        <span data-choose>{choose}</span>
      </label>
      <input
        type="file"
        id={id}
        name={props.name}
        accept={props.accept}
        multiple={props.several}
        disabled={props.hidden}
        aria-labelledby={`${id}-nome`}
        aria-describedby={props.error ? `${id}-dica ${id}-erro` : `${id}-dica`}
        aria-invalid={props.error ? 'true' : undefined}
      />
      {props.camera ? <Camera {...props} /> : null}
    </div>
  )
}

/** On a phone: straight to its camera; nameless, for the script alone. Without scripts the phone's own dialog offers it. */
function Camera({ id, hidden, words }: FileRowProps) {
  return (
    <span class="camera with-script">
      <label class="btn" for={`${id}-foto`}>
        <Icon name="camera" />
        {words.forms.draft.photograph}
      </label>
      <input
        type="file"
        id={`${id}-foto`}
        accept="image/jpeg,image/png"
        capture="environment"
        disabled={hidden}
        aria-describedby={`${id}-nome ${id}-dica`}
      />
    </span>
  )
}

/** Scripts and a file chosen again take it up; giving it up needs neither. */
function StoppedLine({ id, name, text, words }: StoppedFile & { words: Words }) {
  return (
    <p class="st stopped" data-stopped={id}>
      <Icon name="player-pause" />
      <span>{text}</span>
      <button class="btn small" type="submit" name="remover" value={id}>
        <Icon name="x" />
        {words.forms.draft.cancel}
        <span class="vh">{` ${name}`}</span>
      </button>
    </p>
  )
}

/** Size, state and what is known of a file, in one line. */
export function factsText(
  words: Words,
  { size, facts = [] }: Pick<SentFile, 'size' | 'facts'>,
  carries?: string,
): string {
  return [words.attachments.size(size), carries ?? words.forms.draft.sent, ...facts].join(' · ')
}

/** A file as the script shows it. */
export function fileForScript(words: Words, file: SentFile, carries?: string) {
  const { id, name, notes = [], waiting = false } = file
  return { id, name, facts: factsText(words, file, carries), note: notes.join(' '), waiting }
}

/** One file that is there. Also the pattern from which the script makes new lines. */
export function FileLine(props: { file: SentFile } & Pick<FileRowProps, 'words' | 'carries' | 'openAt'>) {
  const { file, words, carries, openAt } = props
  const text = words.forms.draft
  return (
    <li class="st" data-file={file.id} data-waiting={file.waiting ? '' : undefined}>
      <input type="hidden" name="anexo" value={file.id} />
      <Icon name="circle-check" />
      {openAt ? (
        <a class="nm" href={openAt + file.id} target="_blank" rel="noopener">
          {file.name}
        </a>
      ) : (
        <span class="nm">{file.name}</span>
      )}
      <span data-facts>{factsText(words, file, carries)}</span>
      <button class="btn small" type="submit" name="remover" value={file.id}>
        <Icon name="trash" />
        {text.remove}
        <span class="vh" data-whose>
          {` ${file.name}`}
        </span>
      </button>
      <span class="note" data-note aria-live="polite">
        {file.notes?.join(' ')}
      </span>
    </li>
  )
}

/** A file on its way; the script clones it. */
export function UploadLine({ words }: { words: Words }) {
  return (
    <li class="st">
      <Icon name="file-text" />
      <span class="nm" />
      <span class="hint" data-facts />
      <button class="btn small" type="button" data-cancel>
        <Icon name="x" />
        {words.forms.draft.cancel}
        <span class="vh" data-whose />
      </button>
      <progress class="meter" max={100} value={0} />
    </li>
  )
}
