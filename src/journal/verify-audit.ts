// Part of verifying: the audit of SOE/WEB, one chain of sign-ins, granted classes and masters; its texts are made anew here.
import { createHash } from 'node:crypto'
import type pg from 'pg'

interface AuditRow {
  readonly id: string
  /** Microseconds since 1970. */
  readonly at: string
  readonly actor_id: string | null
  readonly account_id: string | null
  readonly institution_id: number | null
  readonly event: string
  /** jsonb as PostgreSQL writes it. */
  readonly facts: string
  readonly previous_hash: Buffer
  readonly hash: Buffer
}

export const AUDIT_ROWS = `
  select id, (extract(epoch from at) * 1000000)::bigint as at, actor_id, account_id, institution_id, event, facts::text as facts,
         previous_hash, hash from soe.audit order by soe.audit.id`

/** The text under an entry's hash, as `soe.audit_hash` puts it together. */
const textOf = ({ id, at, actor_id, account_id, institution_id, event, facts }: AuditRow): string =>
  `[${[id, at, ...[actor_id, account_id, institution_id, event].map((part) => JSON.stringify(part)), facts].join(', ')}]`

const sha256 = (...parts: (string | Buffer)[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** Checks the entries as they come in order: what is wrong with one, in words for the person at the console. */
export function auditCheck(): (row: pg.QueryResultRow) => string | undefined {
  let previous = sha256('SOE/WEB')
  let number = 0n
  return (row) => {
    const entry = row as AuditRow
    number += 1n
    const holds =
      BigInt(entry.id) === number &&
      entry.previous_hash.equals(previous) &&
      entry.hash.equals(sha256(previous, textOf(entry)))
    previous = entry.hash
    if (holds) return undefined
    const when = new Date(Number(entry.at) / 1000).toISOString()
    return `SOE/WEB: entry ${entry.id} of its audit (${entry.event}, ${when}) does not fit its chain`
  }
}

/** The last entry is the one that was written last: its number and hash are kept apart. */
export async function brokenAuditEnd(client: pg.ClientBase): Promise<string | undefined> {
  const { rows } = await client.query<{ id: string }>(
    `select h.id from soe.audit_head h
      where h.id is distinct from coalesce((select max(a.id) from soe.audit a), 0)
         or h.hash is distinct from coalesce((select a.hash from soe.audit a order by a.id desc limit 1), sha256('SOE/WEB'))`,
  )
  return rows[0] && `SOE/WEB: its audit does not end with entry ${rows[0].id}, the last that was written`
}

/** What a seal says of that audit: `hash` was its end at entry `to`. */
export async function sealedAudit(client: pg.ClientBase, to: string, hash: string): Promise<boolean> {
  if (to === '0') return true
  const { rows } = await client.query('select from soe.audit where id = $1 and hash = $2', [
    to,
    Buffer.from(hash, 'hex'),
  ])
  return rows.length === 1
}
