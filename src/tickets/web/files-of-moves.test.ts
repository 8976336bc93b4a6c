// Files and the posts of a ticket: they go with the form that lists them or with none, and a refused post leaves none behind.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  BANK,
  type DraftSite,
  draftOf,
  type Person,
  pdf,
  startDraftSite,
  theft,
  theftFiles,
  type Upload,
} from '../../../tests/support/draft-site.ts'

const DETRAN = '03847655000198'
const SOLUTION = 'Conferido o boletim de ocorrência 123/2026 e o contrato; o desbloqueio da placa foi feito.'

let site: DraftSite
let ana: Person
let reader: Person
let analyst: Person
let secondAnalyst: Person
beforeAll(async () => {
  site = await startDraftSite()
  ana = await site.person({ cpf: '11144477735', cnpj: BANK, classes: [122, 151] })
  reader = await site.person({ cpf: '86288366757', cnpj: BANK, classes: [122] })
  analyst = await site.person({ cpf: '93541134780', cnpj: DETRAN, classes: [901] })
  secondAnalyst = await site.person({ cpf: '24843803480', cnpj: DETRAN, classes: [901] })
})
afterAll(() => site.close())

const file = (name: string): Upload => ['arquivos', name, pdf(name)]
async function opened(): Promise<string> {
  const { location } = await ana.post(await draftOf(ana), { ...theft, acao: 'enviar' }, theftFiles)
  return location.replace(/\?.*/, '')
}
const filesOf = async (path: string) =>
  await site.database.owner.db
    .selectFrom('eprod.attachment')
    .select(['n', 'name', 'follow_up_id', 'staff_only'])
    .where('ticket_id', '=', Number(path.split('/')[2]))
    .where('document', '=', 'follow-up')
    .orderBy('name')
    .execute()
const stored = async () =>
  (await readdir(join(site.folder, 'files'), { recursive: true, withFileTypes: true })).filter((one) => one.isFile())
    .length
const listed = (body: string): string[] => [...body.matchAll(/name="anexo" value="([^"]+)"/g)].map(([, id]) => id ?? '')

describe('a private note', () => {
  it('takes no files, keeps its text on the page, and no later follow-up publishes them', async () => {
    const path = await opened()
    const note = await analyst.post(`${path}/acompanhamentos`, { privada: '1', texto: 'Só nossa.' }, [file('nota.pdf')])
    expect(note.status).toBe(422)
    expect(note.body).toContain('Uma nota privada não leva arquivos')
    expect(note.body).toContain('Só nossa.')
    expect(await filesOf(path)).toEqual([])
    expect((await analyst.post(`${path}/acompanhamentos`, { texto: 'Em análise.' })).status).toBe(303)
    expect((await ana.get(path)).body).not.toContain('nota.pdf')
  })
})

describe('a ticket of very many changes', () => {
  it('shows the newest and says where the older ones are', async () => {
    const path = await opened()
    const older = 'O que é mais antigo está no histórico'
    expect((await ana.get(path)).body).not.toContain(older)
    await sql`insert into eprod.journal_entry (thing, thing_id, institution_id, actor_id, event, at, public_part)
      select 'ticket', t.id::text, t.institution_id, t.requester_id, 'follow-up', t.opened_at, '{"from": "new", "to": "new"}'
        from eprod.ticket t cross join generate_series(1, 1000) where t.id = ${Number(path.split('/')[2])}`.execute(
      site.database.owner.db,
    )
    const { body } = await ana.get(path)
    expect(body).toContain(`<a href="${path}/historico">${older}</a>`)
    expect(body).toContain(`<a href="${path}/comprovante">As respostas da abertura estão no comprovante</a>`)
  })
})

describe('a follow-up', () => {
  it('takes the files its own form lists, and none of another form or tab', async () => {
    const path = await opened()
    const tried = await analyst.post(`${path}/solucao`, { texto: 'curta' }, [file('parecer.pdf')])
    expect(tried.status).toBe(422)
    expect(new Set(listed(tried.body)).size).toBe(1)
    await analyst.post(`${path}/acompanhamentos`, { texto: 'De outra aba, aberta antes.' })
    expect(await filesOf(path)).toMatchObject([{ name: 'parecer.pdf', n: null, staff_only: true }])
    const [anexo = ''] = listed(tried.body)
    await analyst.post(`${path}/solucao`, { texto: SOLUTION, resultado: 'granted', anexo })
    expect(await filesOf(path)).toMatchObject([{ name: 'parecer.pdf', n: 3, staff_only: false }])
  })
  it('never takes somebody else’s file, whatever ids it lists', async () => {
    const path = await opened()
    const tried = await analyst.post(`${path}/solucao`, { texto: 'curta' }, [file('alheio.pdf')])
    const [anexo = ''] = listed(tried.body)
    for (const id of [anexo, '-'.repeat(36), 'x']) {
      expect((await ana.post(`${path}/acompanhamentos`, { texto: 'Nosso texto.', anexo: id })).status).toBe(303)
    }
    expect(await filesOf(path)).toMatchObject([{ name: 'alheio.pdf', n: null, staff_only: true }])
  })
})

