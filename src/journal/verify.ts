// A door of this room: verifies every chain, the audit of SOE/WEB, the log of readings and the seals, reading rows only. What
// `npm run verify` runs.
import { createHash } from 'node:crypto'
import type pg from 'pg'
import { chainCheck, type StoredEntry, textOf } from '#journal/rules.ts'
import { AUDIT_ROWS, auditCheck, brokenAuditEnd, sealedAudit } from '#journal/verify-audit.ts'
import { NOT_AS_LEFT, notAsWritten, WRITTEN } from '#journal/verify-written.ts'

export interface Verdict {
  readonly entries: number
  readonly readings: number
  readonly seals: number
  /** Entries of SOE/WEB's own audit. */
  readonly audited: number
  /** The newest seal, to be compared with what was written down outside; undefined: nothing is sealed yet. */
  readonly lastSeal: { readonly day: string; readonly hash: string } | undefined
  /** The first that does not fit, in words for the person at the console; undefined: all fits. */
  readonly broken: string | undefined
}

const LOT = 5000
const AT = `to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`

/**
 * `client`: connected as somebody who sees every row. Reads one state of the database, in lots. `written`: hashes of seals that
 * were written down outside; whoever removes seals does not have them removed there.
 */
export async function verifyJournal(client: pg.ClientBase, written: readonly string[] = []): Promise<Verdict> {
  await client.query('begin isolation level repeatable read read only')
  try {
    const counted = { entries: 0, readings: 0, seals: 0, audited: 0 }
    const seals = await sealsOf(client)
    const missing = written.find((hash) => !seals.some((seal) => seal.hash === hash.toLowerCase()))
    const broken =
      (missing === undefined ? undefined : `no seal has the hash ${missing}, which was written down`) ??
      (await brokenChain(client, counted)) ??
      (await brokenText(client)) ??
      (await brokenAudit(client, counted)) ??
      (await brokenSeal(client, seals, counted))
    return { ...counted, lastSeal: seals.at(-1), broken }
  } finally {
    await client.query('rollback')
  }
}

type Counted = { entries: number; readings: number; seals: number; audited: number }

async function brokenChain(client: pg.ClientBase, counted: Counted): Promise<string | undefined> {
  let check = chainCheck()
  let name = ''
  const rows = lots<ChainRow>(
    client,
    `select thing, thing_id, seq, institution_id, actor_id, event, ${AT} as at, public_part::text as facts, staff_only,
            encode(previous_hash, 'hex') as previous, encode(hash, 'hex') as hash, encode(private_digest, 'hex') as digest,
            private_part::text as private_text, encode(salt, 'hex') as salt
       from eprod.journal_entry order by thing, thing_id, seq`,
  )
  for await (const row of rows) {
    counted.entries += 1
    const thing = `${row.thing} ${row.thing_id}`
    if (thing !== name) check = chainCheck()
    name = thing
    if (!check(storedOf(row))) return `${thing}: entry ${row.seq} (${row.event}, ${row.at}) does not fit its chain`
  }
  return undefined
}

/** The chain holds: does it hold what is there? */
async function brokenText(client: pg.ClientBase): Promise<string | undefined> {
  for await (const row of lots(client, WRITTEN)) {
    const broken = notAsWritten(row)
    if (broken) return broken
  }
  const { rows } = await client.query<{ id: string; status: string; state: string | null }>(NOT_AS_LEFT)
  const [odd] = rows
  return odd && `ticket ${odd.id}: it is ${odd.status}, but its last entry left it ${odd.state ?? 'not there'}`
}

async function brokenAudit(client: pg.ClientBase, counted: Counted): Promise<string | undefined> {
  const check = auditCheck()
  for await (const row of lots(client, AUDIT_ROWS)) {
    counted.audited += 1
    const broken = check(row)
    if (broken) return broken
  }
  return await brokenAuditEnd(client)
}

interface ChainRow {
  readonly thing: string
  readonly thing_id: string
  readonly seq: number
  readonly institution_id: number | null
  readonly actor_id: number | null
  readonly event: string
  readonly at: string
  readonly facts: string
  readonly staff_only: boolean
  readonly previous: string | null
  readonly hash: string
  readonly digest: string | null
  readonly private_text: string | null
  readonly salt: string | null
}

function storedOf(row: ChainRow): StoredEntry {
  return {
    seq: row.seq,
    previousHash: row.previous,
    hash: row.hash,
    text: textOf(row),
    privateText: row.private_text,
    salt: row.salt,
    privateDigest: row.digest,
  }
}

interface SealRow {
  readonly day: string
  readonly entries_to: string
  readonly readings_to: string
  readonly entries: string
  readonly readings: string
  readonly entries_hash: string
  readonly readings_hash: string
  /** Of SOE/WEB's audit; null: sealed before it was covered. */
  readonly audit_to: string | null
  readonly audit_hash: string | null
  readonly previous: string | null
  readonly hash: string
}

