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
          'Of use: who wrote, decided or opened a file, and when.',
        ],
      },
      {
        heading: 'What for',
        lines: [
          'To identify who asks for the institution, to examine the request, and to keep the proof of the decision.',
          'The ground is DETRAN-RS’s duty by law (LGPD, art. 7, II and III, and art. 23): the registration of vehicles and liens.',
          'No data is used for advertising or given to others outside the procedure.',
        ],
      },
      {
        heading: 'Who sees it',
        lines: [
          'The operators of the same institution and the DETRAN-RS team that serves the request. One institution never sees the data of another.',
          'The team’s private notes are not shown to the institution. The CPF of whoever signs in appears on no page.',
        ],
      },
      {
        heading: 'For how long',
        lines: [
          'Tickets, documents and history: the system does not erase them; they are kept as long as DETRAN-RS’s schedule of records says.',
          'Drafts: until they become a ticket; the files of one left alone are removed after the time the form itself tells.',
          'What was sent after the session had ended: one hour.',
          'The session: 30 minutes without use, 12 hours at most.',
        ],
      },
      {
        heading: 'Cookies',
        lines: [
          'The sign-in under way, the session of whoever signed in (in EPROD and in SOE/WEB), a random name of this browser in SOE/WEB that guards it against the tries of others, and its theme and language. There are no cookies of others.',
        ],
      },
      {
        heading: 'Your rights',
        lines: [
          'Name, CPF and e-mail come from SOE/WEB: your institution’s master user corrects them.',
          'To confirm, see or ask about the handling of your data (LGPD, art. 18), write to reconet@detran.rs.gov.br; the team passes it on to DETRAN-RS’s data protection officer.',
        ],
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
