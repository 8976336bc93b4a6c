// npm run bench export: a CSV of half a million rows, read as it is written, and what the server's process holds meanwhile.
import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { newSessionToken, sessionCookie } from '#identity/visit.ts'
import { connect } from '#shared/db/connect.ts'
import { maintaining, type Place } from './place.ts'
import { figure, keep } from './results.ts'
import { launchSite } from './site.ts'

const ROWS = 500_000
const MOST_MIB = 200
const LOOK_EVERY_MS = 50

export async function measureExport(place: Place): Promise<void> {
  const cookie = await signInStaff(place)
  const since = await numberBefore(place)
  const site = await launchSite(place)
  const held = () => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${site.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  try {
    await (await fetch(`${site.address}/chamados`, { headers: { cookie } })).arrayBuffer()
    const idle = held()
    let peak = idle
    const looking = setInterval(() => {
      peak = Math.max(peak, held())
    }, LOOK_EVERY_MS)
    const began = performance.now()
    const { bytes, lines, last } = await read(site.address, cookie, since)
    clearInterval(looking)
    keep({
      title: 'export',
      command: 'npm run bench export',
      head: ['what', 'figure'],
      rows: [
        ['rows of the CSV', lines],
        ['what its last line says', last],
        ['MB', figure(bytes / 1e6)],
        ['seconds', figure((performance.now() - began) / 1000)],
        ['memory of the server process before, MiB', figure(idle)],
        [`its peak above that, MiB (limit ${MOST_MIB})`, figure(peak - idle)],
      ],
    })
  } finally {
    await site.stop()
  }
}

/** Reads the file to its end without keeping it: bytes, rows between head and last line, and the last line. */
async function read(address: string, cookie: string, since: number) {
  const query = new URLSearchParams({ 'r1.campo': 'id', 'r1.op': 'depois', 'r1.valor': String(since) })
  const answer = await fetch(`${address}/chamados/exportar?${query}`, {
    method: 'POST',
    headers: { cookie, origin: address, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'formato=csv&quais=todos',
    redirect: 'manual',
  })
  if (answer.status !== 200 || !answer.body)
    throw new Error(`export: ${answer.status} ${answer.headers.get('location')}`)
  let bytes = 0
  let breaks = 0
  let tail = ''
  for await (const piece of answer.body) {
    bytes += piece.length
    for (const byte of piece) if (byte === 10) breaks += 1
    tail = `${tail}${Buffer.from(piece).toString('latin1')}`.slice(-200)
  }
  return { bytes, lines: breaks - 2, last: tail.trim().split('\n').at(-1)?.trim() ?? '' }
}

/** The number behind which the newest ROWS tickets stand. */
async function numberBefore(place: Place): Promise<number> {
  const owner = connect(maintaining(place.urls.owner), { max: 1, statementSeconds: 120 })
  try {
    const { rows } = await sql<{ id: number }>`select max(id) - ${sql.lit(ROWS)} as id from eprod.ticket`.execute(
      owner.db,
    )
    return Math.max(1, rows[0]?.id ?? 1)
  } finally {
    await owner.close()
  }
}

/** A session of a bench analyst, as the entry role opens one at sign-in. */
async function signInStaff(place: Place): Promise<string> {
  const owner = connect(maintaining(place.urls.owner), { max: 1 })
  const entry = connect(place.urls.entry, { max: 1 })
  try {
    const { rows } = await sql<{ facts: object }>`
      select json_build_object('cpf', p.cpf, 'name', p.name, 'email', p.email, 'classes', array[901],
                               'institution', json_build_object('cnpj', i.cnpj, 'name', i.name)) as facts
        from eprod.person p join eprod.institution i on i.id = p.institution_id where p.cpf like '0091%' order by p.id limit 1`.execute(
      owner.db,
    )
    const { token, tokenHash } = newSessionToken()
    await sql`select eprod.sign_in(${JSON.stringify(rows[0]?.facts)}::jsonb, ${tokenHash}, ${new Date()}, 3600, 3600)`.execute(
      entry.db,
    )
    const cookie = sessionCookie('staff', token)
    return `${cookie.name}=${cookie.value}`
  } finally {
    await owner.close()
    await entry.close()
  }
}
