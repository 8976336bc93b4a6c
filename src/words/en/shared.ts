// Texts of the room `shared` in English.
import type { Words } from '#words/words.ts'

export const shared = {} satisfies Words['shared']