async function sealsOf(client: pg.ClientBase): Promise<SealRow[]> {
  const { rows } =
    await client.query<SealRow>(`select day::text, entries_to, readings_to, entries, readings, encode(entries_hash, 'hex') as entries_hash,
            encode(readings_hash, 'hex') as readings_hash, audit_to, encode(audit_hash, 'hex') as audit_hash,
            encode(previous_hash, 'hex') as previous, encode(hash, 'hex') as hash
       from eprod.seal order by eprod.seal.day`)
  return rows
}

/** Each seal over its own rows and the seal before. */
async function brokenSeal(
  client: pg.ClientBase,
  seals: readonly SealRow[],
  counted: Counted,
): Promise<string | undefined> {
  let before: SealRow | undefined
  for (const seal of seals) {
    counted.seals += 1
    const entries = await digestOf(client, { seal, before }, 'entries')
    const readings = await digestOf(client, { seal, before }, 'readings')
    counted.readings += readings.count
    const text = [seal.previous ?? '-', seal.day, seal.entries_to, seal.readings_to, seal.entries, seal.readings]
    const audit = seal.audit_to === null ? [] : [seal.audit_to, seal.audit_hash]
    const whole = [...text, seal.entries_hash, seal.readings_hash, ...audit].join('|')
    if (seal.previous !== (before?.hash ?? null) || seal.hash !== createHash('sha256').update(whole).digest('hex'))
      return `the seal of ${seal.day} does not fit the seals before it`
    if (entries.hash !== seal.entries_hash) return await notSealed(client, { seal, before }, 'entries')
    if (readings.hash !== seal.readings_hash) return await notSealed(client, { seal, before }, 'readings')
    if (seal.audit_to && !(await sealedAudit(client, seal.audit_to, seal.audit_hash ?? '')))
      return `the seal of ${seal.day}: entry ${seal.audit_to} of SOE/WEB's audit is not the one sealed`
    before = seal
  }
  return undefined
}

/** Which row is not as it was sealed, by the seal's marks; where they do not tell, the seal alone. */
async function notSealed(client: pg.ClientBase, of: Under, kind: Kind): Promise<string> {
  const { day } = of.seal
  const whole = `the seal of ${day}: its ${of.seal[kind]} ${kind} are not those sealed`
  const { rows } = await client.query<{ marks: Buffer }>(
    'select marks from eprod.seal_mark where day = $1 and kind = $2 order by lot',
    [day, kind],
  )
  const marks = Buffer.concat(rows.map((row) => row.marks))
  let at = 0
  for await (const { id, part, named } of sealedRows(client, of, kind)) {
    const hash = kind === 'entries' ? (part as Buffer) : createHash('sha256').update(part).digest()
    const mark = marks.subarray(at, at + MARK_BYTES)
    if (mark.length < MARK_BYTES || mark.readBigInt64BE() > BigInt(id)) return `${whole}; ${named} was not among them`
    if (mark.readBigInt64BE() < BigInt(id)) break
    if (!mark.subarray(8).equals(hash.subarray(0, 8))) return `${whole}; the first is ${named}`
    at += MARK_BYTES
  }
  return at < marks.length ? `${whole}; number ${marks.readBigInt64BE(at)} is gone` : whole
}

const MARK_BYTES = 16

const SEALED = {
  entries: `select id, hash as part, thing || ' ' || thing_id || ': entry ' || seq as named from eprod.journal_entry`,
  readings: `select id, 'reading ' || id as named, concat_ws('|', id, ${AT}, person_id, what, thing, thing_id) || E'\\n' as part from eprod.reading`,
} as const

type Kind = keyof typeof SEALED
interface Under {
  readonly seal: SealRow
  readonly before: SealRow | undefined
}

/** The rows under a seal, in their order. */
function sealedRows(client: pg.ClientBase, { seal, before }: Under, kind: Kind) {
  const from = BigInt(before?.[`${kind}_to`] ?? 0)
  const to = BigInt(seal[`${kind}_to`])
  return lots<{ id: string; part: string | Buffer; named: string }>(
    client,
    `${SEALED[kind]} where id > ${from} and id <= ${to} order by id`,
  )
}

async function digestOf(client: pg.ClientBase, of: Under, kind: Kind): Promise<{ hash: string; count: number }> {
  const digest = createHash('sha256')
  let count = 0
  for await (const { part } of sealedRows(client, of, kind)) {
    digest.update(part)
    count += 1
  }
  return { hash: digest.digest('hex'), count }
}

/** Rows of a statement, a lot at a time, so that millions do not stand in memory. */
async function* lots<T extends pg.QueryResultRow>(client: pg.ClientBase, statement: string): AsyncGenerator<T> {
  await client.query(`declare verified no scroll cursor for ${statement}`)
  try {
    for (;;) {
      const { rows } = await client.query<T>(`fetch ${LOT} from verified`)
      yield* rows
      if (rows.length < LOT) break
    }
  } finally {
    await client.query('close verified')
  }
}
