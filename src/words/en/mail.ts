// Texts about letters, in English.
import type { Words } from '#words/words.ts'

export const mail = {
  title: 'E-mails of the demonstration',
  lead: 'No mail server is connected (SMTP_URL): what would be sent is kept here, the last hundred messages.',
  none: 'No e-mail yet',
  noneWhy: 'Invitations, new passwords and notices appear here the moment they would be sent.',
  at: 'Date',
  to: 'To',
  subject: 'Subject',
  id: 'Message-ID',
  htmlPart: 'Show the HTML part',
  back: 'All e-mails',
} satisfies Words['mail']
