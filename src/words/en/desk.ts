// Texts of the staff queue in English.
import type { Words } from '#words/words.ts'

export const desk = {
  title: 'Service queue',
  tabs: { label: 'Parts of the queue', meus: 'Mine', novos: 'New', pendentes: 'Pending' },
  caption: 'Tickets of the queue, oldest first',
  take: 'Take',
  takeTicket: (id: string) => `Take ticket ${id}`,
  institution: 'Institution',
  waitingSince: 'Opened',
  action: 'Action',
  oldestFirst: 'Oldest first',
  empty: {
    meus: 'No ticket is assigned to you',
    novos: 'No new ticket in the queue',
    pendentes: 'No pending ticket',
  },
  emptyText: {
    meus: 'Take one on the tab New: it becomes Processing (assigned) and appears here.',
    novos: 'Tickets opened by the institutions appear here.',
    pendentes: 'Those waiting for the institution stand here, each with its due time.',
  },
  seeNew: 'See new ones',
} satisfies Words['desk']
