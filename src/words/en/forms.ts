// Texts of the room `forms` in English.
import type { Words } from '#words/words.ts'

export const forms = {} satisfies Words['forms']
