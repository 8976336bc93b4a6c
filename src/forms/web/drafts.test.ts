// Drafts through the web: filling in with scripts off, files, every error, filing once, sharing, an expired session.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dropLeftovers } from '#forms/actions.ts'
import {
  BANK,
  type DraftSite,
  draftOf,
  errorsIn,
  OTHER_BANK,
  type Person,
  pdf,
  startDraftSite,
  theft,
  theftFiles,
} from '../../../tests/support/draft-site.ts'
import { sendFile } from '../../../tests/support/tus.ts'

let site: DraftSite
let ana: Person
let rui: Person
let eva: Person
let reader: Person
beforeAll(async () => {
  site = await startDraftSite()
  ana = await site.person({ cpf: '11144477735', cnpj: BANK, classes: [122, 151], email: 'ana@example.com' })
  rui = await site.person({ cpf: '52998224725', cnpj: BANK, classes: [122, 151] })
  reader = await site.person({ cpf: '86288366757', cnpj: BANK, classes: [122] })
  eva = await site.person({ cpf: '15350946056', cnpj: OTHER_BANK, classes: [122, 151] })
})
afterAll(() => site.close())

const tokenIn = (body: string): string => /name="guarda" value="([^"]+)"/.exec(body)?.[1] ?? ''
const shown = (body: string, attribute: string): string[] =>
  [...body.matchAll(new RegExp(`<[a-z]+ [^>]*${attribute}="([^"]+)"[^>]*>`, 'g'))]
    .filter(([tag]) => !/ hidden/.test(tag))
    .map(([, key]) => key ?? '')
const ticketOf = (location: string): number => Number(/^\/chamados\/(\d+)/.exec(location)?.[1])

describe('opening the form', () => {
  it('offers Instituições Financeiras and what each case will need', async () => {
    const { status, body } = await ana.get('/abrir-chamado')
    expect(status).toBe(200)
    expect(body).toContain('href="/abrir-chamado/instituicoes-financeiras"')
    expect(body.match(/<details><summary>/g)).toHaveLength(20)
    const stolen = body.slice(
      body.indexOf('Veículo com Furto/Roubo'),
      body.indexOf('Prazo de cancelamento no SNG expirado'),
    )
    expect(stolen).toContain('se Veículo recuperado? é Sim')
    expect(stolen).toContain('PDF, JPEG ou PNG, até 20 MB. Até 20 páginas.')
    expect(stolen).not.toContain('Qual é o caso?')
  })
  it('makes a draft of its own each time, so that two are filled in side by side; the empty ones go after a day', async () => {
    const [one, other] = [await draftOf(ana), await draftOf(ana)]
    expect(one).not.toBe(other)
    await ana.post(other, { tipo: 'desbloqueio', acao: 'salvar' })
    await dropLeftovers(site.database.worker.db, site.clock.now)
    expect((await ana.get(one)).status).toBe(200)
    await dropLeftovers(site.database.worker.db, new Date(site.clock.now.getTime() + 25 * 3_600_000))
    expect((await ana.get(one)).status).toBe(404)
    expect((await ana.get(other)).status).toBe(200)
  })
  it('however often, lists no draft in which nothing was typed or sent', async () => {
    const opened = [await draftOf(ana), await draftOf(ana), await draftOf(ana)]
    for (const page of ['/', '/abrir-chamado']) {
      const { body } = await ana.get(page)
      for (const draft of opened) expect(body).not.toContain(draft)
    }
  })
  it('is thrown away with all that stands in it when its person says so, and that is recorded', async () => {
    const path = await draftOf(ana)
    await ana.post(path, { ...theft, acao: 'salvar' }, theftFiles)
    expect((await ana.post(path, { acao: 'descartar' })).location).toBe('/abrir-chamado?feito=descartado')
    const gone = await ana.get(path)
    expect(gone.status).toBe(410)
    expect(gone.body).toContain('Pessoa 11144477735 descartou este rascunho em')
    expect((await ana.get('/abrir-chamado?feito=descartado')).body).toContain('Rascunho descartado.')
  })
  it('goes on with any draft of the institution, however many there are', async () => {
    const eva = await site.person({ cpf: '15350946056', cnpj: OTHER_BANK, classes: [122, 151] })
    const made = new Set<string>()
    for (let n = 0; n < 53; n += 1) {
      const path = await draftOf(eva)
      await eva.post(path, { tipo: 'desbloqueio', acao: 'salvar' })
      made.add(path)
    }
    const listed = ({ body }: { body: string }) =>
      [...body.matchAll(/href="(\/rascunhos\/[^"?]+)"/g)].map(([, to]) => to)
    const first = await eva.get('/abrir-chamado')
    const older = /href="(\/abrir-chamado\?depois=[^"#]+)/.exec(first.body)?.[1] ?? ''
    const second = await eva.get(older)
    expect(listed(first)).toHaveLength(50)
    expect(new Set([...listed(first), ...listed(second)])).toEqual(made)
    expect(second.body).not.toContain('href="/abrir-chamado?depois=')
    expect((await eva.get('/')).body).toContain('Ver todos os rascunhos')
    expect((await eva.get('/abrir-chamado?depois=1_x')).status).toBe(400)
  })
  it('is explained, not offered, to whom class 151 is missing', async () => {
    for (const path of ['/abrir-chamado', '/abrir-chamado/instituicoes-financeiras', await draftOf(ana)]) {
      const { status, body } = await reader.get(path)
      expect(status).toBe(403)
      expect(body).toContain('151')
    }
  })
  it('starts with one choice, and asks more as options are chosen', async () => {
    const path = await draftOf(ana)
    expect(shown((await ana.get(path)).body, 'data-section')).toEqual(['pedido'])
    await ana.post(path, { tipo: 'desbloqueio', acao: 'atualizar' })
    expect(shown((await ana.get(path)).body, 'data-section')).toEqual(['pedido', 'qual-caso'])
    await ana.post(path, { caso: '01', recuperado: 'sim', acao: 'atualizar' })
    const { body } = await ana.get(path)
    expect(shown(body, 'data-question')).toContain('bo-numero')
    expect(shown(body, 'data-question')).not.toContain('apontamento')
    expect(shown(body, 'data-document')).toEqual(['requerimento', 'bo', 'laudo-recuperacao', 'contrato', 'outro'])
    expect(body).toContain('PDF, JPEG ou PNG, até 20 MB.')
  })
})

