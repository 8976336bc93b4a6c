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
  holds: (hours: number) =>
    hours === 1
      ? 'The link holds for 1 hour and can be used once.'
      : `The link holds for ${hours} hours and can be used once.`,
  notMine:
    'If you did not expect this message, do not use the link and tell the master user of your institution. Nobody at DETRAN-RS asks for your password.',
  foot: 'SOE/WEB · DETRAN-RS. Automatic message: do not reply to this e-mail.',
} satisfies Words['soeLetters']
