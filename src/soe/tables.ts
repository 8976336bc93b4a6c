// The tables of schema `soe` as Kysely types, and its own database handle. What each column means stands in the migrations of SOE/WEB.
import { type ColumnType, type Generated, type GeneratedAlways, type Kysely, sql, type Transaction } from 'kysely'
import { connect } from '#shared/db/connect.ts'

type At = ColumnType<Date, Date, never>
type AtOrNull = ColumnType<Date | null, Date | null | undefined, Date | null>
type Json = ColumnType<Record<string, unknown>, string, string>

export interface SoeTables {
  'soe.institution': {
    id: GeneratedAlways<number>
    cnpj: string
    name: string
    status: Generated<'active' | 'suspended'>
    runs_soe: Generated<boolean>
    created_at: At
    request_key: ColumnType<string | null, string | null | undefined, never>
  }
  'soe.account': {
    id: Generated<string>
    institution_id: number
    cpf: string
    name: string
    email: string
    password_hash: string | null
    master: Generated<boolean>
    status: Generated<'active' | 'blocked'>
    created_at: At
    request_key: ColumnType<string | null, string | null | undefined, never>
  }
  'soe.account_class': {
    account_id: string
    class: number
    granted_at: At
    granted_by: string | null
    ends_on: ColumnType<string | null, string | null | undefined, string | null>
    confirmed_at: AtOrNull
    confirmed_by: string | null
  }
  'soe.provider_state': {
    model: string
    id: string
    payload: Json
    grant_id: string | null
    user_code: string | null
    uid: string | null
    consumed_at: AtOrNull
    expires_at: AtOrNull
  }
  'soe.signing_key': { kid: string; sealed_jwk: string; created_at: At; retired_at: AtOrNull }
  'soe.sign_in_attempt': {
    id: GeneratedAlways<number>
    cpf: string
    address: string
    device: string | null
    at: At
    outcome: Generated<'open' | 'in' | 'refused' | 'slowed'>
  }
  'soe.session': {
    uid: string
    account_id: string
    address: string
    agent: string
    methods: string[]
    started_at: At
    seen_at: ColumnType<Date, Date, Date>
    ended_at: AtOrNull
  }
  'soe.totp': { account_id: string; sealed_secret: string; last_step: Generated<number>; created_at: At }
  'soe.recovery_code': { account_id: string; code_hash: Buffer; used_at: AtOrNull }
  'soe.passkey': {
    id: string
    account_id: string
    name: string
    public_key: Buffer
    counter: number
    transports: string[]
    created_at: At
    used_at: AtOrNull
  }
  'soe.audit': {
    id: GeneratedAlways<number>
    at: At
    actor_id: string | null
    account_id: string | null
    institution_id: number | null
    event: string
    facts: Json
  }
}

/** SOE/WEB's own handle: it reaches no table of EPROD, by type and by right. */
export type SoeDb = Kysely<SoeTables>
export type SoeTx = Transaction<SoeTables>

/**
 * Connects as the role eprod_soe, with the scope of the whole house: for signing in, the provider and administrators. The
 * pages of masters narrow it for their transaction (`inScope`).
 */
export function connectSoe(url: string, max = 4): { readonly db: SoeDb; close(): Promise<void> } {
  const connection = connect(url, { max })
  // The first statement of each new connection. Where it fails the connection is gone, and the next statement says so.
  connection.pool.on('connect', (client) => void client.query(`set soe.scope = 'house'`).catch(() => {}))
  // Kysely's table list is a compile-time fact only; the connection itself knows none.
  return { db: connection.db as unknown as SoeDb, close: connection.close }
}

/** Runs `work` in a transaction that sees one institution alone, whatever its statements ask for. */
export async function inScope<T>(db: SoeDb, institutionId: number, work: (tx: SoeTx) => Promise<T>): Promise<T> {
  return await db.transaction().execute(async (tx) => {
    await sql`select set_config('soe.scope', ${String(institutionId)}, true)`.execute(tx)
    return await work(tx)
  })
}
