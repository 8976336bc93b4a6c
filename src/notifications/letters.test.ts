// What letters say: whoever reads the letter alone knows what was asked or decided, by when, and what happens otherwise.
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { FAN_OUT, fanOut, sendDigests } from '#notifications/actions.ts'
import { putChoice } from '#notifications/store.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { DAY_MS, showInstant } from '#shared/kit/dates.ts'
import { remindOfDeadlines } from '#tickets/actions/fire-deadlines.ts'
import { moveTicket } from '#tickets/actions/move-ticket.ts'
import type { Move } from '#tickets/rules/moves.ts'
import { cloneDatabase, type TestDatabase } from '../../tests/support/database.ts'
import { type Cast, castOf, newTicket, visitAs } from '../../tests/support/tickets.ts'

let database: TestDatabase
let cast: Cast
const NOW = new Date()
const place = { url: 'https://eprod.example.com', key: Buffer.alloc(32, 3) }
const SOLUTION = 'O boletim 4821/2026 não confere com o registro da placa; o bloqueio continua.'
const QUESTION = 'Envie a procuração de novo, inteira.'

beforeAll(async () => {
  database = await cloneDatabase()
  cast = await castOf(database)
})
afterAll(() => database?.drop())
beforeEach(() =>
  owner('delete from mail.letter; delete from graphile_worker._private_jobs; delete from eprod.mail_choice'),
)

const owner = (statement: string) => sql.raw<Record<string, unknown>>(statement).execute(database.owner.db)
async function act(actor: Actor, id: number, move: Move): Promise<void> {
  const db = actor.side === 'staff' ? database.staff.db : database.web.db
  const done = await visitAs(db, actor, (tx) => moveTicket({ tx, actor, now: NOW }, id, move))
  expect(done.ok).toBe(true)
}
async function ask(id: number): Promise<void> {
  const { rows } = await owner(`select id from eprod.waiting_type where name->>'pt-BR' <> '' order by id limit 1`)
  await act(cast.analyst, id, {
    verb: 'ask',
    body: QUESTION,
    waitingTypeId: Number(rows[0]?.id),
    waitingReason: 'Falta a procuração',
    documents: [{ document: 'procuracao', fault: 'illegible' }],
  })
}
async function fanOutAll(): Promise<void> {
  const { rows } = await sql<{ payload: { entries: number[] } }>`
    select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
     where t.identifier = ${FAN_OUT} order by j.id`.execute(database.owner.db)
  for (const { payload } of rows) await fanOut(database.worker.db, payload.entries, { place, now: NOW })
  await owner('delete from graphile_worker._private_jobs')
}
/** What went to the operator, the newest last, without what came before. */
async function letters(): Promise<{ subject: string; text: string; html: string }[]> {
  await fanOutAll()
  const { rows } = await owner(`select subject, text_part as text, html_part as html from mail.letter
    where recipient = 'operator@example.com' order by id`)
  await owner('delete from mail.letter')
  return rows.map(({ subject, text, html }) => ({
    subject: String(subject).replace(/^\[EPROD[^\]]*\] /, ''),
    text: String(text),
    html: String(html),
  }))
}
async function ticket(): Promise<number> {
  const id = await newTicket(database, cast.operator, NOW)
  await letters()
  return id
}
const dueOf = async (id: number) =>
  showInstant((await owner(`select due_at from eprod.ticket where id = ${id}`)).rows[0]?.due_at as Date)

