// Runs the built EPROD on the bench database in its own process, and signs an operator in.
import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { newSessionToken, sessionCookie } from '#identity/visit.ts'
import { connect } from '#shared/db/connect.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { maintaining, type Place, ROOT } from './place.ts'

export interface Running {
  readonly pid: number
  /** As `http://localhost:41234`. */
  readonly address: string
  stop(): Promise<void>
  /** Ends the process with no word to it (kill -9). */
  kill(): Promise<void>
}

/** Starts a Node process and waits for a line that matches `ready`; its first group, if any, is the address. */
export async function launch(
  args: readonly string[],
  options: { env: NodeJS.ProcessEnv; ready: RegExp; program?: string },
): Promise<Running> {
  const env = { ...process.env, ...options.env }
  const child = spawn(options.program ?? process.execPath, args, {
    cwd: ROOT,
    env,
    // The last: when we are ended, EPROD hears of it and ends too.
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const address = await new Promise<string>((tell, fail) => {
    child.once('exit', (code) => fail(new Error(`${args.join(' ')} ended with ${code}`)))
    createInterface({ input: child.stdout ?? Readable.from([]) }).on('line', (line) => {
      const found = options.ready.exec(line)
      if (found) tell(found[1] ?? '')
    })
  })
  return { pid: child.pid ?? 0, address, stop: () => end(child), kill: () => end(child, 'SIGKILL') }
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((tell) => child.once('exit', tell))
  child.kill(signal)
  await ended
}

/** A port nobody listens on. */
export async function freePort(): Promise<number> {
  return await new Promise((tell) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => tell(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

export type ProcessPlace = Pick<Place, 'folder' | 'urls'>

/** What tells a process of EPROD where its database is. */
function environment({ folder, urls }: ProcessPlace): NodeJS.ProcessEnv {
  const { owner, web, staff, entry, worker, soe } = urls
  return {
    EPROD_DATA: folder,
    EPROD_URL: '',
    EPROD_DEMO: '0',
    DATABASE_URL: owner,
    DATABASE_URL_WEB: web,
    DATABASE_URL_STAFF: staff,
    DATABASE_URL_ENTRY: entry,
    DATABASE_URL_WORKER: worker,
    DATABASE_URL_SOE: soe,
  }
}

/** The worker alone, as `npm start -- worker` runs it, handing its letters to a mail server. */
export async function launchWorker(place: ProcessPlace, smtpUrl: string): Promise<Running> {
  const env = { ...environment(place), SMTP_URL: smtpUrl }
  return await launch([join(ROOT, 'build/main.js'), 'worker'], { env, ready: /^EPROD: worker$/ })
}

/** The whole site as `npm start -- web` runs it, on the bench database. */
export async function launchSite(place: Place, flags: readonly string[] = []): Promise<Running> {
  const env = { ...environment(place), PORT: String(await freePort()) }
  return await launch([...flags, join(ROOT, 'build/main.js'), 'web'], { env, ready: /^EPROD: (http\S+)$/ })
}

export interface Visitor {
  readonly actor: Actor
  /** Value of the Cookie header. */
  readonly cookie: string
  /** Tickets of the visitor's institution, of every status. */
  readonly tickets: readonly number[]
}

const IDLE_SECONDS = 3600
const SAMPLE = 200

/** Opens a session of a bench operator as the entry role does at sign-in. */
export async function signIn(place: Place): Promise<Visitor> {
  const owner = connect(maintaining(place.urls.owner), { max: 1 })
  const entry = connect(place.urls.entry, { max: 1 })
  try {
    const { rows } = await sql<Omit<Actor, 'classes' | 'teams' | 'side' | 'sessionId'> & { cnpj: string }>`
      select p.id as "personId", p.name, p.email, p.cpf, p.institution_id as "institutionId", i.name as "institutionName", i.cnpj
        from eprod.person p join eprod.institution i on i.id = p.institution_id
       where i.cnpj like '90000100%' order by p.id limit 1`.execute(owner.db)
    const person = rows[0]
    if (!person) throw new Error('The bench database is empty: npm run bench:seed -- --tickets 100000')
    const { token, tokenHash } = newSessionToken()
    const institution = { cnpj: person.cnpj, name: person.institutionName }
    const facts = { cpf: person.cpf, name: person.name, email: person.email, institution, classes: [122, 151] }
    await sql`select eprod.sign_in(${JSON.stringify(facts)}::jsonb, ${tokenHash}, ${new Date()}, ${IDLE_SECONDS}, ${IDLE_SECONDS})`.execute(
      entry.db,
    )
    const cookie = sessionCookie('institution', token)
    const tickets = await sql<{ id: number }>`select id from eprod.ticket where institution_id = ${person.institutionId}
      order by hashint8(id) limit ${sql.lit(SAMPLE)}`.execute(owner.db)
    return {
      actor: { ...person, sessionId: 0, side: 'institution', classes: [122, 151], teams: [] },
      cookie: `${cookie.name}=${cookie.value}`,
      tickets: tickets.rows.map((row) => row.id),
    }
  } finally {
    await owner.close()
    await entry.close()
  }
}
