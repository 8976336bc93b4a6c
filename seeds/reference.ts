// What every installation starts with: the DETRAN as staff institution, the team RECONET, waiting types, the published form.
import { sql } from 'kysely'
import { connect, type Tx } from '../src/shared/db/connect.ts'
import { DEMONSTRATION_INSTITUTIONS } from '../src/shared/kit/demonstration.ts'
import { TEAM_FOR_NEW_TICKETS } from '../src/tickets/reads/references.ts'
import { seedForms } from './forms/seed.ts'

/** *Tipos de espera* and their kinds (case catalogue, last lines), pt-BR and English. */
const WAITING_TYPES: readonly [pt: string, en: string, kinds: readonly [string, string][]][] = [
  [
    'Aguardando documento',
    'Waiting for a document',
    [
      ['ilegível', 'illegible'],
      ['incompleto', 'incomplete'],
      ['vencido', 'expired'],
      ['divergente', 'differing'],
      ['ausente', 'missing'],
    ],
  ],
  ['Aguardando informação', 'Waiting for information', []],
  [
    'Aguardando terceiro',
    'Waiting for a third party',
    [
      ['juízo', 'court'],
      ['outro DETRAN', 'another DETRAN'],
      ['seguradora', 'insurer'],
    ],
  ],
  ['Aguardando vistoria', 'Waiting for an inspection', []],
]

/** Days of Porto Alegre for the coming years; the administrator keeps them up at /admin/prazos. Good Friday is national too. */
const CITY_DAYS: readonly [day: string, name: string][] = [
  ['2027-02-02', 'Nossa Senhora dos Navegantes'],
  ['2027-05-27', 'Corpus Christi'],
  ['2028-02-02', 'Nossa Senhora dos Navegantes'],
  ['2028-06-15', 'Corpus Christi'],
]
const CITY_SOURCE = 'Feriado municipal de Porto Alegre'

/** Lays the reference rows that are missing; safe at every start. `ownerUrl`: of the role that owns the tables. */
export async function seedReference(ownerUrl: string): Promise<void> {
  const owner = connect(ownerUrl, { max: 1, statementSeconds: 60 })
  try {
    await owner.db.transaction().execute(async (tx) => {
      await sql`select set_config('eprod.maintenance', 'on', true), pg_advisory_xact_lock(7309)`.execute(tx)
      await seedStaff(tx)
      await seedWaitingTypes(tx)
      await seedForms(tx)
      await seedCalendar(tx)
    })
  } finally {
    await owner.close()
  }
}

async function seedStaff(tx: Tx): Promise<void> {
  const { cnpj, name } = DEMONSTRATION_INSTITUTIONS.detran
  const detran = await tx
    .insertInto('eprod.institution')
    .values({ cnpj, name, side: 'staff' })
    .onConflict((conflict) => conflict.column('cnpj').doUpdateSet({ side: 'staff' }))
    .returning('id')
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('eprod.team')
    .values({ institution_id: detran.id, name: TEAM_FOR_NEW_TICKETS })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

async function seedWaitingTypes(tx: Tx): Promise<void> {
  const there = await tx.selectFrom('eprod.waiting_type').select('id').limit(1).executeTakeFirst()
  if (there) return
  let position = 0
  const add = async (name: { 'pt-BR': string; en: string }, parent: number | null): Promise<number> => {
    position += 1
    const row = await tx
      .insertInto('eprod.waiting_type')
      .values({ parent_id: parent, name: JSON.stringify(name), position })
      .returning('id')
      .executeTakeFirstOrThrow()
    return row.id
  }
  for (const [pt, en, kinds] of WAITING_TYPES) {
    const id = await add({ 'pt-BR': pt, en }, null)
    for (const [kindPt, kindEn] of kinds) await add({ 'pt-BR': `${pt} (${kindPt})`, en: `${en} (${kindEn})` }, id)
  }
}

/** Once: what the administrator removes stays removed. */
async function seedCalendar(tx: Tx): Promise<void> {
  const laid = await tx.selectFrom('eprod.setting').select('key').where('key', '=', 'calendar-laid').executeTakeFirst()
  if (laid) return
  await tx
    .insertInto('eprod.calendar_day')
    .values(
      CITY_DAYS.map(([day, name]) => ({
        kind: 'holiday' as const,
        first_day: day,
        last_day: day,
        name,
        source: CITY_SOURCE,
        added_by: null,
        added_at: new Date(),
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await tx.insertInto('eprod.setting').values({ key: 'calendar-laid', value: 'true' }).execute()
}
