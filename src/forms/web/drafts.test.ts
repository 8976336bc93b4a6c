// Drafts through the web: filling in with scripts off, files, every error, filing once, sharing, an expired session.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DraftSite, type Person, startDraftSite, type Upload } from '../../../tests/support/draft-site.ts'

const BANK = '11222333000181'
const OTHER = '12ABC34501DE35'
const pdf = (text: string): Buffer => Buffer.from(`%PDF-1.7\n${text}\n%%EOF\n`)
const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb', 'hex')

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
  eva = await site.person({ cpf: '15350946056', cnpj: OTHER, classes: [122, 151] })
})
afterAll(() => site.close())

const theft = {
  tipo: 'desbloqueio',
  caso: '01',
  placa: 'abc-1234',
  chassi: '9BWZZZ377VT004251',
  estatutario: 'sim',
  emitido: 'nao',
  'bo-numero': '123/2026',
  'bo-uf': 'RS',
  'fato-data': '2026-03-09',
  recuperado: 'nao',
  indenizado: 'nao',
  justificativa: 'Veículo furtado antes da emissão do documento com o gravame.',
  declaro: 'sim',
}
const theftFiles: Upload[] = [
  ['arquivo:requerimento', 'requerimento.pdf', pdf('requerimento')],
  ['arquivo:bo', 'bo.jpg', JPEG],
]

async function draftOf(person: Person): Promise<string> {
  const answer = await person.get('/abrir-chamado/instituicoes-financeiras')
  expect(answer.status).toBe(303)
  return answer.location
}
const tokenIn = (body: string): string => /name="guarda" value="([^"]+)"/.exec(body)?.[1] ?? ''
const shown = (body: string, attribute: string): string[] =>
  [...body.matchAll(new RegExp(`<[a-z]+ [^>]*${attribute}="([^"]+)"[^>]*>`, 'g'))]
    .filter(([tag]) => !/ hidden/.test(tag))
    .map(([, key]) => key ?? '')
const errorsIn = (body: string): string[] =>
  [...(/<div class="sum"[\s\S]*?<\/ul>/.exec(body)?.[0] ?? '').matchAll(/<a href="([^"]*)">([^<]*)</g)].map(
    ([, href]) => href ?? '',
  )
const ticketOf = (location: string): number => Number(/^\/chamados\/(\d+)/.exec(location)?.[1])

