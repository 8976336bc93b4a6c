// Texts of the lists in English.
import type { Words } from '#words/words.ts'

export const lists = {
  columns: {
    id: { group: '', name: 'ID' },
    title: { group: '', name: 'Title' },
    status: { group: '', name: 'Status' },
    waitingType: { group: 'Plug-ins', name: 'Waiting types' },
    waitingReason: { group: 'Plug-ins', name: 'Reason' },
    updated: { group: '', name: 'Last update' },
    opened: { group: '', name: 'Opening date' },
    closed: { group: '', name: 'Closing date' },
    requesterGroup: { group: 'Requester', name: 'Requester group' },
    requester: { group: 'Requester', name: 'Requester' },
    category: { group: '', name: 'Category' },
    assignee: { group: 'Assigned to', name: 'Technician' },
    team: { group: 'Assigned to', name: 'Technician group' },
    observers: { group: 'Watcher', name: 'Watcher group' },
    due: { group: '', name: 'Due' },
  },
  title: 'List tickets',
  heading: 'Tickets',
  openTicket: 'Open a ticket',
  caption: 'Tickets you may see, in the order chosen',
  scrollLabel: 'Table of tickets, scroll sideways',
  /** Read before the place of a column among several sorts. */
  sortPlace: 'order ',
  statusField: 'Characteristics - Status',
  is: 'is',
  filters: {
    todos: 'All',
    'nao-fechado': 'Not closed',
    'nao-solucionado': 'Not solved',
    novo: 'New',
    processando: 'Processing (assigned)',
    pendente: 'Pending',
    solucionado: 'Solved',
    fechado: 'Closed',
  },
  teamField: 'Technician group',
  removeFilter: (what: string) => `Remove the filter ${what}`,
  apply: 'Search',
  criteria: 'Search criteria',
  anyTeam: 'All groups',
  ownTeam: 'My group',
  whose: 'Requester or technician',
  mine: 'Me',
  found: (n: number, most: number) =>
    n > most
      ? `more than ${showThousands(most)} tickets found`
      : n === 1
        ? '1 ticket found'
        : `${showThousands(n)} tickets found`,
  foundMany: (n: number) => `${n} tickets or more`,
  number: (n: number, most: number) => (n > most ? `more than ${showThousands(most)}` : showThousands(n)),
  pages: 'Pages of the list',
  previous: 'Previous',
  next: 'Next',
  first: 'First',
  shown: (n: number) => `${n} on this page`,
  none: {
    title: 'No ticket meets these criteria',
    text: 'Remove or change a rule, or see all tickets.',
    all: 'See all',
  },
  noneYet: {
    title: 'No tickets yet',
    text: 'Tickets opened by your institution appear here, whoever opened them.',
  },
  home: {
    title: 'Home',
    hello: (name: string) => `Hello, ${name}`,
    views: 'Views',
    pessoal: 'Personal view',
    grupo: 'Group view',
    global: 'Global view',
    solved: 'Awaiting your approval',
    solvedHint: 'Without an answer by the due time the ticket is closed and cannot be reopened.',
    pending: 'Pending',
    pendingHint:
      'DETRAN-RS has asked for something. Without an answer by the due time the ticket is solved without one.',
    open: 'New and Processing',
    closed: 'Recently closed',
    staffSolved: 'Awaiting the approval of the institution',
    staffPending: 'Pending: awaiting the institution',
    staffSolvedHint: 'Without an answer by the due time the ticket is closed.',
    staffPendingHint: 'Without an answer by the due time the ticket is solved without one.',
    seeAll: 'See all',
    emptySection: 'No tickets.',
    nothing: 'Nothing is waiting for you',
    nothingText:
      'Your tickets appear here, each with its due time. Those of the whole institution are in the Group view.',
    nothingStaffText: 'The tickets assigned to you appear here. To take one, go to the Service queue.',
    nothingGroup: 'No tickets in the group',
    nothingGroupText: 'Tickets opened by any operator of the institution appear here.',
    countsCaption: 'Tickets by status',
    globalHint: 'All tickets you may see.',
  },
  searchPage: {
    title: 'Search',
    heading: (term: string) => `Results for “${term}”`,
    open: 'Tickets',
    closed: 'Closed',
    none: (term: string) => `Nothing found for “${term}”`,
    nonePlain: 'What are you looking for?',
    explain:
      'Give the plate (ABC1234 or ABC1C34: both spellings of the same vehicle are found), the chassis, or the ticket number (ID), as 24151, 24 151 or 24.151.',
    notUnderstood: 'What was typed is neither a plate, nor a chassis, nor a ticket number.',
    listInstead: 'Go to List tickets',
    more: (n: number) => `The ${n} newest are shown.`,
  },
} satisfies Words['lists']

function showThousands(n: number): string {
  return n >= 1000 ? `${Math.floor(n / 1000)},${String(n % 1000).padStart(3, '0')}` : String(n)
}
