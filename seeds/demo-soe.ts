// The demonstration's accounts in SOE/WEB (product, section 7). Safe to run at every start.
import {
  DEMONSTRATION_ACCOUNTS,
  DEMONSTRATION_INSTITUTIONS,
  DEMONSTRATION_PASSWORD,
} from '#shared/kit/demonstration.ts'
import { createAccount } from '#soe/accounts/actions.ts'
import { nameInstitution } from '#soe/institutions/actions.ts'
import { connectSoe, type SoeDb, type SoeTx } from '#soe/tables.ts'

/** Creates the institutions and accounts that are missing. Takes a handle, or a URL of the role eprod_soe or the owner. */
export async function seedSoeDemo(where: string | SoeDb, now = new Date()): Promise<void> {
  if (typeof where !== 'string') return seed(where, now)
  const soe = connectSoe(where, 1)
  await seed(soe.db, now).finally(() => soe.close())
}

async function seed(db: SoeDb, now: Date): Promise<void> {
  const { present } = await db
    .selectFrom('soe.account')
    .select((row) => row.fn.countAll<number>().as('present'))
    .where(
      'cpf',
      'in',
      DEMONSTRATION_ACCOUNTS.map((account) => account.cpf),
    )
    .executeTakeFirstOrThrow()
  if (present < DEMONSTRATION_ACCOUNTS.length) await db.transaction().execute((tx) => create(tx, now))
}

async function create(tx: SoeTx, now: Date): Promise<void> {
  for (const account of DEMONSTRATION_ACCOUNTS) {
    const institution = DEMONSTRATION_INSTITUTIONS[account.institution]
    const named = await nameInstitution(tx, { ...institution, runsSoe: account.institution === 'detran', now })
    if (!named.ok) throw new Error(`demonstration institution ${institution.cnpj}: ${named.problems[0]?.code}`)
    const { cpf, name, email, master, classes } = account
    const facts = { cpf, name, email, master, classes, password: DEMONSTRATION_PASSWORD }
    const made = await createAccount(tx, { ...facts, institutionId: named.value }, now)
    const fault = made.ok ? undefined : made.problems[0]?.code
    if (fault && fault !== 'cpf-taken') throw new Error(`demonstration account ${cpf}: ${fault}`)
  }
}
