// The form editor through the web: drafts of versions, conditions, tests that block publishing, two managers, hostile files.

import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BANK, type DraftSite, draftOf, type Person, startDraftSite } from '../../../../tests/support/draft-site.ts'

const CODE = 'instituicoes-financeiras'
const EDITOR = `/admin/formularios/${CODE}`
const DETRAN = '03847655000198'

let site: DraftSite
let bia: Person
let leo: Person
let ana: Person
beforeAll(async () => {
  site = await startDraftSite()
  bia = await site.person({ cpf: '85351346893', cnpj: DETRAN, classes: [902, 903] })
  leo = await site.person({ cpf: '93541134780', cnpj: DETRAN, classes: [903] })
  ana = await site.person({ cpf: '11144477735', cnpj: BANK, classes: [122, 151] })
})
afterAll(() => site.close())

const editionIn = (body: string): string => /name="edicao" value="(\d+)"/.exec(body)?.[1] ?? ''

/** The form's draft, started when there is none; its address. */
async function draft(): Promise<string> {
  const { body } = await bia.get(EDITOR)
  const there =
    /href="(\/admin\/formularios\/instituicoes-financeiras\/\d+)"[^>]*>[^<]*<\/a> <span class="tag v-draft/.exec(body)
  if (there?.[1]) return there[1]
  const [, used = ''] =
    /\/instituicoes-financeiras\/(\d+)"[^>]*>[^<]*<\/a> <span class="tag v-published/.exec(body) ?? []
  return (await bia.post(EDITOR, { acao: 'nova', versao: used })).location
}

/** Posts to a page with the edition it shows now. */
async function write(path: string, fields: Readonly<Record<string, string>>, person = bia) {
  const edicao = editionIn((await person.get(path)).body)
  return await person.post(path, { edicao, ...fields })
}

const question = { tipo: 'short-text', obrigatoria: 'sempre' }

