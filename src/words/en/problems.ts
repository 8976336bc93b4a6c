// Texts of the room `problems` in English.
import type { Words } from '#words/words.ts'

export const problems = {} satisfies Words['problems']
