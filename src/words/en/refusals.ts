// Texts of the room `refusals` in English.
import type { Words } from '#words/words.ts'

export const refusals = {} satisfies Words['refusals']