describe('sending', () => {
  it('opens a ticket with its files numbered, and only once', async () => {
    const path = await draftOf(ana)
    const first = await ana.post(path, { ...theft, acao: 'enviar' }, theftFiles)
    expect(first.status).toBe(303)
    const id = ticketOf(first.location)
    const again = await ana.post(path, { ...theft, acao: 'enviar' }, theftFiles)
    expect(ticketOf(again.location)).toBe(id)
    expect((await ana.get(path)).location).toBe(`/chamados/${id}`)
    const ticket = await site.database.owner.db
      .selectFrom('eprod.ticket')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    expect(ticket).toMatchObject({
      title: `Instituições Financeiras - Desbloqueio para Cancelamento de Gravame - Veículo com Furto/Roubo - ABC1234 - (${id})`,
      plate: 'ABC1C34',
      case_code: '01',
      notify_email: 'ana@example.com',
    })
    const files = await site.database.owner.db
      .selectFrom('eprod.attachment')
      .selectAll()
      .where('ticket_id', '=', id)
      .orderBy('n')
      .execute()
    expect(files.map((file) => [file.n, file.document, file.media_type, file.draft_id])).toEqual([
      [1, 'requerimento', 'application/pdf', null],
      [2, 'bo', 'image/jpeg', null],
    ])
  })
  it('twice at the same moment opens one ticket', async () => {
    const path = await draftOf(ana)
    const both = await Promise.all([1, 2].map(() => ana.post(path, { ...theft, acao: 'enviar' }, theftFiles)))
    expect(new Set(both.map((one) => ticketOf(one.location))).size).toBe(1)
  })
  it('keeps everything typed and every good file when something is missing, and links to it', async () => {
    const path = await draftOf(ana)
    const answer = await ana.post(path, { ...theft, placa: 'AB1', estatutario: 'nao', acao: 'enviar' }, theftFiles)
    expect(answer.status).toBe(422)
    expect(errorsIn(answer.body)).toEqual(['#q-placa', '#d-procuracao'])
    expect(answer.body).toContain('id="q-placa"')
    expect(answer.body).toContain('value="AB1"')
    const { body } = await ana.get(path)
    expect(body).toContain('requerimento.pdf')
    expect(body).toContain('bo.jpg')
    expect(body).toContain('Veículo furtado antes da emissão')
    const done = await ana.post(path, { placa: 'ABC1C34', acao: 'enviar' }, [
      ['arquivo:procuracao', 'procuracao.pdf', pdf('procuração')],
    ])
    expect(done.status).toBe(303)
  })
  it('leaves out files of documents no longer asked for', async () => {
    const path = await draftOf(ana)
    await ana.post(path, { ...theft, recuperado: 'sim', acao: 'salvar' }, [
      ...theftFiles,
      ['arquivo:laudo-recuperacao', 'laudo.pdf', pdf('laudo')],
    ])
    const { location } = await ana.post(path, { recuperado: 'nao', acao: 'enviar' })
    const files = await site.database.owner.db
      .selectFrom('eprod.attachment')
      .select('document')
      .where('ticket_id', '=', ticketOf(location))
      .execute()
    expect(files.map((file) => file.document).sort()).toEqual(['bo', 'requerimento'])
  })
  it('does nothing for whom class 151 is missing', async () => {
    const path = await draftOf(ana)
    expect((await reader.post(path, { ...theft, acao: 'enviar' }, theftFiles)).status).toBe(403)
  })
})

