// The room of an institution for what no ticket has taken: shared by colleagues, not by institutions, whichever way a file comes.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  BANK,
  type DraftSite,
  draftOf,
  OTHER_BANK,
  type Person,
  pdf,
  startDraftSite,
  theft,
  theftFiles,
} from '../../tests/support/draft-site.ts'
import { begin, sendFile } from '../../tests/support/tus.ts'

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

const setRoom = async (bytes: number): Promise<void> => {
  await sql`insert into eprod.setting (key, value, changed_at) values ('unclaimedBytes', ${String(bytes)}, now())
    on conflict (key) do update set value = excluded.value`.execute(site.database.owner.db)
}
const big = (size: number) => ({ document: 'requerimento', name: 'cheio.pdf', size })

it('what one is sending leaves no room for a colleague, but all of it for another institution', async () => {
  await setRoom(3_000_000)
  expect((await begin(ana, await draftOf(ana), big(2_000_000))).status).toBe(201)
  const refused = await begin(rui, await draftOf(rui), big(1_000_001))
  expect(refused.status).toBe(422)
  expect(JSON.parse(refused.body)).toMatchObject({ problems: [{ code: 'file-quota' }] })
  expect(JSON.parse(refused.body).detail).toContain('já têm 1 MB, e o limite é 2 MB')
  expect((await begin(rui, await draftOf(rui), big(1_000_000))).status).toBe(201)
  expect((await begin(eva, await draftOf(eva), big(3_000_000))).status).toBe(201)
})

it('a file that was announced in time is taken, also without a byte to spare', async () => {
  const content = Buffer.concat([pdf('justo'), Buffer.alloc(2000, 'a')])
  await sql`delete from eprod.upload`.execute(site.database.owner.db)
  await setRoom(content.length)
  const sent = await sendFile(ana, await draftOf(ana), { document: 'requerimento', name: 'justo.pdf', content })
  expect([sent.status, JSON.parse(sent.body).files.length]).toEqual([200, 1])
})

it('with scripts off and in an answer it is told at the file, and what was typed stays', async () => {
  await setRoom(1)
  const path = await draftOf(ana)
  const answer = await ana.post(path, { ...theft, acao: 'salvar' }, [['arquivo:requerimento', 'a.pdf', pdf('a')]])
  expect(answer.status).toBe(422)
  expect(answer.body).toContain('Envie ou descarte rascunhos')
  expect(answer.body).toContain(theft.justificativa)
  await setRoom(20e9)
  const { location } = await ana.post(path, { ...theft, acao: 'enviar' }, theftFiles)
  await setRoom(1)
  const ticket = location.replace(/\?.*/, '')
  const laid = await ana.post(`${ticket}/envios`, {}, [['arquivo', 'b.pdf', pdf('b')]])
  expect(laid.body).toContain('Envie ou descarte rascunhos')
})
