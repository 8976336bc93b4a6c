// The address typed into a ticket's form: its institution has the link sent again, or corrects it, while the ticket is open.
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ASK_ADDRESS, askAgain, releaseHeld } from '#notifications/actions.ts'
import { readLink } from '#notifications/rules/links.ts'
import { followLink } from '#notifications/store.ts'
import {
  BANK,
  type DraftSite,
  draftOf,
  type Person,
  startDraftSite,
  theft,
  theftFiles,
} from '../../../tests/support/draft-site.ts'

let site: DraftSite
let ana: Person
let path: string
const place = { url: 'https://eprod.example.com', key: Buffer.alloc(32, 3) }
beforeAll(async () => {
  site = await startDraftSite()
  ana = await site.person({ cpf: '11144477735', cnpj: BANK, classes: [122, 151] })
})
afterAll(() => site.close())
beforeEach(async () => {
  await owner(
    'delete from eprod.held_letter; delete from eprod.mail_address; delete from graphile_worker._private_jobs',
  )
  await owner('delete from mail.letter')
  const filed = await ana.post(
    await draftOf(ana),
    { ...theft, email: 'seto@fora.example.com', acao: 'enviar' },
    theftFiles,
  )
  path = filed.location.replace(/\?.*/, '')
})

const owner = (statement: string) => sql.raw<Record<string, unknown>>(statement).execute(site.database.owner.db)
const idOf = () => Number(path.split('/')[2])
/** Runs the jobs that ask, as the worker would; returns the letters, `to` and text. */
async function asked(): Promise<[unknown, string][]> {
  const { rows } = await owner(`select j.payload from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = '${ASK_ADDRESS}' order by j.id`)
  for (const { payload } of rows)
    await askAgain(site.database.worker.db, (payload as { ticketId: number }).ticketId, { place, now: site.clock.now })
  const letters = await owner('select recipient, text_part from mail.letter order by id')
  return letters.rows.map((row) => [row.recipient, String(row.text_part)])
}

describe('a typed address that is not confirmed', () => {
  it('is sent its link again from the ticket, and once more only after a while', async () => {
    expect((await ana.get(path)).body).toContain(`href="${path}/email"`)
    expect((await ana.get(`${path}/email`)).body).toContain('seto@fora.example.com')
    expect((await ana.post(`${path}/email`, { acao: 'link' })).location).toBe(`${path}/email?feito=link`)
    expect((await ana.post(`${path}/email`, { acao: 'link' })).location).toBe(`${path}/email?feito=cedo`)
    const [[to, text = ''] = []] = await asked()
    expect(to).toBe('seto@fora.example.com')
    const link = readLink(place, /https:\/\/eprod\.example\.com(\S+confirmar\S+)/.exec(text)?.[1] ?? '')
    expect(link).toMatchObject({ does: 'confirm', address: 'seto@fora.example.com' })
    site.clock.now = new Date(site.clock.now.getTime() + 11 * 60_000)
    await ana.post(`${path}/email`, { acao: 'link' })
    expect(await asked()).toHaveLength(2)
  })

  it('is corrected, which the history tells; the new one is asked to confirm, and what waited for the old one goes nowhere', async () => {
    const { rows } = await owner(`select max(id) as id from eprod.journal_entry where thing_id = '${idOf()}'`)
    await owner(`insert into eprod.held_letter (institution_id, address, entry_id, held_until)
      select institution_id, address, ${rows[0]?.id}, now() + interval '7 days' from eprod.mail_address`)
    const wrong = await ana.post(`${path}/email`, { acao: 'corrigir', email: 'setor@' })
    expect(wrong.status).toBe(422)
    expect(wrong.body).toContain('value="setor@"')
    await ana.post(`${path}/email`, { acao: 'corrigir', email: 'Setor@fora.example.com' })
    expect((await ana.get(path)).body).toContain('setor<wbr>@fora.example.com (não confirmado)')
    expect((await asked()).map(([to]) => to)).toEqual(['setor@fora.example.com'])
    const entry = await owner(
      `select event, private_part from eprod.journal_entry where thing_id = '${idOf()}' order by id desc limit 1`,
    )
    expect(entry.rows).toEqual([
      { event: 'correct-email', private_part: { before: 'seto@fora.example.com', after: 'setor@fora.example.com' } },
    ])
    const of = { institutionId: ana.institutionId, address: 'seto@fora.example.com' }
    await followLink(site.database.entry.db, { does: 'confirm', ...of }, site.clock.now)
    await releaseHeld(site.database.worker.db, of, { place, now: site.clock.now })
    expect((await asked()).map(([to]) => to)).not.toContain('seto@fora.example.com')
  })

  it('is for operators of the institution who may write, and not for a closed ticket', async () => {
    const reader = await site.person({ cpf: '86288366757', cnpj: BANK, classes: [122] })
    const stranger = await site.person({ cpf: '71460238001', cnpj: '12ABC34501DE35', classes: [122, 151] })
    const analyst = await site.person({ cpf: '93541134780', cnpj: '03847655000198', classes: [901] })
    const fields = { acao: 'corrigir', email: 'a@b.example.com' }
    const statuses = []
    for (const one of [reader, stranger, analyst]) statuses.push((await one.post(`${path}/email`, fields)).status)
    expect(statuses).toEqual([403, 404, 403])
    const text = 'Conferido o boletim de ocorrência 123/2026 e o contrato; o desbloqueio da placa foi feito.'
    await analyst.post(`${path}/solucao`, { resultado: 'granted', texto: text })
    await ana.post(`${path}/aprovacao`, {})
    expect((await ana.post(`${path}/email`, fields)).status).toBe(409)
    expect((await ana.get(path)).body).not.toContain(`${path}/email`)
  })
})
