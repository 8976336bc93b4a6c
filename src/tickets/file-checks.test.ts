// Files are checked by jobs of the real worker: what their pages then say, what a document refuses, and that with a scanner
// nothing opens until it was found clean.
import { Logger, runOnce } from 'graphile-worker'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { tasksOf } from '#app/worker.ts'
import { scannerAt, sweepChecks } from '#attachments/checks.ts'
import { plainPdf } from '#shared/kit/plain-pdf.ts'
import { type ClamdServer, EICAR, honest, startClamd } from '../../tests/support/clamd-server.ts'
import {
  BANK,
  type DraftSite,
  draftOf,
  errorsIn,
  OTHER_BANK,
  type Person,
  type Sent,
  startDraftSite,
  theft,
} from '../../tests/support/draft-site.ts'

let site: DraftSite
let clamd: ClamdServer
let ana: Person
let eva: Person
let rui: Person
/** What the scanner answers. */
let answer: (content: Buffer) => string | undefined = honest

beforeAll(async () => {
  site = await startDraftSite({ quarantine: true })
  // The form's own police report refuses by every check but the plate's.
  const { owner } = site.database
  await sql`update eprod.form_version set status = 'retired', retired_at = now()`.execute(owner.db)
  await sql`insert into eprod.form_version (form_id, number, status, published_at, definition)
    select form_id, 2, 'published', now(), replace(definition::text, '"key": "bo",',
      '"key": "bo", "maxPages": 2, "refuses": ["encrypted", "opens", "pages"],')::jsonb from eprod.form_version`.execute(
    owner.db,
  )
  clamd = await startClamd((content) => answer(content))
  ana = await site.person({ cpf: '11144477735', cnpj: BANK, classes: [122, 151] })
  eva = await site.person({ cpf: '15350946056', cnpj: OTHER_BANK, classes: [122, 151] })
  rui = await site.person({ cpf: '93541134780', cnpj: '03847655000198', classes: [901] })
})
afterAll(async () => {
  await clamd.close()
  await site.close()
})
afterEach(() => {
  answer = honest
})

