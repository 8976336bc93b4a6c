// Texts every room shows, in English.
import type { Words } from '#words/words.ts'

const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`

export const shared = {
  product: 'EPROD',
  owner: 'DETRAN-RS',
  ownerLong: 'State Department of Traffic of Rio Grande do Sul',
  homeLink: 'home page',
  statuses: {
    new: 'New',
    processing: 'Processing (assigned)',
    pending: 'Pending',
    solved: 'Solved',
    closed: 'Closed',
  },
  menu: {
    label: 'Main',
    home: 'Home',
    service: 'Service',
    open: 'Open a ticket',
    list: 'List tickets',
    queue: 'Service queue',
    help: 'Help',
    admin: 'Administration',
  },
  search: {
    button: 'Search',
    label: 'Search by plate, chassis, RENAVAM, CPF, CNPJ, ticket number (ID) or words',
    placeholder: 'Plate, chassis, no. or words',
    suggestions: 'Suggested tickets',
    suggested: (n: number) =>
      n === 1 ? '1 suggestion: arrow down to choose it.' : `${n} suggestions: arrows to choose.`,
  },
  theme: { dark: 'Use the dark theme', light: 'Use the light theme' },
  language: { other: 'Português', otherShort: 'PT', otherCode: 'pt-BR', switchTo: 'Mudar para português' },
  user: {
    menu: 'User menu',
    preferences: 'Preferences',
    session: 'Your session',
    signOut: 'Sign out',
    signIn: 'Sign in',
  },
  skip: {
    label: 'Page shortcuts',
    content: 'Go to content (Alt+1)',
    menu: 'Go to menu (Alt+2)',
    search: 'Go to search (Alt+3)',
    footer: 'Go to footer (Alt+4)',
  },
  crumbs: 'You are here',
  footer: {
    team: 'DETRAN-RS · Reconet team',
    email: 'reconet@detran.rs.gov.br',
    accessibility: 'Accessibility',
    privacy: 'Privacy',
    help: 'Help',
    onlyHere: 'Unblock requests are examined only through this system, never by e-mail.',
  },
  empty: 'empty',
  optional: '(optional)',
  notice: 'Notice',
  cancel: 'Cancel',
  sending: 'Sending…',
  failure: {
    title: 'Something failed on our side',
    sentence: 'Your request could not be completed, and nothing of it was kept. What was saved before is as it was.',
    typed: 'What you typed, to be copied',
    mend: (number: string) =>
      `Try again in a few minutes. If it goes on, write to reconet@detran.rs.gov.br and give the number ${number}.`,
  },
  time: {
    days: 'days',
    hours: 'hours',
    minutes: 'min',
    remaining: (days: number, hours: number, minutes: number) =>
      `${twoLargest([
        [days, 'day', 'days'],
        [hours, 'hour', 'hours'],
        [minutes, 'minute', 'minutes'],
      ]).join(' and ')} left`,
    remainingFull: (days: number, hours: number, minutes: number) =>
      `${plural(days, 'day', 'days')}, ${plural(hours, 'hour', 'hours')} and ${plural(minutes, 'minute', 'minutes')} left`,
    over: 'Deadline over',
    until: (instant: string) => `until ${instant}`,
  },
  preferences: {
    title: 'Preferences',
    intro: 'They apply to this browser. The language holds for the e-mails of your account, too.',
    theme: 'Appearance',
    themes: { system: 'As in the system', light: 'Light', dark: 'Dark' },
    themeHints: {
      system: 'Follows the setting of your computer or phone.',
      light: 'Light background, always.',
      dark: 'Dark background, always.',
    },
    language: 'Language',
    save: 'Save preferences',
    saved: 'Preferences saved.',
  },
} satisfies Words['shared']

/** The two largest units that follow each other, without what is zero: `1 dia e 2 horas`, `6 horas`. */
function twoLargest(units: [n: number, one: string, many: string][]): string[] {
  const first = units.findIndex(([n]) => n > 0)
  const kept = first < 0 ? units.slice(-1) : units.slice(first, first + 2).filter(([n]) => n > 0)
  return kept.map(([n, one, many]) => plural(n, one, many))
}
