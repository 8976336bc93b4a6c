// Files and their owners: laid by, claimed and numbered, seen only by whom they are for.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addToDraft, addUnsentToTicket, claimForTicket, removeUnsent } from '#attachments/actions.ts'
import { createFileStore, type FileStore } from '#attachments/files.ts'
import { fileOfTicket, filesOfTicket, unsentFiles } from '#attachments/reads.ts'
import { draftFromTicket, openDraft } from '#forms/actions.ts'
import { draftById } from '#forms/reads.ts'
import type { Tx } from '#shared/db/connect.ts'
import type { Actor } from '#shared/kit/actor.ts'
import { Refusal } from '#shared/refusals.ts'
import { cloneDatabase, type TestDatabase } from '../../tests/support/database.ts'
import { type Cast, castOf, newTicket, visitAs } from '../../tests/support/tickets.ts'

const now = new Date('2026-11-23T20:54:00Z')
let database: TestDatabase
let cast: Cast
let folder: string
let store: FileStore
beforeAll(async () => {
  database = await cloneDatabase()
  cast = await castOf(database)
  folder = await mkdtemp(join(tmpdir(), 'eprod-claims-'))
  store = await createFileStore(folder)
})
afterAll(async () => {
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

const as = <T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> =>
  visitAs(actor.side === 'staff' ? database.staff.db : database.web.db, actor, work)

async function layBy(actor: Actor, ticketId: number, text: string) {
  const content = Buffer.from(`%PDF-1.7\n${text}`)
  const file = await store.receive(Readable.from([content]), { field: 'arquivos', name: `${text}.pdf`, limit: 1e6 })
  const place = { ticketId, institutionId: cast.operator.institutionId }
  return await as(actor, (tx) => addUnsentToTicket({ tx, actor, store, now }, file, place))
}
const followUp = (ticketId: number, kind: 'follow-up' | 'note', author: Actor) =>
  as(author, async (tx) => {
    const row = await tx
      .insertInto('eprod.follow_up')
      .values({
        ticket_id: ticketId,
        institution_id: cast.operator.institutionId,
        kind,
        author_id: author.personId,
        body: 'x',
        created_at: now,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    return row.id
  })
const claim = (actor: Actor, ticketId: number, followUpId: number, staffOnly = false) =>
  as(actor, async (tx) => {
    await tx.selectFrom('eprod.ticket').select('id').where('id', '=', ticketId).forUpdate().execute()
    const files = (await unsentFiles(tx, { ticketId, personId: actor.personId })).map((file) => file.id)
    return await claimForTicket(tx, { ticketId, followUpId, unsentOf: actor.personId, files, staffOnly })
  })
const seenBy = async (actor: Actor, ticketId: number) =>
  (await as(actor, (tx) => filesOfTicket(tx, ticketId))).map((file) => [file.n, file.name])

describe('files laid by for a follow-up', () => {
  it('are one’s own until they go with it, then the ticket’s, numbered on', async () => {
    const ticketId = await newTicket(database, cast.operator, now)
    await layBy(cast.operator, ticketId, 'um')
    await layBy(cast.operator, ticketId, 'dois')
    await layBy(cast.operator, ticketId, 'um')
    await layBy(cast.colleague, ticketId, 'do colega')
    const own = { ticketId, personId: cast.operator.personId }
    const unsent = await as(cast.operator, (tx) => unsentFiles(tx, own))
    expect(unsent.map((file) => file.name)).toEqual(['um.pdf', 'dois.pdf'])
    expect(await seenBy(cast.operator, ticketId)).toEqual([])
    expect(await claim(cast.operator, ticketId, await followUp(ticketId, 'follow-up', cast.operator))).toHaveLength(2)
    expect(await claim(cast.colleague, ticketId, await followUp(ticketId, 'follow-up', cast.colleague))).toHaveLength(1)
    expect(await seenBy(cast.operator, ticketId)).toEqual([
      [1, 'um.pdf'],
      [2, 'dois.pdf'],
      [3, 'do colega.pdf'],
    ])
  })
  it('may be removed before, never after', async () => {
    const ticketId = await newTicket(database, cast.operator, now)
    const added = await layBy(cast.operator, ticketId, 'removível')
    const id = added.ok ? added.value.id : ''
    const own = { id, ticketId, personId: cast.operator.personId }
    await as(cast.colleague, (tx) => removeUnsent(tx, { ...own, personId: cast.colleague.personId }))
    expect(await as(cast.operator, (tx) => unsentFiles(tx, own))).toHaveLength(1)
    await claim(cast.operator, ticketId, await followUp(ticketId, 'follow-up', cast.operator))
    await as(cast.operator, (tx) => removeUnsent(tx, own))
    expect(await seenBy(cast.operator, ticketId)).toHaveLength(1)
    await expect(database.owner.db.deleteFrom('eprod.attachment').where('id', '=', id).execute()).rejects.toThrow(
      'never removed',
    )
    await expect(
      database.owner.db.updateTable('eprod.attachment').set({ n: 9 }).where('id', '=', id).execute(),
    ).rejects.toThrow('never changes')
  })
  it('of staff stay unseen by the institution, unless the follow-up is public', async () => {
    const ticketId = await newTicket(database, cast.operator, now)
    await layBy(cast.analyst, ticketId, 'da equipe')
    expect(
      await as(cast.operator, (tx) =>
        tx.selectFrom('eprod.attachment').select('id').where('ticket_id', '=', ticketId).execute(),
      ),
    ).toEqual([])
    await claim(cast.analyst, ticketId, await followUp(ticketId, 'note', cast.analyst), true)
    await layBy(cast.analyst, ticketId, 'pública')
    await claim(cast.analyst, ticketId, await followUp(ticketId, 'follow-up', cast.analyst))
    expect(await seenBy(cast.operator, ticketId)).toEqual([[2, 'pública.pdf']])
    expect(await as(cast.operator, (tx) => fileOfTicket(tx, ticketId, 1))).toBeUndefined()
    expect(await seenBy(cast.analyst, ticketId)).toHaveLength(2)
  })
  it('of another institution’s ticket cannot be laid by nor seen', async () => {
    const ticketId = await newTicket(database, cast.operator, now)
    await expect(layBy(cast.stranger, ticketId, 'estranho')).rejects.toThrow()
    await layBy(cast.operator, ticketId, 'nosso')
    await claim(cast.operator, ticketId, await followUp(ticketId, 'follow-up', cast.operator))
    expect(await seenBy(cast.stranger, ticketId)).toEqual([])
  })
})

describe('files of a form', () => {
  it('are numbered in the order of its documents, however they arrived', async () => {
    const { operator } = cast
    const ticketId = await newTicket(database, operator, now)
    await as(operator, async (tx) => {
      const draftId = await openDraft({ tx, actor: operator, now }, 'instituicoes-financeiras')
      for (const document of ['bo', 'procuracao', 'requerimento']) {
        const content = Buffer.from(`%PDF-1.7\n${document}`)
        const received = { field: 'arquivo', name: `${document}.pdf`, limit: 1e6 }
        const file = await store.receive(Readable.from([content]), received)
        const rule = { kinds: ['pdf'] as const, maxBytes: 1e6 }
        await addToDraft({ tx, actor: operator, store, now }, file, { draftId, document, rule, most: 1 })
      }
      await claimForTicket(tx, { draftId, ticketId, documents: ['requerimento', 'procuracao', 'bo'] })
    })
    expect(await seenBy(operator, ticketId)).toEqual([
      [1, 'requerimento.pdf'],
      [2, 'procuracao.pdf'],
      [3, 'bo.pdf'],
    ])
  })
})

describe('a new draft from a ticket', () => {
  const filler = (tx: Tx, actor: Actor) => ({ tx, actor, now })
  it('has its answers and remembers it; asked for again it is the same', async () => {
    const ticketId = await newTicket(database, cast.operator, now)
    const id = await as(cast.operator, (tx) => draftFromTicket(filler(tx, cast.operator), ticketId))
    expect(await as(cast.operator, (tx) => draftFromTicket(filler(tx, cast.operator), ticketId))).toBe(id)
    const draft = await as(cast.operator, (tx) => draftById(tx, id))
    expect(draft).toMatchObject({ copiedFrom: ticketId, filedAs: null, answers: { caso: '01' } })
  })
  it('is refused to another institution as to a ticket that does not exist', async () => {
    const ticketId = await newTicket(database, cast.operator, now)
    const tried = as(cast.stranger, (tx) => draftFromTicket(filler(tx, cast.stranger), ticketId))
    await expect(tried).rejects.toThrow(new Refusal('not-found'))
  })
  it('is none of the staff’s business, nor is any draft', async () => {
    const tried = as(cast.analyst, (tx) => openDraft(filler(tx, cast.analyst), 'instituicoes-financeiras'))
    await expect(tried).rejects.toThrow(new Refusal('not-for-your-side'))
  })
})
