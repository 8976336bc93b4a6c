// Texts of the letters SOE/WEB sends to operators, in English.
import type { Words } from '#words/words.ts'

export const soeLetters = {
  invitation: {
    subject: 'Invitation to SOE/WEB of DETRAN-RS',
    heading: (name: string) => `Hello, ${name}`,
    lead: (institution: string) =>
      `${institution} has registered you with SOE/WEB, the entrance to the systems of DETRAN-RS.`,
    asOperator: 'Set your password to enter EPROD and follow the tickets of your institution.',
    asMaster:
      'You were named master user: set your password to register the operators of your institution and grant them access classes.',
    button: 'Set my password',
  },
  reset: {
    subject: 'New password for SOE/WEB of DETRAN-RS',
    heading: (name: string) => `Hello, ${name}`,
    lead: (by: string) => `${by} has asked you to set a new password. The present one stays valid until then.`,
    button: 'Set another password',
  },
  confirmation: {
    subject: 'Classes to confirm at SOE/WEB of DETRAN-RS',
    heading: (name: string) => `Hello, ${name}`,
    lead: (months: number) =>
      months === 12
        ? 'Once a year, say of each class of your institution’s operators whether the person still needs it.'
        : `Every ${months} months, say of each class of your institution’s operators whether the person still needs it.`,
    count: (classes: number, day: string) =>
      classes === 1
        ? `One class waits for an answer until ${day}.`
        : `${classes} classes wait for an answer, the first until ${day}.`,
    line: (name: string, day: string) => `${name}, until ${day}`,
    more: (classes: number) => (classes === 1 ? 'One more is on the page.' : `${classes} more are on the page.`),
    button: 'Confirm or take away',
    stays:
      'Without an answer no class is taken away: it stays on the list as overdue. We send no other e-mail about these.',
  },
  emailChanged: {
    subject: 'Your e-mail at SOE/WEB of DETRAN-RS has changed',
    lead: (by: string) =>
      `${by} has changed the e-mail of your account at SOE/WEB. Links to set the password no longer come to this address.`,
  },
  factorsTaken: {
    subject: 'Your second factor at SOE/WEB of DETRAN-RS was taken away',
    lead: (by: string) =>
      `${by} has taken away the second factor of your account at SOE/WEB: authenticator app, passkeys and recovery codes. Set up another in My account.`,
  },
  holds: (hours: number) =>
    hours === 1
      ? 'The link holds for 1 hour and can be used once.'
      : `The link holds for ${hours} hours and can be used once.`,
  notMine:
    'If you did not expect this message, do not use the link and tell the master user of your institution. Nobody at DETRAN-RS asks for your password.',
  foot: 'SOE/WEB · DETRAN-RS. Automatic message: do not reply to this e-mail.',
} satisfies Words['soeLetters']