describe('a refused post', () => {
  it('of whom class 151 is missing leaves no file, on disk or in the table', async () => {
    const path = await opened()
    const before = await stored()
    const answer = await reader.post(`${path}/acompanhamentos`, { texto: 'x' }, [file('sem-classe.pdf')])
    expect(answer.status).toBe(403)
    expect([await filesOf(path), await stored()]).toEqual([[], before])
    expect((await reader.post(`${path}/acompanhamentos`, { remover: '-'.repeat(36) })).status).toBe(403)
  })

  it('on a closed ticket leaves no file and shows the text to be copied', async () => {
    const path = await opened()
    await analyst.post(`${path}/solucao`, { texto: SOLUTION, resultado: 'granted' })
    await ana.post(`${path}/aprovacao`, {})
    const before = await stored()
    const answer = await ana.post(`${path}/acompanhamentos`, { texto: 'Tarde demais.' }, [file('tarde.pdf')])
    expect(answer.status).toBe(409)
    expect(answer.body).toContain('Tarde demais.')
    expect(answer.body).toContain('Os arquivos não foram anexados')
    expect([await filesOf(path), await stored()]).toEqual([[], before])
  })

  it('that loses the race against another one keeps its text, its file and a page to go on from', async () => {
    const path = await opened()
    await analyst.post(`${path}/solucao`, { texto: SOLUTION, resultado: 'granted' })
    const refusal = () => ana.post(`${path}/recusa`, { texto: 'Falta a baixa.' }, [file('baixa.pdf')])
    const answers = await Promise.all([ana.post(`${path}/aprovacao`, {}), refusal(), refusal(), refusal()])
    for (const { status, body } of answers.filter((one) => one.status !== 303)) {
      expect(status).toBe(409)
      expect(body).toContain('Falta a baixa.')
    }
  })

  it('of an assignment from a page that showed another technician takes the ticket from nobody', async () => {
    const path = await opened()
    expect((await analyst.post(`${path}/atribuicao`, { acao: 'assumir', visto: '' })).status).toBe(303)
    const late = await secondAnalyst.post(`${path}/atribuicao`, { acao: 'assumir', visto: '' })
    expect(late.status).toBe(409)
    expect(late.body).toContain('mudou de técnico')
    const seen = /name="visto" value="(\d+)"/.exec(late.body)?.[1] ?? ''
    expect((await secondAnalyst.post(`${path}/atribuicao`, { acao: 'assumir', visto: seen })).status).toBe(303)
  })

  it('that came too late for its form keeps its file where another form takes it', async () => {
    const path = await opened()
    await analyst.post(`${path}/solucao`, { texto: SOLUTION, resultado: 'granted' })
    const answer = await ana.post(`${path}/acompanhamentos`, { texto: 'Falta a baixa.' }, [file('baixa.pdf')])
    expect(answer.status).toBe(409)
    const [anexo = ''] = listed(answer.body)
    expect((await ana.post(`${path}/recusa`, { texto: 'Falta a baixa.', anexo })).status).toBe(303)
    expect(await filesOf(path)).toMatchObject([{ name: 'baixa.pdf', n: 3 }])
  })
})

describe('what an expired session sent to a ticket', () => {
  const tokenIn = (body: string): string => /name="guarda" value="([^"]+)"/.exec(body)?.[1] ?? ''

  it('comes back into its form with its files', async () => {
    const path = await opened()
    const guarda = tokenIn((await ana.get(path)).body)
    await ana.expire()
    await ana.post(`${path}/acompanhamentos`, { guarda, texto: 'Depois do fim.' }, [file('depois.pdf')])
    const back = await ana.get((await ana.return()) ?? '')
    expect(back.body).toContain('Depois do fim.')
    const [anexo = ''] = listed(back.body)
    expect((await ana.post(`${path}/acompanhamentos`, { texto: 'Depois do fim.', anexo })).status).toBe(303)
    expect(await filesOf(path)).toMatchObject([{ name: 'depois.pdf', n: 3 }])
  })

  it('is shown to be copied when the ticket was closed meanwhile, and does not come again', async () => {
    const path = await opened()
    const guarda = tokenIn((await ana.get(path)).body)
    await ana.expire()
    await ana.post(`${path}/acompanhamentos`, { guarda, texto: 'Escrito a tempo?' }, [file('perdido.pdf')])
    await analyst.post(`${path}/solucao`, { texto: SOLUTION, resultado: 'granted' })
    const back = (await ana.return()) ?? ''
    await ana.post(`${path}/aprovacao`, {})
    const shown = await ana.get(back)
    expect(shown.status).toBe(200)
    expect(shown.body).toContain('Escrito a tempo?')
    expect(shown.body).toContain('os arquivos não foram anexados')
    expect(await filesOf(path)).toEqual([])
    expect(await ana.return()).toBeUndefined()
  })
})