describe('a letter', () => {
  it('of a request says the waiting type, the reason, which documents with their fault, and what silence does', async () => {
    const id = await ticket()
    await ask(id)
    const [letter] = await letters()
    const due = await dueOf(id)
    expect(letter?.subject).toBe('O DETRAN-RS pede informação')
    expect(letter?.text).toContain(QUESTION)
    expect(letter?.text).toMatch(/Tipo de espera: \S/)
    expect(letter?.text).toContain('Motivo: Falta a procuração')
    expect(letter?.text).toContain('Documentos a substituir: Procuração ou prova de poderes: Ilegível')
    expect(letter?.text).toContain(`Prazo até: ${due}`)
    expect(letter?.text).toContain(`Sem resposta até ${due}, o chamado passa a Solucionado`)
    expect(letter?.html).toContain('Ilegível')
  })

  it('of a solution says in subject and heading how it was decided, and that it is to be approved or refused', async () => {
    const subjects: string[] = []
    for (const outcome of ['granted', 'denied'] as const) {
      const id = await ticket()
      await act(cast.analyst, id, { verb: 'solve', outcome, body: SOLUTION })
      const [letter] = await letters()
      subjects.push(letter?.subject ?? '')
      expect(letter?.text.split('\n')[0]).toBe(letter?.subject)
      expect(letter?.text).toContain(`Resultado: ${outcome === 'granted' ? 'deferido' : 'indeferido'}`)
      expect(letter?.text).toContain('aprova ou recusa a solução')
      expect(letter?.text).toContain(`Sem resposta até ${await dueOf(id)}, ele é fechado automaticamente`)
    }
    expect(subjects).toEqual(['Solução proposta: deferido', 'Solução proposta: indeferido'])
  })

  it('of a reminder says again what was asked and what silence does', async () => {
    const id = await ticket()
    await ask(id)
    await letters()
    await remindOfDeadlines(database.worker.db, new Date(NOW.getTime() + 6 * DAY_MS + 1000))
    const [letter] = await letters()
    expect(letter?.subject).toMatch(/^Prazo perto do fim/)
    expect(letter?.text).toContain(`O que foi pedido:\n\n${QUESTION}`)
    expect(letter?.text).toContain('Documentos a substituir: Procuração ou prova de poderes: Ilegível')
    expect(letter?.text).toContain('Sem resposta até')
  })

  it('of anything else on a ticket that has a deadline says when it ends, and without one says nothing of it', async () => {
    const id = await ticket()
    await ask(id)
    await letters()
    await act(cast.analyst, id, { verb: 'follow-up', body: 'Um lembrete.' })
    expect((await letters())[0]?.text).toContain(`Prazo até: ${await dueOf(id)}`)
    await act(cast.colleague, id, { verb: 'answer', body: 'Aqui está.' })
    expect((await letters())[0]?.text).not.toContain('Prazo até')
  })

  it('of the day is grouped by ticket: title, institution, what happened, due instant and link, what is due first', async () => {
    const at = { scope: 'mine', digest: true, lang: 'pt-BR', at: NOW } as const
    await visitAs(database.web.db, cast.operator, (tx) => putChoice(tx, cast.operator, at))
    const [quiet, due] = [await ticket(), await ticket()]
    await act(cast.analyst, quiet, { verb: 'follow-up', body: 'Um.' })
    await act(cast.analyst, due, { verb: 'follow-up', body: 'Dois.' })
    await act(cast.analyst, quiet, { verb: 'follow-up', body: 'Três.' })
    await act(cast.analyst, due, { verb: 'solve', outcome: 'granted', body: SOLUTION })
    await fanOutAll()
    await sendDigests(database.worker.db, { place, now: NOW })
    const [letter] = await letters()
    const text = letter?.text ?? ''
    expect(letter?.subject).toContain('4 andamentos')
    for (const id of [quiet, due]) expect(text.split(`https://eprod.example.com/chamados/${id}\n`)).toHaveLength(2)
    expect(text.indexOf(`/chamados/${due}`)).toBeLessThan(text.indexOf(`/chamados/${quiet}`))
    expect(text).toMatch(/\d · Veículo com Furto\/Roubo - TST/)
    expect(text).toContain(`11222333000181 · Prazo até ${await dueOf(due)}`)
    expect(text).toMatch(/ · Solução proposta: deferido · analyst\n/)
    expect(letter?.html).toContain(`href="https://eprod.example.com/chamados/${due}"`)
  })
})
