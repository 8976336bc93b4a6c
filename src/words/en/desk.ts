// Texts of the room `desk` in English.
import type { Words } from '#words/words.ts'

export const desk = {} satisfies Words['desk']
