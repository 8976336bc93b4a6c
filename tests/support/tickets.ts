// People and tickets for tests on a cloned database: what signing in and filing leave behind, without the web.
import { sql } from 'kysely'
import { publishedVersion } from '#forms/reads.ts'
import type { Db, Tx } from '#shared/db/connect.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { found } from '#shared/refusals.ts'
import { openTicket } from '#tickets/actions/open-ticket.ts'
import type { TestDatabase } from './database.ts'

export interface Cast {
  readonly operator: Actor
  /** Of the operator's institution. */
  readonly colleague: Actor
  /** Of another institution. */
  readonly stranger: Actor
  readonly analyst: Actor
  readonly secondAnalyst: Actor
}

const PEOPLE: readonly [name: keyof Cast, cpf: string, cnpj: string, classes: readonly number[]][] = [
  ['operator', '11144477735', '11222333000181', [122, 151]],
  ['colleague', '52998224725', '11222333000181', [122, 151]],
  ['stranger', '71460238001', '12ABC34501DE35', [122, 151]],
  ['analyst', '93541134780', '03847655000198', [901]],
  ['secondAnalyst', '24843803480', '03847655000198', [901]],
]

/** Signs the cast in through the product's own function. */
export async function castOf(database: TestDatabase): Promise<Cast> {
  const cast: Partial<Record<keyof Cast, Actor>> = {}
  for (const [name, cpf, cnpj, classes] of PEOPLE) {
    const person = { cpf, name, email: `${name}@example.com`, institution: { cnpj, name: cnpj }, classes }
    const { rows } = await sql<{ session_id: number; person_id: number; institution_id: number; side: Actor['side'] }>`
      select * from eprod.sign_in(${JSON.stringify(person)}::jsonb, sha256(convert_to(${name}, 'UTF8')), now(), 1800, 43200)`.execute(
      database.entry.db,
    )
    const [row] = rows
    if (!row) throw new Error(`nobody signed in as ${name}`)
    cast[name] = {
      personId: row.person_id,
      sessionId: row.session_id,
      name,
      email: person.email,
      cpf,
      side: row.side,
      institutionId: row.institution_id,
      institutionName: cnpj,
      classes,
      teams: [],
    }
  }
  return cast as Cast
}

/** Runs `work` in a transaction whose context is the actor's, as a visit would. */
export async function visitAs<T>(db: Db, actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  return await db.transaction().execute(async (tx) => {
    await sql`select set_config('eprod.person', ${String(actor.personId)}, true),
      set_config('eprod.institution', ${String(actor.institutionId)}, true)`.execute(tx)
    return await work(tx)
  })
}

let plates = 0

/** Opens a ticket of an operator at an instant; every one has a plate of its own. */
export async function newTicket(database: TestDatabase, operator: Actor, now: Date): Promise<number> {
  return await visitAs(database.web.db, operator, async (tx) => {
    plates += 1
    const draft = await tx
      .insertInto('eprod.draft')
      .values({
        institution_id: operator.institutionId,
        person_id: operator.personId,
        form_version_id: found(await publishedVersion(tx, 'instituicoes-financeiras')),
        answers: '{}',
        created_at: now,
        updated_at: now,
      })
      .returning(['id', 'form_version_id'])
      .executeTakeFirstOrThrow()
    const plate = `TST${plates % 10}A${String(plates).padStart(2, '0').slice(-2)}`
    return await openTicket(
      { tx, actor: operator, now },
      {
        draftId: draft.id,
        documents: [],
        formVersionId: draft.form_version_id,
        subject: `Instituições Financeiras - Desbloqueio para Cancelamento de Gravame - Veículo com Furto/Roubo - ${plate}`,
        caseCode: '01',
        answers: { caso: '01', placa: plate },
        plate,
        chassis: null,
        renavam: null,
        notifyEmail: operator.email,
        copiedFrom: null,
      },
    )
  })
}
