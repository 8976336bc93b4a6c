// The commands of `npm run bench`. Each measures one thing and keeps its section of RESULTS.md.

import { openPlace, type Place } from './place.ts'
import { keep } from './results.ts'

const COMMANDS: Readonly<Record<string, (place: Place, args: readonly string[]) => Promise<void>>> = {
  seed: async (place, args) => {
    const { seed } = await import('./seed.ts')
    const tickets = ticketsOf(args)
    const counts = await seed(place, tickets)
    keep({
      title: 'seed',
      command: `npm run bench:seed -- --tickets ${tickets}`,
      head: ['what', 'figure'],
      rows: Object.entries(counts),
    })
  },
  list: async (place) => await (await import('./pages.ts')).measureList(place),
  ticket: async (place) => await (await import('./pages.ts')).measureTicket(place),
  search: async (place) => await (await import('./search.ts')).measureSearch(place),
  oracle: async (place) => await (await import('./oracle.ts')).measureOracle(place),
  export: async (place) => await (await import('./export.ts')).measureExport(place),
  overdue: async (place) => await (await import('./clock.ts')).measureOverdue(place),
  race: async (place, args) => await (await import('./clock.ts')).measureRace(place, Number(args[0]) || undefined),
  mail: async (place) => await (await import('./clock.ts')).measureMail(place),
  kill: async (place) => await (await import('./kill.ts')).measureKill(place),
  form: async () => await (await import('./forms.ts')).measureForm(),
  uploads: async (place) => await (await import('./uploads.ts')).measureUploads(place),
  start: async () => await (await import('./start.ts')).measureStart(),
  weight: async (place) => await (await import('./weight.ts')).measureWeight(place),
}

/** Runs one command; returns the exit code. */
export async function bench([name = '', ...args]: readonly string[]): Promise<number> {
  const command = COMMANDS[name]
  if (!command) {
    console.error(`npm run bench -- ${Object.keys(COMMANDS).join('|')}   (seed takes --tickets 1000000)`)
    return 1
  }
  const place = await openPlace()
  try {
    await command(place, args)
    return 0
  } finally {
    await place.stop()
  }
}

function ticketsOf(args: readonly string[]): number {
  const at = args.indexOf('--tickets')
  const tickets = Number(at < 0 ? 1_000_000 : args[at + 1])
  if (!Number.isInteger(tickets) || tickets < 1000) throw new Error('--tickets: a whole number of at least 1000')
  return tickets
}