describe('the editor', () => {
  it('is there for class 903 alone', async () => {
    const analyst = await site.person({ cpf: '24843803480', cnpj: DETRAN, classes: [901] })
    for (const path of ['/admin/formularios', EDITOR, `${EDITOR}/1`, `${EDITOR}/1/previa`, `${EDITOR}/1/exportar`]) {
      expect((await bia.get(path)).status).toBe(200)
      expect((await analyst.get(path)).status).toBe(403)
      expect((await ana.get(path)).status).toBe(403)
    }
    expect((await analyst.post(EDITOR, { acao: 'nova', versao: '1' })).status).toBe(403)
  })

  it('keeps a published version as it is, by the pages and by raw SQL', async () => {
    const before = (await bia.get(`${EDITOR}/1/exportar`)).body
    const answer = await bia.post(`${EDITOR}/1/dados`, { edicao: '1', 'titulo-pt-BR': 'Outro', assunto: 'Outro' })
    expect(answer.status).toBe(409)
    await expect(
      sql`update eprod.form_version set definition = '{}' where number = 1`.execute(site.database.owner.db),
    ).rejects.toThrow('never changes')
    expect((await bia.get(`${EDITOR}/1/exportar`)).body).toBe(before)
  })

  it('gives a form one draft at a time', async () => {
    const path = await draft()
    expect(path).toMatch(/\/\d+$/)
    expect((await bia.post(EDITOR, { acao: 'nova', versao: '1' })).status).toBe(409)
  })

  it('adds, changes, moves and removes questions, and says who did', async () => {
    const path = await draft()
    const add = `${path}/pergunta/nova?secao=gravame`
    await write(add, { ...question, secao: 'gravame', acao: 'guardar', 'rotulo-pt-BR': 'Cor do veículo' })
    await write(path, { acao: 'sobe:pergunta:cor-do-veiculo' })
    expect((await bia.get(path)).body).toContain('Cor do veículo')
    await write(`${path}/pergunta/cor-do-veiculo`, { ...question, acao: 'guardar', 'rotulo-pt-BR': 'Cor' })
    expect((await bia.get(`${path}/diferencas`)).body).toMatch(/novo<\/span> Pergunta: <b>Cor</)
    await write(path, { acao: 'tira:pergunta:cor-do-veiculo' })
    expect((await bia.get(`${path}/diferencas`)).body).toContain('Nenhuma diferença')
    expect((await bia.get(EDITOR)).body).toContain('tira pergunta cor-do-veiculo')
  })

  it('asks before a section goes with its questions, and before a version is discarded', async () => {
    const path = await draft()
    const asked = await write(path, { acao: 'tira:secao:gravame' })
    expect(asked.status).toBe(200)
    expect(asked.body).toContain('value="tira-sim:secao:gravame"')
    expect((await bia.get(`${path}/diferencas`)).body).toContain('Nenhuma diferença')
    await write(path, { acao: 'tira-sim:secao:gravame' })
    expect((await bia.get(`${path}/diferencas`)).body).toContain('removido')
    expect((await write(path, { acao: 'descartar' })).body).toContain('value="descartar-sim"')
    expect((await bia.get(path)).status).toBe(200)
    expect((await write(path, { acao: 'descartar-sim' })).status).toBe(303)
    expect((await bia.get(path)).status).toBe(404)
  })

  it('shows what is wrong with a question and loses nothing that was typed', async () => {
    const path = await draft()
    const answer = await write(`${path}/pergunta/placa`, {
      ...question,
      acao: 'guardar',
      'rotulo-pt-BR': '',
      'dica-pt-BR': 'Dica nova',
    })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('href="#q-rotulo-pt-BR">Rótulo · português: Preencha este campo.')
    expect(answer.body).toContain('Dica nova')
    const options = { 'opcao-0-valor': 'azul', 'opcao-0-rotulo-pt-BR': '', tipo: 'choice' }
    const row = await write(`${path}/pergunta/placa`, {
      ...question,
      ...options,
      acao: 'guardar',
      'rotulo-pt-BR': 'Cor',
    })
    expect(row.body).toContain('Opções 1 · Rótulo · português: Preencha este campo.')
  })

  it('a type that is none is refused, and the question stays what it was', async () => {
    const path = await draft()
    for (const tipo of ['__proto__', 'single-choice', '']) {
      const answer = await write(`${path}/pergunta/placa`, {
        ...question,
        tipo,
        acao: 'guardar',
        'rotulo-pt-BR': 'Placa',
      })
      expect(answer.status).toBe(400)
    }
    expect((await bia.get(`${path}/diferencas`)).body).not.toContain('Placa</b>')
  })

  it('a copy of a form is called so, and begins as a draft of its own', async () => {
    const copy = await bia.post(EDITOR, { acao: 'duplicar', versao: '1', codigo: 'outra-porta' })
    expect(copy.location).toBe('/admin/formularios/outra-porta/1')
    const { body } = await bia.get('/admin/formularios')
    expect(body.match(/>Instituições Financeiras(?: \(cópia\))?<\/a>/g)).toHaveLength(2)
    expect(body).toContain('Instituições Financeiras (cópia)')
    expect((await bia.post(EDITOR, { acao: 'duplicar', versao: '1', codigo: 'outra-porta' })).status).toBe(422)
  })

  it('of two managers lets none overwrite the other unseen', async () => {
    const path = `${await draft()}/pergunta/renavam`
    const fields = { tipo: 'renavam', obrigatoria: 'nunca', relaxedBy: 'renavam-confirmado', acao: 'guardar' }
    const edicao = editionIn((await bia.get(path)).body)
    expect((await leo.post(path, { ...fields, edicao, 'rotulo-pt-BR': 'RENAVAM do Leo' })).status).toBe(303)
    const late = await bia.post(path, { ...fields, edicao, 'rotulo-pt-BR': 'RENAVAM da Bia' })
    expect(late.status).toBe(409)
    expect(late.body).toContain('RENAVAM da Bia')
    expect((await bia.get(path)).body).toContain('RENAVAM do Leo')
    const known = editionIn(late.body)
    expect((await bia.post(path, { ...fields, edicao: known, 'rotulo-pt-BR': 'RENAVAM' })).status).toBe(303)
  })
})

describe('a condition', () => {
  it('is built rule by rule and judged at once', async () => {
    const path = `${await draft()}/pergunta/processo/mostrar`
    const shown = await bia.get(path)
    expect(shown.body).toContain('r1.campo')
    const added = await write(path, { acao: 'regra:', 'r1.campo': 'caso', 'r1.op': 'e', 'r1.valor': '08' })
    expect(added.body).toContain('name="r2.campo"')
    const kept = await write(path, { acao: 'guardar', 'r1.campo': 'caso', 'r1.op': 'e', 'r1.valor': '08' })
    expect(kept.status).toBe(303)
    expect((await bia.get(path.replace('/mostrar', ''))).body).toContain('Restrição judicial')
    const told = (await bia.get(path.replace(/\/pergunta.*/, '/diferencas'))).body
    expect(told).toMatch(/Pergunta: <b>[^<]+<\/b><p class="hint change">.*<ins>[^<]*Restrição judicial/)
  })

  it('whose rule has no value is not kept as one that lets everything through', async () => {
    const path = `${await draft()}/pergunta/processo/mostrar`
    const rule = { 'r1.campo': 'caso', 'r1.op': 'e', 'r1.valor': '' }
    const answer = await write(path, { acao: 'guardar', ...rule })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('Escolha ou digite o valor')
  })

  it('over what is not there is refused in place', async () => {
    const path = `${await draft()}/pergunta/processo/mostrar`
    const answer = await write(path, { acao: 'guardar', 'r1.campo': 'nada', 'r1.op': 'e', 'r1.valor': 'x' })
    expect(answer.status).toBe(422)
  })

  it('that hangs on itself stands in the way of publishing', async () => {
    const path = await draft()
    await write(`${path}/pergunta/caso/mostrar`, { acao: 'guardar', 'r1.campo': 'processo', 'r1.op': 'preenchido' })
    const answer = await write(path, { acao: 'publicar' })
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('depende de si mesma')
    await write(`${path}/pergunta/caso/mostrar`, {
      acao: 'guardar',
      'r1.campo': 'tipo',
      'r1.op': 'e',
      'r1.valor': 'desbloqueio',
    })
    expect((await bia.get(path)).body).not.toContain('depende de si mesma')
  })
})

