// Texts around the guide served at /ajuda, in English.
import type { Words } from '#words/words.ts'

export const help = {
  title: 'EPROD quick guide',
  contents: 'In this guide',
  doubts: 'Questions',
  doubtsText: 'About using the system, write to',
  onlyHere: 'Unblock requests are not examined by e-mail, only through the system.',
  openFigures: 'Show all figures',
  closeFigures: 'Fold the figures',
} satisfies Words['help']
