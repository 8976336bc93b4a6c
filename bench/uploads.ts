// Files that come at once: 200 of 15 MiB in pieces, each to a draft of its own, and what the server's process holds meanwhile.
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { connect } from '#shared/db/connect.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { maintaining, type Place } from './place.ts'
import { keep } from './results.ts'
import { launchSite, signIn } from './site.ts'

const FILES = 200
const BYTES = 15 * 1024 * 1024

interface Sender {
  readonly address: string
  readonly cookie: string
}

/** Announces all files, sends them at once, and asks what became of each. */
export async function measureUploads(place: Place): Promise<void> {
  const { actor, cookie } = await signIn(place)
  const drafts = await makeDrafts(place, actor)
  const site = await launchSite(place)
  try {
    const idle = peakOf(site.pid)
    const sender = { address: site.address, cookie }
    const began = performance.now()
    const taken = await Promise.all(drafts.map((draft) => send(sender, draft)))
    const seconds = (performance.now() - began) / 1000
    keep({
      title: 'uploads',
      command: 'npm run bench uploads',
      head: ['what', 'figure'],
      rows: [
        ['files sent at once, 15 MiB each', FILES],
        ['taken', taken.filter(Boolean).length],
        ['seconds', seconds.toFixed(1)],
        ['MB a second', ((FILES * BYTES) / 1e6 / seconds).toFixed(0)],
        ['memory of the server process before, MiB', idle.toFixed(0)],
        ['its peak, MiB (limit 512)', peakOf(site.pid).toFixed(0)],
      ],
    })
  } finally {
    await site.stop()
  }
}

async function makeDrafts(place: Place, actor: Actor): Promise<string[]> {
  const owner = connect(maintaining(place.urls.owner), { max: 1 })
  try {
    const { rows } = await sql<{ id: string }>`
      insert into eprod.draft (institution_id, person_id, form_version_id, answers, created_at, updated_at)
      select ${actor.institutionId}, ${actor.personId}, v.id, '{}', now(), now()
        from eprod.form_version v, generate_series(1, ${FILES}) where v.status = 'published' returning id`.execute(
      owner.db,
    )
    return rows.map((row) => row.id).slice(0, FILES)
  } finally {
    await owner.close()
  }
}

/** Most memory the process ever held (resident), in MiB. */
function peakOf(pid: number): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
}

const rest = randomBytes(BYTES)

async function send({ address, cookie }: Sender, draft: string): Promise<boolean> {
  const head = Buffer.from(`%PDF-1.7\n${draft}\n`)
  const body = new Blob([head, rest.subarray(head.length)])
  const base64 = (text: string): string => Buffer.from(text).toString('base64')
  const metadata = `rascunho ${base64(draft)},documento ${base64('requerimento')},nome ${base64('grande.pdf')}`
  const always = { cookie, origin: address, accept: 'application/json', 'tus-resumable': '1.0.0' }
  const announced = { ...always, 'upload-length': String(BYTES), 'upload-metadata': metadata }
  const begun = await fetch(`${address}/envios`, { method: 'POST', headers: announced })
  const place = `${address}${begun.headers.get('location')}`
  const piece = { ...always, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
  await fetch(place, { method: 'PATCH', headers: piece, body })
  return (await fetch(place, { headers: always })).ok
}
