// Who is told of what, on the real database: bell, letters, choices, typed addresses, digests, private notes, and a real mail server.
import Fastify from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { FAN_OUT, fanOut, forgetOld, releaseHeld, sendDigests } from '#notifications/actions.ts'
import { bellLines, unreadOf } from '#notifications/reads.ts'
import { type Link, linkPath, readLink } from '#notifications/rules/links.ts'
import { followLink, type MailChoice, markRead, putChoice } from '#notifications/store.ts'
import { oneClick } from '#notifications/web/links.tsx'
import type { Actor } from '#shared/kit/actor.ts'
import { DAY_MS } from '#shared/kit/dates.ts'
import { moveTicket } from '#tickets/actions/move-ticket.ts'
import type { Move } from '#tickets/rules/moves.ts'
import { cloneDatabase, type TestDatabase } from '../../tests/support/database.ts'
import { type Cast, castOf, newTicket, visitAs } from '../../tests/support/tickets.ts'

let database: TestDatabase
let cast: Cast
const NOW = new Date()
const place = { url: 'https://eprod.example.com', key: Buffer.alloc(32, 3) }
const SOLUTION = 'O boletim 4821/2026 confere com o registro da placa; o bloqueio foi levantado hoje.'

beforeAll(async () => {
  database = await cloneDatabase()
  cast = await castOf(database)
})
afterAll(() => database?.drop())
beforeEach(async () => {
  await owner('delete from mail.letter')
  await owner(`delete from graphile_worker._private_jobs`)
  await owner('delete from eprod.notification')
  await owner('delete from eprod.mail_choice')
})

const owner = (statement: string) => sql.raw(statement).execute(database.owner.db)
const dbOf = (actor: Actor) => (actor.side === 'staff' ? database.staff.db : database.web.db)
const act = (actor: Actor, id: number, move: Move) =>
  visitAs(dbOf(actor), actor, (tx) => moveTicket({ tx, actor, now: NOW }, id, move))
const choose = (actor: Actor, choice: Partial<MailChoice>) =>
  visitAs(dbOf(actor), actor, (tx) =>
    putChoice(tx, actor, { scope: 'mine', digest: false, lang: 'pt-BR', at: NOW, ...choice }),
  )
/** Runs what the journal's trigger has enqueued, as the worker would; twice, since jobs may run twice. */
async function fanOutAll(): Promise<void> {
  const { rows } = await sql<{ payload: { entries: number[] } }>`
    select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
     where t.identifier = ${FAN_OUT} order by j.id`.execute(database.owner.db)
  for (const { payload } of [...rows, ...rows]) await fanOut(database.worker.db, payload.entries, { place, now: NOW })
  await owner(`delete from graphile_worker._private_jobs`)
}
async function letters(): Promise<
  { to: string; subject: string; text: string; id: string; headers: Record<string, string> }[]
> {
  const { rows } = await sql<{
    to: string
    subject: string
    text: string
    id: string
    headers: Record<string, string>
  }>`
    select recipient as "to", subject, text_part as text, message_id as id, headers from mail.letter order by letter.id`.execute(
    database.owner.db,
  )
  return rows
}
const recipients = async () => (await letters()).map((one) => one.to).sort()
const bell = async (actor: Actor) =>
  (await visitAs(dbOf(actor), actor, (tx) => bellLines(tx, actor.personId, { most: 50 }))).map(
    (line) => 'event' in line && line.event,
  )
async function ticketOf(email: string): Promise<number> {
  const id = await newTicket(database, { ...cast.operator, email }, NOW)
  await owner(`delete from graphile_worker._private_jobs`)
  return id
}

