// Texts of bell, letters and their choices in English.
import type { Words } from '#words/words.ts'

const OUTCOMES = { granted: 'granted', denied: 'denied', 'no-answer': 'no answer' }
const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`

export const notifications = {
  title: 'Notifications',
  bell: 'Notifications',
  unread: (n) => (n >= 100 ? 'more than 99 unread' : `${n} unread`),
  hint: 'What happened in the tickets you follow. Choose in Preferences what comes by e-mail.',
  none: 'No notifications',
  noneText: 'When something happens in a ticket of yours, it appears here and at the bell above.',
  filter: { label: 'Which notifications', all: 'All', unread: 'Unread' },
  allRead: 'Nothing unread',
  allReadText: 'What you have read stands under All.',
  markAll: 'Mark all as read',
  marked: 'All notifications were marked as read.',
  markOne: 'Mark as read',
  markedOne: 'Marked as read.',
  isNew: 'unread',
  more: (n) => `${plural(n, 'more notification', 'more notifications')} of this ticket`,
  older: 'Older notifications',
  newest: 'Back to the newest',
  clock: 'EPROD, automatic deadline',
  preferences: 'Notification preferences',
  searchAlert: (name: string, n: number) =>
    `The search “${name}” finds ${n > 1000 ? 'more than 1,000 tickets' : plural(n, 'ticket', 'tickets')}`,
  openSearch: 'Open the list',
  searchClock: 'EPROD, alert of a search',
  kinds: {
    open: () => 'Ticket opened',
    take: () => 'Ticket being examined',
    assign: () => 'Ticket assigned to you',
    'give-back': () => 'Ticket back in the queue',
    ask: () => 'DETRAN-RS asks for information',
    answer: () => 'Answer of the institution',
    'follow-up': () => 'New follow-up',
    note: () => 'Private note',
    solve: ({ outcome }) => (outcome ? `Solution proposed: ${OUTCOMES[outcome]}` : 'Solution proposed'),
    approve: () => 'Solution approved',
    refuse: () => 'Solution refused',
    lapse: () => 'Solved for want of an answer',
    expire: () => 'Ticket closed by its deadline',
    remind: ({ days }) => `Deadline near: ${days === 1 ? '1 day' : `${days} days`} left`,
    infected: () => 'Virus in a file sent',
  },
  letters: {
    alertSubject: (name: string) => `[EPROD] Alert of the search “${name}”`,
    alertText: (above: number) =>
      `You asked to be told when it finds more than ${above}. Another notice comes after the number has gone below and passed again.`,
    openSearch: 'Open the list',
    subject: (number, what) => `[EPROD ${number}] ${what}`,
    by: (who, when) => (who ? `${who}, on ${when}` : `On ${when}, by the automatic deadline`),
    mustAnswer: (due) =>
      `The institution answers on the page of the ticket, with text or files. Without an answer by ${due} the ticket becomes solved for want of an answer.`,
    mustDecide: (due) =>
      `The institution approves or refuses the solution on the page of the ticket: approving closes the ticket, refusing sends it back. Without an answer by ${due} it is closed automatically and cannot be reopened.`,
    remindOf: { pending: 'What was asked:', solved: 'The solution proposed:' },
    goesOn: '(The text goes on at the page of the ticket.)',
    infected:
      'The scanner found a virus in one of the files of this ticket. Nobody can open it: send the document again with a follow-up, saved on a computer without viruses.',
    ticket: 'Ticket',
    title: 'Title',
    status: 'Status',
    due: 'Due by',
    open: 'Open the ticket',
    openAll: 'See the notifications',
    foot: 'EPROD · DETRAN-RS. An automatic message: do not reply. Requests are handled in the system alone. Whoever enters the system changes what they get in Preferences.',
    stop: 'Stop these e-mails',
    confirmSubject: (number) => `[EPROD ${number}] Confirm this address`,
    confirmHeading: 'Confirm this e-mail address',
    confirmText: (number) => [
      `This address was given in ticket ${number} of EPROD, the DETRAN-RS portal for unblocking vehicles to cancel a lien.`,
      'To be told how the ticket goes on, confirm it. What happens in the next 7 days waits for the confirmation.',
    ],
    confirm: 'Confirm the address',
    confirmAfter: 'If you do not know of this request, ignore the message: nothing else will be sent.',
    digestSubject: (n) => `[EPROD] Digest of the day: ${plural(n, 'event', 'events')}`,
    digestHeading: 'Digest of the day',
    digestText: (n, tickets) =>
      `${plural(n, 'event', 'events')} in ${plural(tickets, 'ticket', 'tickets')} you follow. Those with a deadline come first.`,
  },
  choice: {
    title: 'Notifications by e-mail',
    hint: 'They hold for your account. The bell above shows notifications in any case.',
    scopes: { none: 'None', mine: 'Mine', all: 'All of the institution' },
    staffAll: 'All of my team',
    scopeHints: {
      none: 'No e-mail.',
      mine: 'Tickets I opened, wrote on, or with my address in the form.',
      all: 'Every ticket of the institution.',
    },
    staffHints: {
      none: 'No e-mail.',
      mine: 'Tickets assigned to me or on which I wrote.',
      all: 'The others of my teams, too.',
    },
    digest: 'One digest a day, in the morning, instead of an e-mail for each event',
    lang: 'E-mails come in the language of your pages.',
    save: 'Save notifications',
    saved: 'Notifications saved.',
  },
  links: {
    confirmTitle: 'Confirm address',
    confirmText: (address) => `Confirm that ${address} is to be told about the tickets in which it was given.`,
    confirm: 'Confirm',
    confirmed: 'Address confirmed. The next events come by e-mail.',
    stopTitle: 'Stop the e-mails',
    stopText: (address) => `${address} will get no more e-mails of EPROD.`,
    stopPerson:
      'You will get no more e-mails of EPROD. The bell above goes on showing notifications; in Preferences you may ask for e-mails again.',
    stop: 'Stop the e-mails',
    stopped: 'Done. No further e-mail will be sent.',
  },
  address: {
    title: 'E-mail of the ticket',
    hint: 'The address given in the form, which is told how this ticket goes on.',
    link: 'Correct or confirm',
    states: {
      unconfirmed: 'Until the link of the first e-mail has been opened and confirmed, nothing else is sent.',
      stopped: 'Its reader asked for no more. By confirming again through the link they are told again.',
    },
    fails: (address) => `E-mails do not reach ${address}`,
    failsText:
      'The mail server does not take what is sent to this address. Check whether it is right and correct it below. If it is right, whoever uses it sees whether the mailbox is full or blocks messages: the next e-mail that arrives ends this notice.',
    again: 'Send the confirming link again',
    label: 'E-mail address',
    labelHint: 'One that is not an operator’s of the institution first gets a link to confirm it.',
    correct: 'Correct the address',
    back: 'Back to the ticket',
    done: {
      link: 'The confirming link was sent again.',
      cedo: 'A link was sent a while ago. Wait 10 minutes before another; a day for whoever stopped the e-mails.',
      corrigido: 'Address saved.',
    },
  },
  unconfirmed: 'not confirmed',
  stopped: 'stopped the e-mails',
  fails: 'e-mails do not arrive',
  failing: {
    title: 'E-mails do not reach your address',
    text: (address, since) =>
      `Since ${since} the mail server has not taken what is sent to ${address}. Until that changes, notifications are only here, at the bell.`,
    mend: {
      institution:
        'If the address is wrong or has changed, ask a master user of your institution to correct it in SOE/WEB, and sign in again. If it is right, ask whoever looks after your mail whether the mailbox is full or blocks messages: the next e-mail that arrives ends this notice.',
      staff:
        'If the address is wrong or has changed, ask the administrator of SOE/WEB to correct it, and sign in again. If it is right, ask whoever looks after your mail whether the mailbox is full or blocks messages: the next e-mail that arrives ends this notice.',
    },
    said: (failure) => `The server answered: ${failure}`,
    open: 'See what to do',
    by: 'EPROD, sending of e-mail',
  },
  live: {
    changed: 'There is something new on this page.',
    show: 'Show what changed',
    hint: 'What you typed or chose and have not sent yet stays where it is.',
  },
} satisfies Words['notifications']