describe('opening the form', () => {
  it('offers Instituições Financeiras and what each case will need', async () => {
    const { status, body } = await ana.get('/abrir-chamado')
    expect(status).toBe(200)
    expect(body).toContain('href="/abrir-chamado/instituicoes-financeiras"')
    expect(body.match(/<details><summary>/g)).toHaveLength(20)
  })
  it('makes one draft, however often the address is asked for', async () => {
    expect(await draftOf(ana)).toBe(await draftOf(ana))
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

describe('a wrong file', () => {
  it.each<[string, string, Buffer, string]>([
    ['empty', 'vazio.pdf', Buffer.alloc(0), 'está vazio'],
    ['a .pdf that is a text', 'texto.pdf', Buffer.from('isto é texto'), 'mas é um arquivo de texto'],
    ['a .pdf that is a page', 'pagina.pdf', Buffer.from('<html><script>1</script>'), 'mas é uma página da internet'],
    ['a picture where a PDF is asked for', 'foto.jpg', JPEG, 'Este documento aceita PDF'],
    ['with a lying path in its name', '../../../etc/passwd.pdf', Buffer.from('x'), 'passwd.pdf'],
  ])('%s is named with its fault, and the others are kept', async (_, name, content, sentence) => {
    const path = await draftOf(ana)
    const answer = await ana.post(path, { ...theft, acao: 'enviar' }, [
      ['arquivo:requerimento', name, content],
      theftFiles[1]!,
    ])
    expect(answer.status).toBe(422)
    expect(errorsIn(answer.body)).toEqual(['#d-requerimento'])
    expect(answer.body).toContain(sentence)
    expect(answer.body).not.toContain('../')
    expect(answer.body).toContain('bo.jpg')
  })
  it('over the limit of the settings is refused with the limit', async () => {
    await site.database.owner.db.insertInto('eprod.setting').values({ key: 'fileBytes', value: '1048576' }).execute()
    const path = await draftOf(ana)
    const answer = await ana.post(path, { acao: 'salvar' }, [
      ['arquivo:requerimento', 'grande.pdf', Buffer.concat([pdf(''), Buffer.alloc(1_048_576, 32)])],
    ])
    await site.database.owner.db.deleteFrom('eprod.setting').execute()
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('passa do limite de 1 MB')
  })
  it('of a document that does not exist is refused', async () => {
    const answer = await ana.post(await draftOf(ana), { acao: 'salvar' }, [['arquivo:__proto__', 'x.pdf', pdf('x')]])
    expect(answer.status).toBe(422)
  })
})

describe('uploads while filling in', () => {
  const send = (person: Person, path: string, documento: string, file: Upload) =>
    person.post('/envios', { rascunho: path.split('/')[2] ?? '', documento }, [file])

  it('are stored at once and told as JSON', async () => {
    const path = await draftOf(ana)
    const answer = await send(ana, path, 'requerimento', ['arquivo', 'novo.pdf', pdf('novo')])
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.body)).toMatchObject({
      document: 'requerimento',
      files: [{ name: 'novo.pdf', twice: false }],
    })
    expect((await ana.get(path)).body).toContain('novo.pdf')
  })
  it('of a document of one file take the place of the one before; of several stand beside it', async () => {
    const path = await draftOf(ana)
    for (const document of ['requerimento', 'outro']) {
      await send(ana, path, document, ['arquivo', 'um.pdf', pdf(`${document} 1`)])
      const answer = await send(ana, path, document, ['arquivo', 'dois.pdf', pdf(`${document} 2`)])
      const names = (JSON.parse(answer.body) as { files: { name: string }[] }).files.map((file) => file.name)
      expect(names.slice(-2)).toEqual(document === 'outro' ? ['um.pdf', 'dois.pdf'] : ['dois.pdf'])
    }
  })
  it('of the same content elsewhere in the draft are noticed', async () => {
    const path = await draftOf(ana)
    await send(ana, path, 'contrato', ['arquivo', 'c.pdf', pdf('igual')])
    const answer = await send(ana, path, 'outro', ['arquivo', 'd.pdf', pdf('igual')])
    expect(
      (JSON.parse(answer.body) as { files: { name: string; twice: boolean }[] }).files.find(
        (file) => file.name === 'd.pdf',
      )?.twice,
    ).toBe(true)
    expect((await ana.get(path)).body).toContain('O mesmo arquivo já está em “Contrato”')
  })
  it('that are wrong are refused as a problem with its sentence', async () => {
    const answer = await send(ana, await draftOf(ana), 'requerimento', ['arquivo', 'x.pdf', Buffer.from('texto')])
    expect(answer.status).toBe(422)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(JSON.parse(answer.body)).toMatchObject({ status: 422, problems: [{ code: 'file-not-what-it-says' }] })
  })
  it('are removed on request, by colleagues too, never by others', async () => {
    const path = await draftOf(ana)
    const draft = path.split('/')[2] ?? ''
    const sent = JSON.parse((await send(ana, path, 'distrato', ['arquivo', 'r.pdf', pdf('remover')])).body) as {
      files: { id: string }[]
    }
    const fields = { rascunho: draft, documento: 'distrato', remover: sent.files[0]?.id ?? '' }
    expect((await eva.post('/envios/remover', fields)).status).toBe(404)
    expect(JSON.parse((await rui.post('/envios/remover', fields)).body)).toEqual({ document: 'distrato', files: [] })
  })
})

describe('a draft', () => {
  it('is saved as one types, only what changed, and says when', async () => {
    const path = await draftOf(ana)
    const one = await ana.post(`${path}/salvar`, { placa: 'ABC1234' })
    expect(JSON.parse(one.body)).toEqual({ savedAt: '17:54' })
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
    expect(
      (
        await eva.post('/envios', { rascunho: path.split('/')[2] ?? '', documento: 'bo' }, [
          ['arquivo', 'x.pdf', pdf('x')],
        ])
      ).status,
    ).toBe(404)
    expect((await eva.get('/abrir-chamado')).body).not.toContain(path)
  })
  it('is shared within the institution', async () => {
    const path = await draftOf(ana)
    await ana.post(path, { ...theft, acao: 'salvar' })
    expect((await rui.get('/abrir-chamado')).body).toContain(`href="${path}"`)
    expect((await rui.get(path)).body).toContain('Veículo furtado antes da emissão')
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
