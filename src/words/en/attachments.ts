// Texts of the room `attachments` in English.
import type { Words } from '#words/words.ts'

export const attachments = {} satisfies Words['attachments']
