// /admin/prazos and /admin/jobs as an administrator uses them.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DraftSite, type Person, startDraftSite } from '../../tests/support/draft-site.ts'

const STAFF = '03847655000198'
let site: DraftSite
let administrator: Person
beforeAll(async () => {
  site = await startDraftSite()
  administrator = await site.person({ cpf: '16899535009', cnpj: STAFF, classes: [904] })
})
afterAll(() => site.close())

it('the calendar comes with the optional days of the State and their source, and the holidays of this year and the next', async () => {
  const { body } = await administrator.get('/admin/prazos')
  expect(body).toMatch(/24-12-2026.*Véspera de Natal.*Ponto facultativo.*confirme no decreto do ano/s)
  expect(body).toMatch(/08-02-2027 a 09-02-2027.*Carnaval/s)
  for (const known of [2026, 2027]) expect(body).toContain(`Feriados nacionais e estaduais de ${known}`)
})

it('days are corrected where they stand: heading and button say so, and there is no second day', async () => {
  const { body } = await administrator.get('/admin/prazos')
  const [, id = ''] =
    /corrigir=(\d+)#novos-dias">Corrigir<span class="vh">: Nossa Senhora dos Navegantes/.exec(body) ?? []
  const form = await administrator.get(`/admin/prazos?corrigir=${id}`)
  expect(form.body).toContain('Corrigir: Nossa Senhora dos Navegantes</h2>')
  expect(form.body).toMatch(/Salvar correção\s*<\/button>/)
  const typed = { corrigir: id, tipo: 'optional', nome: 'Navegantes', fonte: 'Decreto 9', de: '2027-02-03', ate: '' }
  const wrong = await administrator.post('/admin/prazos/dias', { ...typed, de: '2027-02-08' })
  expect(wrong.status).toBe(422)
  expect(wrong.body).toContain('Já está no calendário: Carnaval.')
  expect(wrong.body).toMatch(/name="corrigir" value="\d+"/)
  expect((await administrator.post('/admin/prazos/dias', typed)).location).toBe('/admin/prazos?feito=salvo')
  const after = (await administrator.get('/admin/prazos')).body
  expect(after).toContain('03-02-2027')
  expect(after).not.toContain('02-02-2027')
})

it('jobs are sought by an address that can be kept, and what is not understood finds nothing', async () => {
  const sent = `select mail.post('{"to": "x@example.com", "subject": "Assunto", "text": "t", "html": "h", "messageId": "x@y"}', now())`
  await site.database.owner.pool.query(sent)
  const { body } = await administrator.get('/admin/jobs?tarefa=mail.send&destinatario=X%40example')
  expect(body).toContain('x@example.com')
  expect(body).toContain('<option value="mail.send" selected')
  expect((await administrator.get('/admin/jobs?tarefa=mail.send&chamado=abc')).body).toContain(
    'Nenhuma tarefa com estes',
  )
  await site.database.owner.pool.query('update graphile_worker._private_jobs set attempts = max_attempts')
  const [, job = ''] =
    /name="descartar" value="(job \d+)"/.exec((await administrator.get('/admin/jobs?estado=failed')).body) ?? []
  expect((await administrator.post('/admin/jobs', { descartar: job })).location).toBe('/admin/jobs?feito=descartar')
  expect((await administrator.get('/admin/jobs?estado=failed')).body).not.toContain(`value="${job}"`)
})