describe('a draft', () => {
  it('is saved as one types, only what changed, and says when', async () => {
    const path = await draftOf(ana)
    const one = await ana.post(`${path}/salvar`, { placa: 'ABC1234' })
    expect(JSON.parse(one.body)).toMatchObject({ savedAt: '17:54' })
    await rui.post(`${path}/salvar`, { renavam: '639884962', desconhecido: 'x', __proto__: 'y' })
    const row = await site.database.owner.db
      .selectFrom('eprod.draft')
      .select('answers')
      .where('id', '=', path.split('/')[2] ?? '')
      .executeTakeFirstOrThrow()
    expect(row.answers).toMatchObject({ placa: 'ABC1234', renavam: '639884962' })
    expect(row.answers).not.toHaveProperty('desconhecido')
  })
  it('of another institution does not exist, in any way', async () => {
    const path = await draftOf(ana)
    expect((await eva.get(path)).status).toBe(404)
    expect((await eva.post(path, { acao: 'salvar', placa: 'XXX0000' })).status).toBe(404)
    expect((await eva.post(`${path}/salvar`, { placa: 'XXX0000' })).status).toBe(404)
    expect((await sendFile(eva, path, { document: 'bo', name: 'x.pdf', content: pdf('x') })).status).toBe(404)
    expect((await eva.get('/abrir-chamado')).body).not.toContain(path)
  })
  it('is shared within the institution', async () => {
    const path = await draftOf(ana)
    await ana.post(path, { ...theft, acao: 'salvar' })
    expect((await rui.get('/abrir-chamado')).body).toContain(`href="${path}"`)
    expect((await rui.get(path)).body).toContain('Veículo furtado antes da emissão')
    const read = async () =>
      (
        await sql`select person_id as person, thing_id as id from eprod.reading where what = 'draft'`.execute(
          site.database.owner.db,
        )
      ).rows
    // A colleague's reading is told to the auditor, one's own is none.
    await expect.poll(read).toEqual([{ person: rui.personId, id: path.split('/').at(-1) }])
  })
  it.each(['/rascunhos/nada', '/rascunhos/00000000-0000-4000-8000-000000000000'])('%s is not found', async (path) => {
    expect((await ana.get(path)).status).toBe(404)
  })
  it('unticks a box that was ticked before', async () => {
    const path = await draftOf(ana)
    await ana.post(path, { ...theft, declaro: 'sim', acao: 'salvar' })
    await ana.post(path, { declaro: '', acao: 'salvar' })
    expect((await ana.get(path)).body).not.toMatch(/id="q-declaro"[^>]*checked/)
  })
  it('shows hostile text as text', async () => {
    const path = await draftOf(ana)
    const hostile = '</script><script>alert(1)</script>"\'><img src=x onerror=alert(1)>\n\u0000{{7*7}}'
    await ana.post(path, { ...theft, justificativa: hostile, 'bo-numero': hostile, acao: 'salvar' })
    const { body } = await ana.get(path)
    expect(body).not.toContain('<script>alert')
    expect(body).not.toContain('<img src=x')
  })
})

describe('what an expired session sends', () => {
  it('is kept, and given back to the same person once signed in again', async () => {
    const path = await draftOf(eva)
    const guarda = tokenIn((await eva.get(path)).body)
    await eva.expire()
    const expired = await eva.post(path, { guarda, ...theft, acao: 'enviar' }, theftFiles)
    expect(expired.location).toContain('/entrar')
    expect((await rui.get(`${path}?retomar=x`)).status).toBe(404)
    const back = (await eva.return()) ?? ''
    expect(back).toContain(`${path}?retomar=`)
    const resumed = await eva.get(back)
    expect(resumed.location).toBe(`${path}?retomado`)
    const { body } = await eva.get(resumed.location)
    expect(body).toContain('recuperamos o que você tinha enviado')
    expect(body).toContain('requerimento.pdf')
    expect(body).toContain('Veículo furtado antes da emissão')
    expect((await eva.get(back)).location).toBe(path)
    expect((await eva.post(path, { acao: 'enviar' })).location).toMatch(/^\/chamados\/\d+/)
  })
})
