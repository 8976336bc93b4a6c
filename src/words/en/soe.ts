// Texts of SOE/WEB in English.
import type { Words } from '#words/words.ts'
import { soeEntry, soeEntryProblems } from './soe-entry.ts'

export const soe = {
  ...soeEntry,
  product: 'SOE/WEB',
  signIn: {
    title: 'Sign in to SOE/WEB',
    lead: 'Identify yourself to continue to EPROD.',
    cpf: 'CPF',
    cpfHint: 'Eleven digits, with or without dots and dash.',
    password: 'Password',
    submit: 'Sign in',
    help: 'Who registers users and access classes?',
    cancel: 'Back to EPROD',
  },
  problems: {
    ...soeEntryProblems,
    one: 'You could not be signed in',
    'cpf-missing': 'Enter your CPF.',
    'cpf-wrong': 'This CPF does not exist: check its eleven digits.',
    'password-missing': 'Enter your password.',
    'password-long': 'The password is longer than 200 characters: check what was pasted.',
    wrong: 'CPF and password do not match. Check both and type the password again.',
    blocked: 'Your account is blocked. The master user of your institution can reactivate it.',
    slowed: (minutes: number) =>
      `Too many tries. Wait ${minutes} minutes and try again; if you forgot the password, speak to the master user of your institution.`,
  },
  demonstration: {
    title: 'Demonstration accounts',
    lead: (password: string) => `The password of all of them is ${password}.`,
    roles: {
      masterWithout: 'Master user without the classes: EPROD refuses the entry and tells how to change that',
      operator: 'Operator with classes 122 and 151: opens, answers, approves and refuses tickets',
      operatorWithout: 'Operator without classes: EPROD refuses the entry',
      reader: 'Operator with class 122 only: reads, but neither opens nor answers',
      masterOperator: 'Master user with classes 122 and 151',
      analyst: 'Analyst of the RECONET team',
      secondAnalyst: 'Second analyst of the RECONET team',
      supervisor: 'Supervisor and form manager',
      administrator: 'Administrator and master user of DETRAN-RS',
      auditor: 'Auditor: reading and verification',
    },
  },
  signOut: {
    title: 'Sign out of SOE/WEB',
    lead: 'Do you want to end your SOE/WEB session in this browser?',
    yes: 'Sign out',
    doneTitle: 'You have signed out of SOE/WEB',
    done: 'Your session in this browser has ended.',
  },
  expired: {
    title: 'This sign-in page has expired',
    sentence: 'It was used already or stayed open for more than an hour.',
    mend: 'Go back to EPROD and start signing in again.',
  },
  failed: {
    title: 'Signing in could not be completed',
    sentence: 'The request that reached SOE/WEB is incomplete or was altered.',
    mend: 'Go back to EPROD and start signing in again.',
    code: 'Code',
  },
  back: 'Back to EPROD',
  help: {
    title: 'SOE/WEB help',
    registerTitle: '1. Who may enter',
    register:
      'The master user of each institution registers its operators in SOE/WEB, always with their CPF, and gives them access classes. Without a registered CPF there is no access to EPROD.',
    classes: [
      { number: 122, name: 'SNG: CONSULTAS RECONET', gives: 'enter EPROD and read the tickets of the institution' },
      {
        number: 151,
        name: 'SNG: INCLUSÃO CONTRATO WEBSERVI',
        gives: 'with 122, also open, answer, approve and refuse tickets',
      },
    ],
    classesTitle: 'The two classes of EPROD',
    self: 'A master user may lack both classes and can give them to itself.',
    enterTitle: '2. How to enter EPROD',
    enter:
      'On the entry page of EPROD choose “Login SOE”. SOE/WEB asks for CPF and password and takes you back to EPROD. The password is typed in SOE/WEB only.',
    doubts: 'Questions: reconet@detran.rs.gov.br.',
  },
} satisfies Words['soe']
