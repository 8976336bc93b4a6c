// Texts of the room `identity` in English.
import type { Words } from '#words/words.ts'

export const identity = {} satisfies Words['identity']
