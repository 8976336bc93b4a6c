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

/** Days for the coming years; the administrator keeps them up at /admin/prazos. Good Friday is national too. */
type Days = readonly (readonly [first: string, name: string, last?: string])[]

const CITY_DAYS: Days = [
  ['2027-02-02', 'Nossa Senhora dos Navegantes'],
  ['2027-05-27', 'Corpus Christi'],
  ['2028-02-02', 'Nossa Senhora dos Navegantes'],
  ['2028-06-15', 'Corpus Christi'],
]
const CITY_SOURCE =
  'Feriado religioso municipal (Lei 9.093/1995, art. 2º), no calendário do Estado (Decreto RS 53.838/2017)'

/**
 * Optional days of the State's offices, the DETRAN among them, by the calendar that a decree sets anew each year. What fell on
 * weekends is left out. Half days count: no deadline ends where nobody can be asked for half a day.
 */
const STATE_DAYS: Days = [
  ['2026-12-24', 'Véspera de Natal (expediente só pela manhã)'],
  ['2026-12-31', 'Véspera de Ano Novo (expediente só pela manhã)'],
  ['2027-02-08', 'Carnaval', '2027-02-09'],
  ['2027-02-10', 'Quarta-feira de Cinzas (expediente só à tarde)'],
  ['2027-10-28', 'Dia do Servidor Público'],
  ['2027-12-24', 'Véspera de Natal (expediente só pela manhã)'],
  ['2027-12-31', 'Véspera de Ano Novo (expediente só pela manhã)'],
  ['2028-02-28', 'Carnaval', '2028-02-29'],
  ['2028-03-01', 'Quarta-feira de Cinzas (expediente só à tarde)'],
]
const STATE_SOURCE = 'Costume administrativo, como no calendário do Decreto RS 53.838/2017; confirme no decreto do ano'

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

async function seedCalendar(tx: Tx): Promise<void> {
  await layDays(tx, 'calendar-laid', { kind: 'holiday', days: CITY_DAYS, source: CITY_SOURCE })
  await layDays(tx, 'optional-days-laid', { kind: 'optional', days: STATE_DAYS, source: STATE_SOURCE })
}

/** Once, told by a mark: what the administrator removes stays removed. Days that stand there already are left as they are. */
async function layDays(
  tx: Tx,
  mark: string,
  laid: { kind: 'holiday' | 'optional'; days: Days; source: string },
): Promise<void> {
  const { kind, days, source } = laid
  const there = await tx.selectFrom('eprod.setting').select('key').where('key', '=', mark).executeTakeFirst()
  if (there) return
  for (const [first, name, last = first] of days)
    await sql`insert into eprod.calendar_day (kind, first_day, last_day, name, source, added_at)
      select ${kind}, ${first}::date, ${last}::date, ${name}, ${source}, now()
       where not exists (select from eprod.calendar_day c where c.first_day <= ${last}::date and c.last_day >= ${first}::date
                                                            and c.kind <> 'suspension')`.execute(tx)
  await tx.insertInto('eprod.setting').values({ key: mark, value: 'true' }).execute()
}
