// Texts of the room `people` in English.
import type { Words } from '#words/words.ts'

export const people = {} satisfies Words['people']
