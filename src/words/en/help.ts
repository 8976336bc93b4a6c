// Texts around the guide served at /ajuda, in English.
import type { Words } from '#words/words.ts'

export const help = {
  title: 'EPROD quick guide',
  contents: 'In this guide',
  doubts: 'Questions',
  doubtsText: 'Write to',
  onlyHere: 'Unblock requests are not examined by e-mail, only through the system.',
  onlyPortuguese: 'The guide itself is written in Portuguese.',
} satisfies Words['help']
