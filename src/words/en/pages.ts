// Texts of the pages that belong to no room, in English.
import type { Words } from '#words/words.ts'

export const pages = {
  privacy: {
    title: 'Privacy',
    intro:
      'EPROD receives and decides requests to unblock the cancellation of a lien. This page says which personal data it handles, why, and for how long (Brazilian law 13.709/2018, LGPD).',
    parts: [
      {
        heading: 'Which data',
        lines: [
          'Of whoever signs in: name, CPF, e-mail, institution and access classes, told by SOE/WEB at each sign-in.',
          'Of the vehicle and the contract: plate, chassis, RENAVAM and what the form asks for.',
          'Of the documents sent: the file as received, its size, and a digest that proves it has not changed.',
          'Of use: who read, wrote or downloaded what, and when.',
        ],
      },
      {
        heading: 'What for',
        lines: [
          'To identify who asks for the institution, to examine the request, and to keep the proof of the decision.',
          'No data is used for advertising or given to others outside the procedure.',
        ],
      },
      {
        heading: 'Who sees it',
        lines: [
          'The operators of the same institution and the DETRAN-RS team that serves the request. One institution never sees the data of another.',
          'The CPF is shown masked; seeing a whole CPF is recorded.',
        ],
      },
      {
        heading: 'Cookies',
        lines: [
          'The session of whoever signed in, and this browser’s theme and language. There are no cookies of others.',
        ],
      },
      {
        heading: 'Your rights',
        lines: ['To see, correct or ask about your data, write to reconet@detran.rs.gov.br.'],
      },
    ],
  },
  accessibility: {
    title: 'Accessibility',
    intro:
      'EPROD is made to work by keyboard, with a screen reader, enlarged, and without scripts, after eMAG 3.1 and WCAG 2.2, level AA.',
    parts: [
      {
        heading: 'Keyboard shortcuts',
        lines: [
          'Alt+1: content of the page.',
          'Alt+2: main menu.',
          'Alt+3: search box.',
          'Alt+4: footer.',
          'Key / (slash): search box.',
          'Key Esc: closes an open menu.',
          'In Firefox use Alt+Shift; on macOS, Control+Option with the number.',
        ],
      },
      {
        heading: 'Appearance',
        lines: [
          'The light and dark themes keep a contrast of 4.5:1 or more. The choice stays in this browser.',
          'The status of a ticket is never told by colour alone: there is always an icon and the word.',
          'Pages can be enlarged up to 400% without scrolling sideways.',
        ],
      },
      {
        heading: 'Found a barrier?',
        lines: ['Write to reconet@detran.rs.gov.br, saying which page and what happened.'],
      },
    ],
  },
} satisfies Words['pages']
