// Texts of the room `help` in English.
import type { Words } from '#words/words.ts'

export const help = {} satisfies Words['help']