/** Runs every job that waits, as the worker would. `scanner` '': the worker has none. */
async function work(scanner = clamd.url): Promise<void> {
  const { worker, web, staff } = site.database
  const { db, pool } = worker
  const sides = { institution: web.db, staff: staff.db }
  const place = { url: 'http://localhost:3000', key: Buffer.alloc(32, 9) }
  const doors = {
    db,
    sides,
    pool,
    store: site.store,
    scanner: scannerAt(scanner || undefined),
    mail: 'keep',
    place,
  } as const
  const taskList = tasksOf({ ...doors, now: () => site.clock.now })
  await runOnce({ pgPool: pool, taskList, noPreparedStatements: true, logger: silent })
}
const silent = new Logger(() => () => {})
const jobs = async (which: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from graphile_worker.jobs where ${sql.raw(which)}`.execute(site.database.owner.db)
  return rows[0]?.n ?? 0
}

const CHECKS = "task_identifier = 'attachments.check-file'"
let files = 0
/** A document of one page whose content is its own. */
function document(...lines: string[]): Buffer {
  files += 1
  return plainPdf([`documento ${files}`, ...lines])
}
const put = async (draft: string, key: string, content: Buffer): Promise<Sent> =>
  await ana.post(draft, { ...theft, acao: 'salvar' }, [[`arquivo:${key}`, `${key}.pdf`, content]])
const shown = async (draft: string, key: string, person = ana): Promise<Sent> =>
  await person.ask('GET', `/envios?rascunho=${draft.split('/').at(-1)}&documento=${key}`)
/** Files a request with these two documents; answers the ticket's address. */
async function filed(application: Buffer, report = document()): Promise<string> {
  const draft = await draftOf(ana)
  await put(draft, 'requerimento', application)
  await put(draft, 'bo', report)
  await work()
  const sent = await ana.post(draft, { ...theft, acao: 'enviar' })
  return sent.location.replace(/\?.*/, '')
}

describe('a file of a draft', () => {
  it('is checked after it has come, and its row tells what was found', async () => {
    const draft = await draftOf(ana)
    await put(draft, 'requerimento', document('Placa ABC-1234'))
    const before = JSON.parse((await shown(draft, 'requerimento')).body)
    expect(before.files).toMatchObject([{ waiting: true, facts: expect.stringContaining('conferindo…'), note: '' }])
    await work()
    const [file] = JSON.parse((await shown(draft, 'requerimento')).body).files
    expect(file).toMatchObject({ waiting: false, note: '' })
    expect(file.facts).toMatch(/enviado · 1 página · placa ou chassi no texto · sem vírus$/)
    expect((await ana.get(draft)).body).toContain('1 página · placa ou chassi no texto · sem vírus')
  })
  it('is compared with the plate as it is typed now', async () => {
    const draft = await draftOf(ana)
    await put(draft, 'requerimento', document('Placa ABC-1234'))
    await work()
    await ana.post(`${draft}/salvar`, { placa: 'XYZ9A87', chassi: '' })
    expect((await ana.get(draft)).body).toContain('sem a placa e o chassi no texto')
  })
  it('is nobody else’s to ask about', async () => {
    const draft = await draftOf(ana)
    await put(draft, 'requerimento', document())
    expect((await shown(draft, 'requerimento', eva)).status).toBe(404)
    expect((await shown(draft, 'requerimento', rui)).status).toBe(403)
  })
  it('is sent whatever is wrong with it, where its document only warns', async () => {
    const draft = await draftOf(ana)
    await put(draft, 'requerimento', Buffer.from('%PDF-1.7\nquebrado\n%%EOF'))
    await put(draft, 'bo', document())
    await work()
    expect((await ana.get(draft)).body).toContain('O arquivo não abre: parece danificado.')
    expect((await ana.post(draft, { ...theft, acao: 'enviar' })).location).toMatch(/^\/chamados\/\d+/)
  })
  it('is refused at filing where its document says so, with a sentence there and nothing lost', async () => {
    const draft = await draftOf(ana)
    await put(draft, 'requerimento', document())
    await put(draft, 'bo', Buffer.from('%PDF-1.7\nquebrado também\n%%EOF'))
    const early = await ana.post(draft, { ...theft, acao: 'enviar' })
    expect([early.status, errorsIn(early.body)]).toEqual([422, ['#d-requerimento', '#d-bo']])
    expect(early.body).toContain('ainda está sendo conferido')
    await work()
    const sent = await ana.post(draft, { ...theft, acao: 'enviar' })
    expect([sent.status, errorsIn(sent.body)]).toEqual([422, ['#d-bo']])
    expect(sent.body).toContain('O arquivo “bo.pdf” não abre')
    expect(sent.body).toContain('requerimento.pdf')
    await put(draft, 'bo', document())
    await work()
    expect((await ana.post(draft, { ...theft, acao: 'enviar' })).location).toMatch(/^\/chamados\/\d+/)
  })
  it('is not waited for longer than a minute when no worker looks', async () => {
    const draft = await draftOf(ana)
    await put(draft, 'requerimento', document())
    await put(draft, 'bo', document())
    site.clock.now = new Date(site.clock.now.getTime() + 61_000)
    expect((await ana.post(draft, { ...theft, acao: 'enviar' })).location).toMatch(/^\/chamados\/\d+/)
    await work()
  })
})

describe('with a scanner', () => {
  it('a file opens only once it was found clean', async () => {
    answer = () => undefined
    const draft = await draftOf(ana)
    await put(draft, 'requerimento', document())
    await put(draft, 'bo', document())
    site.clock.now = new Date(site.clock.now.getTime() + 61_000)
    const { location } = await ana.post(draft, { ...theft, acao: 'enviar' })
    const ticket = location.replace(/\?.*/, '')
    for (const person of [ana, rui]) {
      const shut = await person.get(`${ticket}/documentos/1`)
      expect([shut.status, shut.headers['content-type']]).toEqual([409, expect.stringContaining('text/html')])
      expect(shut.body).toContain('Arquivo em quarentena')
    }
    answer = honest
    await work()
    for (const person of [ana, rui]) expect((await person.get(`${ticket}/documentos/1`)).status).toBe(200)
  })
  it('that is away or talks nonsense the file stays closed and says so, until a later try', async () => {
    const ticket = await (async () => {
      answer = () => 'garbage\0'
      return await filed(document())
    })()
    for (const person of [ana, rui]) {
      expect((await person.get(ticket)).body).toContain('Em quarentena: o antivírus não respondeu')
      expect((await person.get(`${ticket}/documentos/1`)).status).toBe(409)
    }
    expect(await jobs(CHECKS)).toBe(2)
    answer = honest
    const { db } = site.database.worker
    expect(await sweepChecks({ db, scanner: scannerAt(clamd.url) })).toBe(2)
    await work()
    expect(await jobs(CHECKS)).toBe(0)
    const page = await ana.get(ticket)
    expect(page.body).not.toContain('Em quarentena')
    expect((await ana.get(`${ticket}/documentos/1`)).status).toBe(200)
  })
  it('a virus keeps a draft from being filed', async () => {
    const draft = await draftOf(ana)
    await put(draft, 'requerimento', Buffer.concat([document(), Buffer.from(EICAR)]))
    await put(draft, 'bo', document())
    await work()
    expect((await ana.get(draft)).body).toContain('O antivírus encontrou um vírus (Eicar-Test-Signature)')
    const sent = await ana.post(draft, { ...theft, acao: 'enviar' })
    expect([sent.status, errorsIn(sent.body)]).toEqual([422, ['#d-requerimento']])
  })
  it('a virus found after filing closes the file for good and is told to whoever filed it', async () => {
    answer = () => 'garbage\0'
    const infected = Buffer.concat([document(), Buffer.from(EICAR)])
    const ticket = await filed(infected)
    answer = honest
    await sweepChecks({ db: site.database.worker.db, scanner: scannerAt(clamd.url) })
    await work()
    const shut = await rui.get(`${ticket}/documentos/1`)
    expect([shut.status, shut.body.includes('Arquivo com vírus')]).toEqual([403, true])
    const page = (await ana.get(ticket)).body
    expect(page).toContain('O antivírus encontrou um vírus (Eicar-Test-Signature)')
    expect(page).not.toContain(`href="${ticket}/documentos/1"`)
    expect(page).toContain(`href="${ticket}/documentos/2"`)
    const { rows } = await sql<{ event: string; recipient: string }>`
      select n.event, l.recipient from eprod.notification n join mail.letter l on l.text_part like '%vírus%'
       where n.event = 'infected' and n.person_id = ${ana.personId}
         and l.recipient = '11144477735@example.com'`.execute(site.database.owner.db)
    expect(rows).toHaveLength(1)
  })
  it('a virus sent with a message keeps the message here, with what was typed', async () => {
    const ticket = await filed(document())
    const infected = Buffer.concat([document(), Buffer.from(EICAR)])
    const carried = await ana.post(`${ticket}/envios`, {}, [['arquivo', 'novo.pdf', infected]])
    const { id } = JSON.parse(carried.body).files[0]
    await work()
    expect(JSON.parse((await ana.ask('GET', `${ticket}/envios`)).body).files[0].note).toContain('Eicar-Test-Signature')
    const sent = await ana.post(`${ticket}/acompanhamentos`, { texto: 'Segue o documento.', anexo: id })
    expect(sent.status).toBe(422)
    expect(sent.body).toContain('Remova o arquivo e envie outro.')
    expect(sent.body).toContain('Segue o documento.')
  })
})

it('without a scanner files are marked so; once there is one they are scanned', async () => {
  const draft = await draftOf(ana)
  await put(draft, 'requerimento', document())
  await work('')
  expect((await ana.get(draft)).body).toContain('não verificado contra vírus')
  const { db } = site.database.worker
  expect(await sweepChecks({ db, scanner: undefined })).toBe(0)
  expect(await sweepChecks({ db, scanner: scannerAt(clamd.url) })).toBe(1)
  await work()
  expect((await ana.get(draft)).body).toContain('sem vírus')
})

it('what is known of a file is shown by its own walls alone', async () => {
  await put(await draftOf(ana), 'requerimento', document())
  const known = async (person: Person, side: 'web' | 'staff') =>
    await site.database[side].db.transaction().execute(async (tx) => {
      await sql`select set_config('eprod.person', ${String(person.personId)}, true),
        set_config('eprod.institution', ${String(person.institutionId)}, true)`.execute(tx)
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from eprod.file_check c
        where not exists (select from eprod.attachment a where a.sha256 = c.sha256)`.execute(tx)
      const all = await sql<{ n: number }>`select count(*)::int as n from eprod.file_check`.execute(tx)
      return [all.rows[0]?.n, rows[0]?.n]
    })
  expect((await known(ana, 'web'))[0]).toBeGreaterThan(5)
  expect(await known(eva, 'web')).toEqual([0, 0])
  const [staff, unseen] = await known(rui, 'staff')
  expect([staff! > 0, unseen]).toEqual([true, 0])
})
