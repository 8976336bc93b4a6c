// What a letter is, and what may never stand in one. Who sends it: postman.ts; how it is written: compose.tsx.
import { isMailAddress } from '#shared/kit/mail-address.ts'
import { singleSpaced } from '#shared/kit/one-line.ts'

export interface Letter {
  /** One address, without a name. */
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  /**
   * `something@something`, without angle brackets: the same for the same letter, whatever is tried twice. A letter posted
   * under a Message-ID that was posted before is that letter, and is not sent again.
   */
  readonly messageId: string
  /** Further headers, such as `References`, to keep the letters of one thing together. */
  readonly headers?: Readonly<Record<string, string>>
}

const MESSAGE_ID = /^[^\s\p{Cc}<>@]{1,190}@[^\s\p{Cc}<>@]{1,190}$/u
const HEADER_NAME = /^[A-Za-z][A-Za-z0-9-]*$/
/** What the postman writes itself. */
const OURS = /^(to|cc|bcc|from|sender|reply-to|subject|message-id|date|content-.*|mime-version)$/i

/** A subject on one line: what a person named something must not begin a new header. */
export function subjectLine(text: string): string {
  return singleSpaced(text).slice(0, 300).toWellFormed()
}

/** Throws for a letter that could carry a header of somebody else's. A programming error: addresses are checked before. */
export function checkLetter(letter: Letter): void {
  if (!isMailAddress(letter.to)) throw new Error('a letter needs one plain address')
  if (!MESSAGE_ID.test(letter.messageId)) throw new Error('a letter needs a Message-ID of the form id@place')
  if (letter.subject === '' || letter.subject !== subjectLine(letter.subject))
    throw new Error('the subject of a letter is one line')
  for (const [name, value] of Object.entries(letter.headers ?? {})) {
    if (!HEADER_NAME.test(name) || OURS.test(name) || /\p{Cc}/u.test(value))
      throw new Error(`a letter may not have the header ${JSON.stringify(name)}`)
  }
}
