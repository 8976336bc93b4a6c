// The first administrator of SOE/WEB, made at the console of the installation (bin/soe-first-administrator.js): where nobody
// administers, nobody could name one on a page.
import { sql } from 'kysely'
import { ACCESS_CLASSES } from '#shared/kit/actor.ts'
import { DEMONSTRATION_INSTITUTIONS } from '#shared/kit/demonstration.ts'
import { bad, type Checked, good, type Problem } from '#shared/problems.ts'
import { accountByCpf } from '#soe/accounts/reads.ts'
import { addAccount, addClass, writeAudit } from '#soe/accounts/store.ts'
import { keepInstitution } from '#soe/institutions/store.ts'
import { makeLink } from '#soe/links/actions.ts'
import { LINK_HOURS } from '#soe/links/rules.ts'
import { readNewOperator } from '#soe/operators/rules.ts'
import { changeMaster, removeClass } from '#soe/operators/store.ts'
import { isAdministrator } from '#soe/sessions/reads.ts'
import type { SoeDb, SoeTx } from '#soe/tables.ts'
import { wordsFor } from '#words/words.ts'

export interface FirstAdministrator {
  readonly name: string
  /** The path that sets the password, below the origin of SOE/WEB; it counts once. undefined: the person has a password. */
  readonly path: string | undefined
  /** Hours it counts. */
  readonly hours: number
}

/**
 * Makes the account with class 904 and the flag of a master within the DETRAN-RS, and a link to set its password. Called again
 * for the same CPF before that was done it gives another link. Whoever has an account of the DETRAN-RS, where the class was taken
 * from the last one who had it, is given the class. Problems: those of the data, `administrator-there` when somebody administers
 * already, `administrator-invited` when another person was invited, `cpf-taken` when the account is blocked or another
 * institution's.
 */
export async function makeFirstAdministrator(
  db: SoeDb,
  typed: { cpf: string; name: string; email: string },
  now: Date,
): Promise<Checked<FirstAdministrator>> {
  const read = readNewOperator({ ...typed, classes: [] }, { runsSoe: true })
  if (!read.ok) return read
  const person = read.value
  return await db.transaction().execute(async (tx) => {
    // Two at the same time take turns. The console is the owner, whom the walls bind too.
    await sql`select pg_advisory_xact_lock(7311), set_config('eprod.maintenance', 'on', true)`.execute(tx)
    const there = await administrators(tx, now)
    const refused = refusalOf(there, person.cpf)
    if (refused) return bad(refused)
    const account = await administratorOf(tx, person, now)
    if (!account) return bad({ field: 'cpf', code: 'cpf-taken' })
    const { id: accountId, name, entered } = account
    const token = entered ? undefined : await makeLink(tx, { accountId, purpose: 'invitation', by: null }, now)
    return good({ name, path: token && `/soe/convite/${token}`, hours: LINK_HOURS.invitation })
  })
}

interface Administrator {
  readonly id: string
  readonly name: string
  readonly cpf: string
  /** A password was set. */
  readonly entered: boolean
}

async function administrators(tx: SoeTx, now: Date): Promise<readonly Administrator[]> {
  const { rows } = await sql<Administrator>`
    select a.id, a.name, a.cpf::text as cpf, a.password_hash is not null as entered
      from soe.account a join soe.institution i on i.id = a.institution_id
     where a.status = 'active' and ${isAdministrator(now)} order by entered desc`.execute(tx)
  return rows
}

function refusalOf(there: readonly Administrator[], cpf: string): Problem | undefined {
  if (there.some((one) => one.entered)) return { field: 'cpf', code: 'administrator-there' }
  const other = there.some((one) => one.cpf !== cpf)
  return other ? { field: 'cpf', code: 'administrator-invited' } : undefined
}

type Person = Readonly<Record<'cpf' | 'name' | 'email', string>>

/** The person's account of the DETRAN-RS, made where there is none, with the class and the flag; undefined: it cannot be. */
async function administratorOf(tx: SoeTx, person: Person, now: Date): Promise<Omit<Administrator, 'cpf'> | undefined> {
  const { rows } = await sql<{ id: number }>`select id from soe.institution where runs_soe`.execute(tx)
  const detran = DEMONSTRATION_INSTITUTIONS.detran
  const institutionId = rows[0]?.id ?? (await keepInstitution(tx, { ...detran, runsSoe: true, now }))
  await addAccount(tx, { ...person, classes: [], institutionId, master: true, passwordHash: null, now })
  const account = await accountByCpf(tx, person.cpf)
  if (account?.institutionId !== institutionId || account.status === 'blocked') return undefined
  const { id, name, email } = account
  if (await grantAdministration(tx, id, now)) {
    const facts = { after: { name, email, classes: [ACCESS_CLASSES.administrator], master: true } }
    await writeAudit(tx, { at: now, event: 'administrator-named', actorId: null, accountId: id, institutionId, facts })
  }
  return { id, name, entered: account.passwordHash !== null }
}

/** Gives class 904 and the flag of a master; false: both were there. */
async function grantAdministration(tx: SoeTx, accountId: string, now: Date): Promise<boolean> {
  const held = await sql`select from soe.account a join soe.account_class c on c.account_id = a.id
    where a.id = ${accountId}::uuid and a.master and c.class = ${ACCESS_CLASSES.administrator} and c.ends_on is null`.execute(
    tx,
  )
  if (held.rows.length > 0) return false
  await removeClass(tx, { accountId, class: ACCESS_CLASSES.administrator })
  await addClass(tx, { accountId, class: ACCESS_CLASSES.administrator, by: null, now })
  await changeMaster(tx, accountId, true)
  return true
}

/** A problem's sentence for the console, which speaks English. */
export function consoleText(problem: Problem): string {
  const words = wordsFor('en')
  const own: Readonly<Record<string, string>> = { ...words.soeHouse.problems, ...words.soeAdmin.problems }
  const shared: Readonly<Record<string, (facts: Record<string, string | number>) => string>> = words.problems
  return own[problem.code] ?? shared[problem.code]?.({ ...problem.with }) ?? problem.code
}
