// What is read of sessions: whose the request's is, and the list that their owner sees.

import { sql } from 'kysely'
import { ACCESS_CLASSES } from '#shared/kit/actor.ts'
import { countsAt } from '#soe/accounts/reads.ts'
import type { SoeDb } from '#soe/tables.ts'

/** Who is signed in at SOE/WEB. A blocked account is nobody. */
export interface SignedIn {
  readonly accountId: string
  readonly cpf: string
  readonly name: string
  readonly email: string
  readonly master: boolean
  /** Of SOE/WEB: class 904 within the DETRAN-RS. */
  readonly administrator: boolean
  readonly institutionId: number
  readonly institutionName: string
  readonly classes: number[]
  /** How the person showed who it is: RFC 8176 names. */
  readonly methods: string[]
  /** The provider's name of the session. */
  readonly sessionUid: string
}

/** Whether account `a` of institution `i` administers SOE/WEB at an instant. */
export const isAdministrator = (now: Date) => sql<boolean>`(i.runs_soe and exists (select from soe.account_class c
  where c.account_id = a.id and c.class = ${sql.lit(ACCESS_CLASSES.administrator)} and ${countsAt(now)}))`

/** Without use for so long, the pages of SOE/WEB ask for the password again; EPROD asks for it as well (identity/options.ts). */
const IDLE_MINUTES = 30

/** The account behind a session of the provider, unless the account is blocked or the session was ended or left unused. */
export async function signedInOf(
  db: SoeDb,
  session: { uid: string; accountId: string; now: Date },
): Promise<SignedIn | undefined> {
  const { rows } = await sql<SignedIn>`
    select a.id as "accountId", a.cpf::text as cpf, a.name, a.email, a.master, a.institution_id as "institutionId",
           i.name as "institutionName", s.uid as "sessionUid", s.methods, ${isAdministrator(session.now)} as administrator,
           array(select c.class from soe.account_class c where c.account_id = a.id and ${countsAt(session.now)}
                order by c.class) as classes
      from soe.session s join soe.account a on a.id = s.account_id join soe.institution i on i.id = a.institution_id
     where s.uid = ${session.uid} and a.id = ${session.accountId}::uuid and a.status = 'active' and s.ended_at is null
       and s.seen_at > ${session.now}::timestamptz - make_interval(mins => ${sql.lit(IDLE_MINUTES)})`.execute(db)
  return rows[0]
}

export interface OwnSession {
  readonly uid: string
  readonly address: string
  readonly agent: string
  readonly methods: string[]
  readonly startedAt: Date
  readonly seenAt: Date
}

/** An account's live sessions, last used first; at most 50. */
export async function sessionsOf(db: SoeDb, accountId: string, now: Date): Promise<OwnSession[]> {
  const { rows } = await sql<OwnSession>`
    select s.uid, s.address, s.agent, s.methods, s.started_at as "startedAt", s.seen_at as "seenAt"
      from soe.session s
     where s.account_id = ${accountId}::uuid and s.ended_at is null
       and exists (select from soe.provider_state p
                    where p.model = 'Session' and p.uid = s.uid and (p.expires_at is null or p.expires_at > ${now}))
     order by s.seen_at desc limit 50`.execute(db)
  return rows
}

/** The names of an account's live sessions. */
export async function sessionUidsOf(db: SoeDb, accountId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('soe.session')
    .select('uid')
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .execute()
  return rows.map((row) => row.uid)
}
