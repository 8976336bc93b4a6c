// Texts of entering and leaving EPROD in English.
import type { Words } from '#words/words.ts'

const oneOf = (names: readonly string[]) => new Intl.ListFormat('en', { type: 'disjunction' }).format(names)

export const identity = {
  entry: {
    title: 'Enter EPROD',
    lead: 'Portal for financial institutions to request the unblocking of vehicles so that a lien can be cancelled.',
    button: 'Login SOE',
    how: 'You will be taken to SOE/WEB to enter CPF and password and brought back here.',
    help: 'Who may enter and how to ask for access',
  },
  done: {
    saiu: 'You have signed out of EPROD and SOE/WEB.',
    guardado: 'Your session ended. What you sent is kept for an hour: sign in again with the same CPF to continue.',
    expirou: 'Your session ended. Sign in again to continue.',
  },
  session: {
    title: 'Your session',
    since: 'Since',
    idle: (minutes) => `Unused for ${minutes} minutes, it ends on`,
    absolute: 'In any case, it ends on',
    continued: 'The session goes on.',
    kept: 'What you send after the end is kept for an hour, and drafts stay saved.',
    account: 'Password, second factor and sessions at SOE/WEB',
    changes: {
      told: 'If a class is taken, your account blocked or the institution suspended, SOE/WEB tells EPROD and the session ends within seconds.',
      toldForeign: 'If your access changes, the identity provider tells EPROD and the session ends within seconds.',
      asked:
        'The identity provider does not tell EPROD when access changes: so your classes are checked again every five minutes.',
    },
    warning: {
      title: 'Your session is about to end',
      idle: 'Less than two minutes are left. To go on working, choose Continue.',
      absolute:
        'Less than two minutes are left, and this session cannot be prolonged. Send what you are doing: if it ends before, what you send is kept for an hour. Esc closes this notice.',
      continue: 'Continue',
      ended:
        'The session has ended. What stands on this page can be sent: it is kept for an hour, until you sign in again. Esc closes this notice.',
      enter: 'Sign in again',
    },
  },
  failures: {
    title: 'Signing in was not completed',
    'flow-lost': 'This sign-in expired or was used already. Start again with the button Login SOE.',
    'provider-said-no': 'SOE/WEB did not complete the sign-in. Start again with the button Login SOE.',
    'other-provider':
      'The answer came from another provider, not from SOE/WEB, and was discarded. Start again with the button Login SOE.',
    'state-wrong':
      'The answer does not belong to the sign-in that this browser began, and was discarded. Start again with the button Login SOE.',
    'code-refused':
      'The code of the answer has been used or has expired, and SOE/WEB did not accept it. Start again with the button Login SOE.',
    'nonce-wrong': 'The answer belongs to another sign-in and was discarded. Start again with the button Login SOE.',
    'alg-refused':
      'The answer is not signed the way SOE/WEB signs, and was discarded. Start again with the button Login SOE.',
    'key-unknown':
      'The answer is signed with a key that SOE/WEB does not use any more, and was discarded. Start again with the button Login SOE.',
    'signature-wrong':
      'The signature of the answer does not match: it was discarded. Start again with the button Login SOE.',
    'audience-wrong':
      'The answer was made for another system, not for EPROD, and was discarded. Start again with the button Login SOE.',
    'issuer-wrong': 'The answer was not issued by SOE/WEB and was discarded. Start again with the button Login SOE.',
    'token-expired':
      'The answer had expired before it arrived. Check the time of the computer. Start again with the button Login SOE.',
    'person-changed':
      'The data of the answer are those of another person: it was discarded. Start again with the button Login SOE.',
    'answer-refused':
      'The answer of SOE/WEB could not be verified and was discarded. Start again with the button Login SOE.',
    'provider-away': 'SOE/WEB did not answer. Wait a minute and try again; nothing that you sent has been lost.',
  },
  refused: {
    title: 'You may not enter EPROD yet',
    mend: {
      self: 'You are a master user: you can give the classes to yourself in SOE/WEB. Then sign in again.',
      master: 'The master user of your institution can mend this in SOE/WEB. Then sign in again.',
      masters: (names: readonly string[]) =>
        `Who can mend this in SOE/WEB: ${oneOf(names)} (master user of your institution). Then sign in again.`,
      detran: 'DETRAN-RS can mend this: write to reconet@detran.rs.gov.br.',
    },
    reasons: {
      'no-cpf': 'Your SOE/WEB registration lacks the CPF. EPROD accepts only users whose CPF is correctly registered.',
      'no-name': 'Your SOE/WEB registration lacks your name.',
      'no-institution':
        'Your SOE/WEB registration lacks the institution: EPROD does not know on whose behalf you enter.',
      'institution-suspended': 'Your institution is suspended in SOE/WEB, and so EPROD is closed to it.',
      'no-classes':
        'You lack class 122 (SNG: CONSULTAS RECONET). To open and answer tickets you also need class 151 (SNG: INCLUSÃO CONTRATO WEBSERVI).',
      'include-without-consult':
        'You have class 151 (SNG: INCLUSÃO CONTRATO WEBSERVI) but lack class 122 (SNG: CONSULTAS RECONET), which lets you enter.',
      'no-staff-class': 'You lack a DETRAN-RS class for EPROD (901 to 905).',
    },
    signedInAs: (name: string) => `You identified yourself to SOE/WEB as ${name}.`,
    again: 'Sign in again',
    other: 'Use another account',
    help: 'Help',
    giveToSelf: 'Give yourself the classes in SOE/WEB',
  },
} satisfies Words['identity']
