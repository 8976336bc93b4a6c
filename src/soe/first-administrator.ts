// The first administrator of SOE/WEB, made at the console of the installation (bin/soe-first-administrator.js): where nobody
// administers, nobody could name one on a page.
import { sql } from 'kysely'
import { ACCESS_CLASSES } from '#shared/kit/actor.ts'
import { DEMONSTRATION_INSTITUTIONS } from '#shared/kit/demonstration.ts'
import { bad, type Checked, good, type Problem } from '#shared/problems.ts'
import { addAccount, addClass, writeAudit } from '#soe/accounts/store.ts'
import { keepInstitution } from '#soe/institutions/store.ts'
import { makeLink } from '#soe/links/actions.ts'
import { LINK_HOURS } from '#soe/links/rules.ts'
import { readNewOperator } from '#soe/operators/rules.ts'
import { isAdministrator } from '#soe/sessions/reads.ts'
import type { SoeDb, SoeTx } from '#soe/tables.ts'
import { wordsFor } from '#words/words.ts'

export interface FirstAdministrator {
  readonly name: string
  /** The path that sets the password, below the origin of SOE/WEB; it counts once. */
  readonly path: string
  /** Hours it counts. */
  readonly hours: number
}

/**
 * Makes the account with class 904 and the flag of a master within the DETRAN-RS, and a link to set its password. Called again
 * for the same CPF before that was done it gives another link. Problems: those of the data, `administrator-there` when somebody
 * administers already, `administrator-invited` when another person was invited, `cpf-taken` when the CPF has an account.
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
    // Two at the same time take turns.
    await sql`select pg_advisory_xact_lock(7311)`.execute(tx)
    const there = await administrators(tx, now)
    const refused = refusalOf(there, person.cpf)
    if (refused) return bad(refused)
    const accountId = there[0]?.id ?? (await addAdministrator(tx, person, now))
    if (accountId === undefined) return bad({ field: 'cpf', code: 'cpf-taken' })
    const token = await makeLink(tx, { accountId, purpose: 'invitation', by: null }, now)
    return good({ name: person.name, path: `/soe/convite/${token}`, hours: LINK_HOURS.invitation })
  })
}

interface Administrator {
  readonly id: string
  readonly cpf: string
  /** A password was set. */
  readonly entered: boolean
}

async function administrators(tx: SoeTx, now: Date): Promise<readonly Administrator[]> {
  const { rows } = await sql<Administrator>`
    select a.id, a.cpf::text as cpf, a.password_hash is not null as entered
      from soe.account a join soe.institution i on i.id = a.institution_id
     where a.status = 'active' and ${isAdministrator(now)} order by entered desc`.execute(tx)
  return rows
}

function refusalOf(there: readonly Administrator[], cpf: string): Problem | undefined {
  if (there.some((one) => one.entered)) return { field: 'cpf', code: 'administrator-there' }
  const other = there.some((one) => one.cpf !== cpf)
  return other ? { field: 'cpf', code: 'administrator-invited' } : undefined
}

async function addAdministrator(
  tx: SoeTx,
  person: { cpf: string; name: string; email: string },
  now: Date,
): Promise<string | undefined> {
  const { cpf, name, email } = person
  const { rows } = await sql<{ id: number }>`select id from soe.institution where runs_soe`.execute(tx)
  const detran = DEMONSTRATION_INSTITUTIONS.detran
  const institutionId = rows[0]?.id ?? (await keepInstitution(tx, { ...detran, runsSoe: true, now }))
  const classes = [ACCESS_CLASSES.administrator]
  const account = { cpf, name, email, classes, institutionId, master: true, passwordHash: null, now }
  const accountId = await addAccount(tx, account)
  if (accountId === undefined) return undefined
  for (const one of classes) await addClass(tx, { accountId, class: one, by: null, now })
  const facts = { after: { name, email, classes, master: true } }
  await writeAudit(tx, { at: now, event: 'administrator-named', actorId: null, accountId, institutionId, facts })
  return accountId
}

/** A problem's sentence for the console, which speaks English. */
export function consoleText(problem: Problem): string {
  const words = wordsFor('en')
  const own: Readonly<Record<string, string>> = { ...words.soeHouse.problems, ...words.soeAdmin.problems }
  const shared: Readonly<Record<string, (facts: Record<string, string | number>) => string>> = words.problems
  return own[problem.code] ?? shared[problem.code]?.({ ...problem.with }) ?? problem.code
}
