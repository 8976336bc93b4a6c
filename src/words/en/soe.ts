// Texts of the room `soe` in English.
import type { Words } from '#words/words.ts'

export const soe = {} satisfies Words['soe']
