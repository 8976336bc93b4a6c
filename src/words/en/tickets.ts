// Texts of the room `tickets` in English.
import type { Words } from '#words/words.ts'

export const tickets = {} satisfies Words['tickets']
