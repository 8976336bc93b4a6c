// What no ticket takes goes after the days of the settings, and its bytes with it; what is gone on with, sent or filed stays.
import { readdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { removeOrphans } from '#attachments/actions.ts'
import { removeUnclaimed } from '#attachments/uploads.ts'
import {
  BANK,
  type DraftSite,
  draftOf,
  errorsIn,
  type Person,
  pdf,
  startDraftSite,
  theft,
  theftFiles,
} from '../../tests/support/draft-site.ts'
import { begin, PIECE, TUS } from '../../tests/support/tus.ts'

const DAY_MS = 86_400_000

let site: DraftSite
let ana: Person
let start: Date
beforeAll(async () => {
  site = await startDraftSite()
  start = site.clock.now
})
afterAll(() => site.close())
beforeEach(async () => {
  site.clock.now = start
  ana = await site.person({ cpf: '11144477735', cnpj: BANK, classes: [122, 151] })
  await sql`delete from eprod.attachment where n is null`.execute(site.database.owner.db)
  await sql`delete from eprod.upload`.execute(site.database.owner.db)
})

const after = (days: number): Date => new Date(start.getTime() + days * DAY_MS)
const sweep = (now: Date) => removeUnclaimed(site.database.worker.db, site.store, now)
const parts = () => readdir(join(site.folder, 'parts'))
const content = Buffer.concat([pdf('parado'), Buffer.alloc(2000, 'a')])

/** Begins a file, sends half of it, and makes the bytes as old as the test's clock has them. */
async function half(): Promise<string> {
  const { location } = await begin(ana, await draftOf(ana), {
    document: 'contrato',
    name: 'x.pdf',
    size: content.length,
  })
  await ana.ask('PATCH', location, { ...PIECE, 'upload-offset': '0' }, content.subarray(0, 1000))
  await utimes(partOf(location), start, start)
  return location
}
const partOf = (location: string): string => join(site.folder, 'parts', location.split('/').at(-1) ?? '')

it('an upload that stopped is kept for seven days, then it and its bytes are gone', async () => {
  const location = await half()
  expect(await sweep(after(6.9))).toBe(0)
  expect((await ana.ask('HEAD', location, TUS)).headers['upload-offset']).toBe('1000')
  expect(await sweep(after(7.1))).toBe(1)
  expect((await ana.ask('HEAD', location, TUS)).status).toBe(404)
  expect(await parts()).toEqual([])
})

it('an upload somebody went on with since is not forgotten', async () => {
  const location = await half()
  await utimes(partOf(location), after(5), after(5))
  expect(await sweep(after(8))).toBe(0)
  expect((await ana.ask('HEAD', location, TUS)).headers['upload-offset']).toBe('1000')
  expect(await sweep(after(12.1))).toBe(1)
})

it('an upload that was announced and never begun goes as well', async () => {
  await begin(ana, await draftOf(ana), { document: 'contrato', name: 'x.pdf', size: 10 })
  expect(await sweep(after(7.1))).toBe(1)
})

it('the days are the administrator’s to set, and the browser is told of them', async () => {
  const of = (cpf: string, classes: readonly number[]) => site.person({ cpf, cnpj: '03847655000198', classes })
  const [administrator, analyst] = [await of('16899535009', [904]), await of('93541134780', [901])]
  const set = (parados: string, limite = '20', by = administrator) =>
    by.post('/admin/arquivos', { limite, parados, rascunhos: '90', reserva: '20' })
  expect((await set('2')).location).toBe('/admin/arquivos?feito=salvo')
  expect((await set('2', '20', analyst)).status).toBe(403)
  expect((await set('2', '20', ana)).status).toBe(404)
  const path = await draftOf(ana)
  const begun = await begin(ana, path, { document: 'contrato', name: 'x.pdf', size: 10 })
  expect(new Date(String(begun.headers['upload-expires']))).toEqual(after(2))
  expect(await sweep(after(2.1))).toBe(1)
  const wrong = await set('0', '101')
  expect([wrong.status, errorsIn(wrong.body)]).toEqual([422, ['#limite', '#parados']])
  expect(wrong.body).toContain('value="101"')
  await set('7', '1')
  expect((await begin(ana, path, { document: 'contrato', name: 'x.pdf', size: 2 << 20 })).status).toBe(422)
  await set('7')
})

it('files of a draft go ninety days after its last change, told beforehand; its answers stay', async () => {
  const path = await draftOf(ana)
  await ana.post(path, { ...theft, acao: 'salvar' }, theftFiles)
  expect((await ana.get(path)).body).toContain('parado por 90 dias são apagados')
  expect(await sweep(after(89))).toBe(0)
  expect(await sweep(after(91))).toBe(2)
  expect(await removeOrphans(site.database.worker.db, site.store, after(92))).toBe(2)
  const { rows } = await sql`select from eprod.file_check`.execute(site.database.owner.db)
  expect(rows).toEqual([])
  const { body } = await ana.get(path)
  expect(body).toContain(theft.justificativa)
  expect(body).not.toContain('requerimento.pdf')
})

it('a file of a message never sent goes after seven days; what was sent and filed stays', async () => {
  const path = await draftOf(ana)
  const ticket = (await ana.post(path, { ...theft, acao: 'enviar' }, theftFiles)).location.replace(/\?.*/, '')
  await ana.post(`${ticket}/envios`, {}, [['arquivo', 'esquecido.pdf', pdf('esquecido')]])
  const sent = await ana.post(`${ticket}/acompanhamentos`, { texto: 'Segue.' }, [
    ['arquivos', 'segue.pdf', pdf('segue')],
  ])
  expect(sent.location).toContain('feito=acompanhamento')
  expect(await sweep(after(6.9))).toBe(0)
  expect(await sweep(after(800))).toBe(1)
  const { rows } = await sql<{ name: string }>`select name from eprod.attachment order by n`.execute(
    site.database.owner.db,
  )
  expect(rows.map((row) => row.name)).toEqual(['requerimento.pdf', 'bo.jpg', 'segue.pdf'])
})