describe('a file sent ahead by a script', () => {
  const send = async (person: Person, path: string, upload: Upload) => await person.post(`${path}/envios`, {}, [upload])
  const namesIn = (body: string) => (JSON.parse(body) as { files: { name: string }[] }).files.map((one) => one.name)

  it('lies by until the text that carries it, and may be taken away before', async () => {
    const path = await opened()
    expect(namesIn((await send(ana, path, ['arquivo', 'um.pdf', pdf('um')])).body)).toEqual(['um.pdf'])
    const both = await send(ana, path, ['arquivo', 'dois.pdf', pdf('dois')])
    expect(namesIn(both.body)).toEqual(['um.pdf', 'dois.pdf'])
    const [first, second] = (JSON.parse(both.body) as { files: { id: string }[] }).files
    expect(namesIn((await ana.post(`${path}/envios/remover`, { remover: first?.id ?? '' })).body)).toEqual(['dois.pdf'])
    expect((await analyst.get(path)).body).not.toContain('dois.pdf')
    await ana.post(`${path}/acompanhamentos`, { anexo: second?.id ?? '' })
    expect(await filesOf(path)).toMatchObject([{ name: 'dois.pdf', n: 3 }])
  })
  it('that is wrong is refused with its sentence', async () => {
    const answer = await send(ana, await opened(), ['arquivo', 'x.pdf', Buffer.from('texto')])
    expect(answer.status).toBe(422)
    expect(JSON.parse(answer.body)).toMatchObject({ problems: [{ code: 'file-not-what-it-says' }] })
  })
  it('is refused to whom it may not send, and on a closed ticket', async () => {
    const path = await opened()
    const stranger = await site.person({ cpf: '15350946056', cnpj: '12ABC34501DE35', classes: [122, 151] })
    expect((await send(reader, path, file('x.pdf'))).status).toBe(403)
    expect((await send(stranger, path, file('x.pdf'))).status).toBe(404)
    await analyst.post(`${path}/solucao`, { texto: SOLUTION, resultado: 'granted' })
    expect((await send(ana, path, file('x.pdf'))).status).toBe(200)
    await ana.post(`${path}/aprovacao`, {})
    expect((await send(ana, path, file('y.pdf'))).status).toBe(409)
  })
})

describe('a document that was asked for anew', () => {
  it('has a place of its own, and what comes there answers it; other files go with the text', async () => {
    const path = await opened()
    const asked = { tipo: '1', motivo: 'Ilegível', texto: 'Envie o boletim legível.', 'documento.bo': 'illegible' }
    await analyst.post(`${path}/pendencia`, { ...asked, versao: '1' })
    expect((await ana.get(path)).body).toContain('name="arquivo:bo"')
    const answer = await ana.post(`${path}/acompanhamentos`, { texto: 'Segue o boletim.' }, [
      ['arquivo:bo', 'bo-novo.pdf', pdf('bo novo')],
      ['arquivo:requerimento', 'nao-pedido.pdf', pdf('não pedido')],
      file('outro.pdf'),
    ])
    expect(answer.status).toBe(303)
    const { rows } = await sql<{ document: string; name: string }>`
      select document, name from eprod.attachment where ticket_id = ${Number(path.split('/')[2])} and follow_up_id is not null
       order by n`.execute(site.database.owner.db)
    expect(rows).toEqual([
      { document: 'bo', name: 'bo-novo.pdf' },
      { document: 'follow-up', name: 'nao-pedido.pdf' },
      { document: 'follow-up', name: 'outro.pdf' },
    ])
  })

  it('of two files alike under two names both stay: nothing that was sent vanishes', async () => {
    const path = await opened()
    const same = pdf('a mesma página')
    await ana.post(`${path}/acompanhamentos`, { texto: 'Frente e verso.' }, [
      ['arquivos', 'frente.pdf', same],
      ['arquivos', 'verso.pdf', same],
      ['arquivos', 'verso.pdf', same],
    ])
    expect((await filesOf(path)).map(({ name }) => name)).toEqual(['frente.pdf', 'verso.pdf'])
  })
})