describe('a form test', () => {
  const answers = { tipo: 'desbloqueio', caso: '02', placa: 'ABC1234', emitido: 'nao', estatutario: 'sim' }

  it('that fails blocks publishing until the form or the test is mended', async () => {
    const path = await draft()
    expect(
      (await write(`${path}/previa`, { ...answers, acao: 'testar', 'nome-do-teste': 'Prazo do SNG' })).status,
    ).toBe(303)
    expect((await bia.get(`${path}/testes`)).body).toContain('passa')
    await write(path, { acao: 'tira:documento:tela-sng' })
    const refused = await write(path, { acao: 'publicar' })
    expect(refused.status).toBe(422)
    expect(refused.body).toContain('O teste “Prazo do SNG” não passa')
    expect((await bia.get(`${path}/testes`)).body).toContain('Deixa de exigir')
    await write(`${path}/testes`, { acao: 'aceita:todos' })
    expect((await bia.get(`${path}/testes`)).body).not.toContain('v-fails')
    const done = await write(path, { acao: 'publicar' })
    expect([done.status, /<ul class="ed-faults">.*?<\/ul>/.exec(done.body)?.[0]]).toEqual([303, undefined])
    expect(done.location).toContain('feito=publicado')
  })

  it('goes with the version; new requests use it, and requests of before keep theirs', async () => {
    const body = (await bia.get(EDITOR)).body
    expect(body).toContain('Publicou a versão 2')
    expect((await bia.get(`${EDITOR}/2/testes`)).body).toContain('Prazo do SNG')
    const fresh = await ana.get(await draftOf(ana))
    expect(fresh.body).not.toContain('data-document="tela-sng"')
  })
})

describe('a file', () => {
  it('exported is taken in again as another form, the same to the letter', async () => {
    const text = (await bia.get(`${EDITOR}/1/exportar`)).body
    const answer = await bia.post('/admin/formularios/importar', { codigo: 'copia' }, [
      ['arquivo', 'f.json', Buffer.from(text)],
    ])
    expect(answer.location).toBe('/admin/formularios/copia/1?feito=importado')
    expect((await bia.get('/admin/formularios/copia/1/exportar')).body).toBe(text)
    expect((await ana.get('/abrir-chamado/copia')).status).toBe(404)
  })

  const wrapped = (definition: string) => `{"format":"eprod-form-1","definition":${definition}}`
  it.each<[string, string, string]>([
    ['that is no JSON', 'isto não é', 'não é um JSON'],
    ['deep beyond measure', wrapped('['.repeat(100_000)), 'além do limite'],
    ['with an inherited name', wrapped('{"__proto__":{"x":1}}'), 'não é um JSON'],
    ['too large', `"${'x'.repeat(1_100_000)}"`, 'passa de 1 MB'],
    ['of another shape', wrapped('{"title":1}'), 'não tem a forma'],
    ['with half a character', wrapped('{"title":"\\ud800"}'), 'não é um JSON'],
  ])('%s is refused with its fault', async (_, text, sentence) => {
    const answer = await bia.post('/admin/formularios/importar', { codigo: 'x' }, [
      ['arquivo', 'f.json', Buffer.from(text)],
    ])
    expect(answer.status).toBe(422)
    expect(answer.body).toContain(sentence)
    expect(({} as { x?: number }).x).toBeUndefined()
  })

  it.each(['importar', 'Com Espaço', '../x', CODE])('under the code %s is refused', async (codigo) => {
    const text = (await bia.get(`${EDITOR}/1/exportar`)).body
    const answer = await bia.post('/admin/formularios/importar', { codigo }, [['arquivo', 'f.json', Buffer.from(text)]])
    expect(answer.status).toBe(422)
  })
})

it('a draft of a version can be filled in by nobody, even by raw SQL', async () => {
  await expect(
    sql`insert into eprod.draft (institution_id, person_id, form_version_id, created_at, updated_at)
        select ${ana.institutionId}, ${ana.personId}, id, now(), now() from eprod.form_version where status = 'draft' limit 1`.execute(
      site.database.owner.db,
    ),
  ).rejects.toThrow('not published')
})