describe('an event', () => {
  it('is told once to each, whatever runs twice: by mail to the requester and writers, at the bell too', async () => {
    const id = await newTicket(database, cast.operator, NOW)
    await fanOutAll()
    await act(cast.colleague, id, { verb: 'follow-up', body: 'Acrescento o contrato.' })
    await fanOutAll()
    await act(cast.analyst, id, { verb: 'solve', outcome: 'granted', body: SOLUTION })
    await fanOutAll()
    const sent = await letters()
    expect(sent.map((one) => [one.to, one.subject.replace(/^\[EPROD \d+ \d+\] /, '')])).toEqual([
      ['operator@example.com', 'Chamado aberto'],
      ['operator@example.com', 'Novo acompanhamento'],
      ['operator@example.com', 'Solução proposta: deferido'],
      ['colleague@example.com', 'Solução proposta: deferido'],
    ])
    expect(await bell(cast.operator)).toEqual(['solve', 'follow-up', 'open'])
    expect(await bell(cast.colleague)).toEqual(['solve'])
    expect(sent.at(-1)?.text).toContain(SOLUTION)
    expect(sent.at(-1)?.text).toContain(`https://eprod.example.com/chamados/${id}`)
    expect(sent.at(-1)?.headers).toMatchObject({
      References: `<chamado-${id}@eprod.example.com>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    })
    expect(new Set(sent.map((one) => one.id)).size).toBe(4)
  })

  it('of a change that was rolled back is told to nobody', async () => {
    const id = await ticketOf(cast.operator.email)
    const failed = visitAs(database.web.db, cast.operator, async (tx) => {
      await moveTicket({ tx, actor: cast.operator, now: NOW }, id, { verb: 'follow-up', body: 'x' })
      throw new Error('rolled back')
    })
    await expect(failed).rejects.toThrow('rolled back')
    const { rows } = await owner('select 1 from graphile_worker._private_jobs')
    expect(rows).toEqual([])
  })

  it('never reaches another institution, and a private note never the institution’s side', async () => {
    const id = await ticketOf(cast.operator.email)
    await choose(cast.stranger, { scope: 'all' })
    await choose(cast.colleague, { scope: 'all' })
    await act(cast.analyst, id, { verb: 'take' })
    await act(cast.secondAnalyst, id, { verb: 'note', body: 'Segredo do setor jurídico.' })
    await fanOutAll()
    expect(await recipients()).toEqual(['analyst@example.com', 'colleague@example.com', 'operator@example.com'])
    expect((await letters()).filter((one) => one.text.includes('Segredo')).map((one) => one.to)).toEqual([
      'analyst@example.com',
    ])
    for (const actor of [cast.operator, cast.colleague, cast.stranger]) expect(await bell(actor)).not.toContain('note')
    expect(await bell(cast.stranger)).toEqual([])
  })
})

describe('a person chooses', () => {
  it('no mail, and keeps the bell', async () => {
    const id = await ticketOf(cast.operator.email)
    await choose(cast.operator, { scope: 'none' })
    await act(cast.analyst, id, { verb: 'follow-up', body: 'Recebido.' })
    await fanOutAll()
    expect(await recipients()).toEqual([])
    expect(await bell(cast.operator)).toEqual(['follow-up'])
  })

  it('the language of letters', async () => {
    const id = await ticketOf(cast.operator.email)
    await choose(cast.operator, { lang: 'en' })
    await act(cast.analyst, id, { verb: 'follow-up', body: 'Recebido.' })
    await fanOutAll()
    expect((await letters())[0]?.subject).toContain('New follow-up')
  })

  it('one letter a day instead of one an event', async () => {
    const id = await ticketOf(cast.operator.email)
    await choose(cast.operator, { digest: true })
    await act(cast.analyst, id, { verb: 'follow-up', body: 'Um.' })
    await act(cast.analyst, id, { verb: 'follow-up', body: 'Dois.' })
    await fanOutAll()
    expect(await recipients()).toEqual([])
    await sendDigests(database.worker.db, { place, now: NOW })
    await sendDigests(database.worker.db, { place, now: NOW })
    expect((await letters()).map((one) => [one.to, one.subject])).toEqual([
      ['operator@example.com', '[EPROD] Resumo do dia: 2 andamentos'],
    ])
  })

  it('what is read at the bell, and nobody else’s', async () => {
    const id = await ticketOf(cast.operator.email)
    await act(cast.analyst, id, { verb: 'follow-up', body: 'Um.' })
    await fanOutAll()
    expect(await unreadOf(database.web.db, cast.operator.personId)).toBe(1)
    await visitAs(database.web.db, cast.colleague, (tx) => markRead(tx, { personId: cast.operator.personId }, NOW))
    expect(await unreadOf(database.web.db, cast.operator.personId)).toBe(1)
    await visitAs(database.web.db, cast.operator, (tx) =>
      markRead(tx, { personId: cast.operator.personId, tickets: [id] }, NOW),
    )
    expect(await unreadOf(database.web.db, cast.operator.personId)).toBe(0)
  })
})

describe('an address typed into the form', () => {
  const typed = 'Gravames@Fora.example.com'
  const address = typed.toLowerCase()
  const institution = () => ({ institutionId: cast.operator.institutionId, address })

  it('that is nobody’s gets one letter without a word of the case, and the rest when it is confirmed', async () => {
    const id = await ticketOf(typed)
    await act(cast.analyst, id, { verb: 'solve', outcome: 'granted', body: SOLUTION })
    await fanOutAll()
    const [first, ...others] = (await letters()).filter((one) => one.to === address)
    expect(others).toEqual([])
    expect(first?.subject).toMatch(/Confirme este endereço/)
    expect(first?.text).not.toContain('boletim')
    const path = /https:\/\/eprod\.example\.com(\/avisos\/confirmar\S+)/.exec(first?.text ?? '')?.[1] ?? ''
    const link = readLink(place, path) as Link
    expect(link).toEqual({ does: 'confirm', ...institution() })
    expect(readLink(place, path.replace('gravames', 'outra'))).toBeUndefined()
    await followLink(database.entry.db, link, NOW)
    await releaseHeld(database.worker.db, institution(), { place, now: NOW })
    await releaseHeld(database.worker.db, institution(), { place, now: NOW })
    const after = (await letters()).filter((one) => one.to === address)
    expect(after.map((one) => one.subject.replace(/^.*\] /, ''))).toEqual([
      'Confirme este endereço',
      'Solução proposta: deferido',
    ])
  })

  it('that nobody confirms within seven days loses what waited', async () => {
    const id = await ticketOf('outra@fora.example.com')
    await act(cast.analyst, id, { verb: 'follow-up', body: 'x' })
    await fanOutAll()
    const held = async () => (await owner('select 1 from eprod.held_letter')).rows.length
    await forgetOld(database.worker.db, new Date(NOW.getTime() + 7 * DAY_MS - 1000))
    expect(await held()).toBe(1)
    await forgetOld(database.worker.db, new Date(NOW.getTime() + 7 * DAY_MS + 1000))
    expect(await held()).toBe(0)
  })

  it('that is stopped by its link gets nothing more', async () => {
    const link: Link = { does: 'stop', ...institution() }
    expect(readLink(place, linkPath(place, link))).toEqual(link)
    await followLink(database.entry.db, link, NOW)
    const id = await ticketOf(typed)
    await act(cast.analyst, id, { verb: 'follow-up', body: 'x' })
    await fanOutAll()
    expect(await recipients()).not.toContain(address)
  })

  it('a person’s own link stops that person’s letters alone', async () => {
    const link: Link = { does: 'stop', personId: cast.operator.personId }
    await followLink(database.entry.db, readLink(place, linkPath(place, link)) as Link, NOW)
    const id = await ticketOf(cast.operator.email)
    await act(cast.colleague, id, { verb: 'follow-up', body: 'x' })
    await act(cast.analyst, id, { verb: 'follow-up', body: 'y' })
    await fanOutAll()
    expect(await recipients()).toEqual(['analyst@example.com', 'colleague@example.com'])
  })

  it('the address of List-Unsubscribe stops them by the post of a mail provider, and opened leads to the page that asks', async () => {
    const app = Fastify()
    oneClick(app, { db: database.entry.db, place, now: () => NOW })
    const page = linkPath(place, { does: 'stop', personId: cast.operator.personId })
    const url = page.replace('/avisos/parar', '/avisos/parar/ja')
    const choices = async () => (await owner('select scope from eprod.mail_choice')).rows
    const opened = await app.inject({ url })
    expect([opened.statusCode, opened.headers.location]).toEqual([303, page])
    expect(await choices()).toEqual([])
    expect((await app.inject({ method: 'POST', url })).statusCode).toBe(200)
    expect(await choices()).toEqual([{ scope: 'none' }])
    await app.close()
  })
})
