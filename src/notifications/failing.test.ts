// An address that letters do not reach: its person is told at the bell and beside the choices, a typed one on its ticket, the
// administrator among the jobs; until a letter goes through or the address is another.
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { deliver, makePostman, type Postman } from '#shared/mail/postman.ts'
import { postLetter } from '#shared/mail/store.ts'
import {
  BANK,
  type DraftSite,
  draftOf,
  type Person,
  startDraftSite,
  theft,
  theftFiles,
} from '../../tests/support/draft-site.ts'
import { type MailServer, startMailServer } from '../../tests/support/mail-server.ts'

const STAFF = '03847655000198'
const OWN = 'Ana@banco.example.com'
const TYPED = 'setor@fora.example.com'
const TOLD = 'Os e-mails não chegam'
let site: DraftSite
let server: MailServer
let postman: Postman
let ana: Person
let ticket: string
beforeAll(async () => {
  site = await startDraftSite()
  server = await startMailServer()
  postman = makePostman({ smtpUrl: server.url, from: 'nao-responda@eprod.example.com' })
  ana = await site.person({ cpf: '11144477735', cnpj: BANK, classes: [122, 151], email: OWN })
  const fields = { ...theft, email: TYPED, acao: 'enviar' }
  ticket = (await ana.post(await draftOf(ana), fields, theftFiles)).location.replace(/\?.*/, '')
})
afterAll(async () => {
  postman.close()
  await Promise.all([server.close(), site.close()])
})
beforeEach(async () => {
  await owner('delete from eprod.failing_address; delete from eprod.notification; delete from mail.letter')
})

const owner = (statement: string) => sql.raw<Record<string, unknown>>(statement).execute(site.database.owner.db)
let letters = 0
/** Posts a letter and has it sent once. `answer`: what the mail server says to the recipient. */
async function sent(to: string, answer: number | undefined, last = false): Promise<void> {
  const letter = { to, messageId: `aviso-${++letters}-x@y.example.com`, subject: 'Aviso', text: 'a', html: 'a' }
  const { db } = site.database.worker
  await db.transaction().execute((tx) => postLetter(tx, letter, site.clock.now))
  const { rows } = await owner('select max(id)::int as id from mail.letter')
  server.answer = answer
  await deliver(db, { id: Number(rows[0]?.id), way: postman, now: site.clock.now, last }).catch(() => {})
}
const body = async (person: Person, path: string) => (await person.get(path)).body

it('whose address refuses letters is told once at the bell and, until one goes through, what to do', async () => {
  expect(await body(ana, '/avisos')).not.toContain(TOLD)
  await sent(OWN, 550)
  await sent(OWN, 550)
  const bell = await body(ana, '/avisos')
  expect(bell).toMatch(
    new RegExp(`notice-title">${TOLD} ao seu endereço.*${OWN.toLowerCase()}.*usuário master.*respondeu: .*550`, 's'),
  )
  expect(bell.match(/<li class="unread">/g)).toHaveLength(1)
  const line = /href="(\/avisos\/\d+)"/.exec(bell)?.[1] ?? ''
  expect((await ana.get(line)).location).toBe('/preferencias#avisos')
  expect(await body(ana, '/preferencias')).toContain(TOLD)
  await sent(OWN, undefined)
  expect(await body(ana, '/avisos')).not.toContain('notice-title')
})

it('a letter that may be tried again says nothing of its address; the last try does', async () => {
  await sent(OWN, 450)
  expect(await body(ana, '/preferencias')).not.toContain(TOLD)
  await sent(OWN, 450, true)
  expect(await body(ana, '/preferencias')).toContain(TOLD)
})

it('who has another address now has left the one that failed', async () => {
  await sent(OWN, 550)
  await owner(`update eprod.person set email = 'ana.nova@banco.example.com' where id = ${ana.personId}`)
  expect(await body(ana, '/preferencias')).not.toContain(TOLD)
  const administrator = await site.person({ cpf: '16899535009', cnpj: STAFF, classes: [904] })
  expect(await body(administrator, '/admin/jobs')).not.toContain('Endereços a que')
  await owner(`update eprod.person set email = '${OWN}' where id = ${ana.personId}`)
})

it('a typed address tells it on its ticket, and beside the way to correct it', async () => {
  await sent(TYPED, 550)
  expect(await body(ana, ticket)).toContain('setor<wbr>@fora.example.com (não confirmado; e-mails não chegam)')
  expect(await body(ana, `${ticket}/email`)).toContain(`${TOLD} a ${TYPED}`)
  expect(await body(ana, '/preferencias')).not.toContain(TOLD)
  await ana.post(`${ticket}/email`, { acao: 'corrigir', email: 'certo@fora.example.com' })
  expect(await body(ana, ticket)).not.toContain('e-mails não chegam')
})

it('another institution sees nothing of it, and the administrator sees address, person and answer', async () => {
  await sent(OWN, 550)
  const stranger = await site.person({ cpf: '71460238001', cnpj: '12ABC34501DE35', classes: [122, 151] })
  const read = async (person: Person) =>
    await site.database.web.db.transaction().execute(async (tx) => {
      await sql`select set_config('eprod.person', ${String(person.personId)}, true),
                       set_config('eprod.institution', ${String(person.institutionId)}, true)`.execute(tx)
      return (await sql`select address from eprod.failing_address`.execute(tx)).rows.length
    })
  expect([await read(ana), await read(stranger)]).toEqual([1, 0])
  const administrator = await site.person({ cpf: '16899535009', cnpj: STAFF, classes: [904] })
  expect(await body(administrator, '/admin/jobs')).toMatch(
    /Endereços a que os e-mails não chegam.*ana@banco\.example\.com.*Pessoa 11144477735.*550/s,
  )
})
