// Letters: posted with the change they belong to, sent once, never carrying a header of somebody else's.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { composeLetter } from '#shared/mail/compose.tsx'
import { checkLetter, type Letter } from '#shared/mail/letter.ts'
import { deliver, makePostman, type Postman } from '#shared/mail/postman.ts'
import { forgetLetters, keptLetters, postLetter } from '#shared/mail/store.ts'
import { cloneDatabase, type TestDatabase } from '../../../tests/support/database.ts'
import { type MailServer, startMailServer } from '../../../tests/support/mail-server.ts'

const NOW = new Date('2026-11-23T12:00:00Z')
let database: TestDatabase
let server: MailServer
let postman: Postman
beforeAll(async () => {
  database = await cloneDatabase()
  server = await startMailServer()
  postman = makePostman({ smtpUrl: server.url, from: 'EPROD <nao-responda@eprod.example.com>' })
})
afterEach(async () => {
  server.answer = undefined
  server.received.length = 0
  await database.owner.pool.query('delete from mail.letter')
})
afterAll(async () => {
  postman.close()
  await server.close()
  await database.drop()
})

const letter = (given: Partial<Letter> = {}): Letter => ({
  to: 'mariana.reis@example.com',
  messageId: 'convite-1@eprod.example.com',
  ...composeLetter({
    lang: 'pt-BR',
    subject: 'Convite para o SOE/WEB',
    heading: 'Olá, Mariana',
    paragraphs: ['Você foi convidada & <bem-vinda>.'],
    action: { label: 'Criar a senha', href: 'http://localhost:3000/soe/senha/abc' },
    foot: 'SOE/WEB',
  }),
  ...given,
})
const post = (given?: Partial<Letter>) =>
  database.soe.db.transaction().execute((tx) => postLetter(tx, letter(given), NOW))
const rows = async () => (await database.owner.pool.query('select * from mail.letter order by id')).rows
const jobs = async () =>
  (await database.owner.pool.query(`select id from graphile_worker.jobs where task_identifier = 'mail.send'`)).rows
const send = async (way: Parameters<typeof deliver>[1]['way']) =>
  deliver(database.worker.db, { id: (await rows())[0].id, way, now: NOW })

describe('posting', () => {
  test.each(['worker', 'soe'] as const)('the role %s posts, and a job is added with it', async (role) => {
    const before = (await jobs()).length
    await database[role].db.transaction().execute((tx) => postLetter(tx, letter(), NOW))
    expect(await rows()).toHaveLength(1)
    expect(await jobs()).toHaveLength(before + 1)
  })

  test('no letter and no job is left of a change that was rolled back', async () => {
    const before = (await jobs()).length
    const change = database.soe.db.transaction().execute(async (tx) => {
      await postLetter(tx, letter(), NOW)
      throw new Error('rolled back')
    })
    await expect(change).rejects.toThrow('rolled back')
    expect(await rows()).toEqual([])
    expect(await jobs()).toHaveLength(before)
  })

  test('the same Message-ID posted again is the same letter', async () => {
    await post()
    await post({ subject: 'Outro assunto' })
    expect((await rows()).map((row) => row.subject)).toEqual(['Convite para o SOE/WEB'])
  })

  test.each(['web', 'staff', 'soe'] as const)('the role %s reads no letters', async (role) => {
    await expect(database[role].pool.query('select * from mail.letter')).rejects.toThrow('permission denied')
  })

  test.each<[string, Partial<Letter>]>([
    ['a second address', { to: 'a@example.com, b@example.com' }],
    ['a name with the address', { to: 'A <a@example.com>' }],
    ['a line break in the address', { to: 'a@example.com\r\nBcc: b@example.com' }],
    ['a line break in the subject', { subject: 'Olá\r\nBcc: b@example.com' }],
    ['a line break in the Message-ID', { messageId: 'a@b\r\nBcc: c@d' }],
    ['a Message-ID in brackets', { messageId: '<a@b>' }],
    ['a line break in a header', { headers: { References: '<a@b>\r\nBcc: c@d' } }],
    ['a header the postman writes', { headers: { Bcc: 'b@example.com' } }],
    ['a colon in the name of a header', { headers: { 'X:Bcc': 'b' } }],
  ])('a letter with %s is refused before it is kept', async (_what, given) => {
    expect(() => checkLetter(letter(given))).toThrow()
    await expect(post(given)).rejects.toThrow()
    expect(await rows()).toEqual([])
  })

  test('a subject made of what a person typed is one line', () => {
    const content = { lang: 'pt-BR', heading: 'x', paragraphs: [], foot: 'x' } as const
    expect(composeLetter({ ...content, subject: ' Banco\r\nBcc: x@example.com \u0000 S.A. ' }).subject).toBe(
      'Banco Bcc: x@example.com S.A.',
    )
  })
})

