// Files of drafts through the web: wrong ones named with their fault, good ones stored at once, replaced, noticed, removed.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  BANK,
  type DraftSite,
  draftOf,
  errorsIn,
  JPEG,
  OTHER_BANK,
  type Person,
  pdf,
  startDraftSite,
  theft,
  theftFiles,
  type Upload,
} from '../../../tests/support/draft-site.ts'
import { sendFile } from '../../../tests/support/tus.ts'

let site: DraftSite
let ana: Person
let rui: Person
let eva: Person
beforeAll(async () => {
  site = await startDraftSite()
  ana = await site.person({ cpf: '11144477735', cnpj: BANK, classes: [122, 151] })
  rui = await site.person({ cpf: '52998224725', cnpj: BANK, classes: [122, 151] })
  eva = await site.person({ cpf: '15350946056', cnpj: OTHER_BANK, classes: [122, 151] })
})
afterAll(() => site.close())

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
  const send = (person: Person, path: string, document: string, [, name, content]: Upload) =>
    sendFile(person, path, { document, name, content })

  it('are stored at once and told as JSON', async () => {
    const path = await draftOf(ana)
    const answer = await send(ana, path, 'requerimento', ['arquivo', 'novo.pdf', pdf('novo')])
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.body)).toMatchObject({
      document: 'requerimento',
      files: [{ name: 'novo.pdf', note: '' }],
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
      (JSON.parse(answer.body) as { files: { name: string; note: string }[] }).files.find(
        (file) => file.name === 'd.pdf',
      )?.note,
    ).toContain('O mesmo arquivo já está em outra linha deste rascunho.')
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