describe('sending', () => {
  test('text and HTML go out under the Message-ID handed in, and are not kept any longer', async () => {
    await post({ headers: { References: '<chamado-1@eprod.example.com>' } })
    await send(postman)
    const [{ raw, to }] = server.received as [MailServer['received'][number]]
    expect(to).toEqual(['mariana.reis@example.com'])
    expect(raw).toContain('Message-ID: <convite-1@eprod.example.com>')
    expect(raw).toContain('From: EPROD <nao-responda@eprod.example.com>')
    expect(raw).toContain('References: <chamado-1@eprod.example.com>')
    expect(raw).toContain('Auto-Submitted: auto-generated')
    expect(raw).toMatch(/Content-Type: text\/plain[\s\S]*Content-Type: text\/html/)
    const plain = raw.replace(/=\r\n/g, '').replaceAll('=3D', '=')
    expect(plain).toContain('convidada &amp; &lt;bem-vinda')
    expect(plain).toContain('http://localhost:3000/soe/senha/abc')
    expect(await rows()).toMatchObject([{ state: 'sent', text_part: null, html_part: null }])
  })

  test('a job that runs twice sends once', async () => {
    await post()
    await send(postman)
    await send(postman)
    expect(server.received).toHaveLength(1)
  })

  test('while the server is busy the letter waits, and goes out under the same Message-ID', async () => {
    await post()
    server.answer = 451
    await expect(send(postman)).rejects.toThrow()
    expect(await rows()).toMatchObject([{ state: 'waiting' }])
    server.answer = undefined
    await send(postman)
    expect(server.received).toHaveLength(1)
  })

  test('an address the server refuses for good is not tried again, and what it said is kept', async () => {
    await post()
    server.answer = 550
    await send(postman)
    expect(await rows()).toMatchObject([{ state: 'failed', failure: expect.stringContaining('550') }])
  })

  test('a server that is away is tried again later', async () => {
    await post()
    const away = makePostman({ smtpUrl: 'smtp://127.0.0.1:9', from: 'x@example.com' })
    await expect(send(away)).rejects.toThrow()
    away.close()
    expect(await rows()).toMatchObject([{ state: 'waiting' }])
  })
})

describe('without a mail server', () => {
  test('the demonstration keeps letters to be shown', async () => {
    await post()
    expect(await keptLetters(database.entry.db)).toEqual([])
    await send('keep')
    expect(await keptLetters(database.entry.db)).toMatchObject([
      { to: 'mariana.reis@example.com', subject: 'Convite para o SOE/WEB', at: NOW },
    ])
  })

  test('a real installation shows none: they wait until there is a server', async () => {
    await post()
    await expect(send('wait')).rejects.toThrow('SMTP_URL')
    expect(await keptLetters(database.entry.db)).toEqual([])
  })

  test('what is done with is forgotten in time, what waits is not', async () => {
    await post()
    await send('keep')
    await post({ messageId: 'convite-2@eprod.example.com' })
    await forgetLetters(database.worker.db, new Date(NOW.getTime() + 1))
    expect((await rows()).map((row) => row.message_id)).toEqual(['convite-2@eprod.example.com'])
  })
})
