// One draft in two pages at once: what one of them did not change is not written over, and nothing is sent that it did not show.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Definition } from '#forms/rules/definition.ts'
import { withSent } from '#forms/rules/seen.ts'
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
} from '../../../tests/support/draft-site.ts'
import { takeOut } from '../../../tests/support/versions.ts'

let site: DraftSite
let ana: Person
let rui: Person
let path: string
beforeAll(async () => {
  site = await startDraftSite()
  ana = await site.person({ cpf: '11144477735', cnpj: BANK, classes: [122, 151] })
  rui = await site.person({ cpf: '52998224725', cnpj: BANK, classes: [122, 151] })
})
afterAll(() => site.close())
beforeEach(async () => {
  path = await draftOf(ana)
})

const decoded = (text: string): string => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&')
/** What the page carries back beside its fields, as a browser posts it. */
async function carried(person: Person): Promise<{ visto: string; anexo: string[] }> {
  const { body } = await person.get(path)
  return {
    visto: decoded(/name="visto" value="([^"]*)"/.exec(body)?.[1] ?? ''),
    anexo: [...body.matchAll(/name="anexo" value="([^"]+)"/g)].map(([, id]) => id ?? ''),
  }
}
const answered = async (key: string): Promise<string> =>
  decoded(new RegExp(`name="${key}"[^>]*value="([^"]*)"`).exec((await ana.get(path)).body)?.[1] ?? '')

describe('answers', () => {
  it('that a page showed and left alone do not write over what was typed elsewhere meanwhile', async () => {
    await ana.post(path, { ...theft, acao: 'salvar' })
    const stale = await carried(ana)
    await rui.post(path, { placa: 'ABC1D23', processo: '999/2026', acao: 'salvar' })
    await ana.post(path, { ...theft, ...stale, acao: 'salvar' })
    expect(await answered('placa')).toBe('ABC1D23')
    expect(await answered('processo')).toBe('999/2026')
  })

  it('that were changed elsewhere are not filed, nor declared, by a page that did not show them', async () => {
    await ana.post(path, { ...theft, acao: 'salvar' }, theftFiles)
    const stale = await carried(ana)
    await rui.post(path, { placa: 'ZZZ9Z99', acao: 'salvar' })
    const { status, body } = await ana.post(path, { ...theft, ...stale, acao: 'enviar' })
    expect(status).toBe(422)
    expect(body).toMatch(/id="q-placa-erro"[\s\S]*?Este campo mudou em outra página/)
    expect(await answered('placa')).toBe('ZZZ9Z99')
    expect((await ana.post(path, { ...theft, placa: 'ZZZ9Z99', ...(await carried(ana)), acao: 'enviar' })).status).toBe(
      303,
    )
  })

  it('changed on both sides are told with what stood on the other, and the last one stays', async () => {
    await ana.post(path, { ...theft, acao: 'salvar' })
    const stale = await carried(ana)
    await rui.post(path, { processo: '999/2026', acao: 'salvar' })
    const { status, body } = await ana.post(path, { ...theft, ...stale, processo: '777/2026', acao: 'salvar' })
    expect(status).toBe(422)
    expect(body).toContain('lá estava: “999/2026”')
    expect(await answered('processo')).toBe('777/2026')
  })
})

describe('what is saved while one types', () => {
  const typed = (person: Person, fields: Record<string, string>) =>
    person.raw(`${path}/salvar`, 'application/x-www-form-urlencoded', String(new URLSearchParams(fields)), {
      accept: 'application/json',
    })
  const toldOf = async (sent: ReturnType<typeof typed>) => JSON.parse((await sent).body)

  it('does not write over what another page saved meanwhile: that stays, and is told to whoever types', async () => {
    await ana.post(path, { ...theft, acao: 'salvar' })
    const { visto } = await carried(ana)
    await rui.post(path, { processo: '999/2026', acao: 'salvar' })
    const told = await toldOf(typed(ana, { processo: '777/2026', placa: 'ABC1D23', visto }))
    expect(told.left).toEqual({ processo: expect.stringContaining('“999/2026”') })
    expect(await answered('processo')).toBe('999/2026')
    expect(await answered('placa')).toBe('ABC1D23')
  })

  it('knows its own: what was sent and not yet answered is nobody else’s', async () => {
    await ana.post(path, { ...theft, acao: 'salvar' })
    const { visto } = await carried(ana)
    await typed(ana, { 'bo-numero': '1/2026', visto })
    const sent = JSON.stringify(withSent(JSON.parse(visto), { 'bo-numero': '1/2026' }))
    expect((await toldOf(typed(ana, { 'bo-numero': '12/2026', visto: sent }))).left).toEqual({})
    expect(await answered('bo-numero')).toBe('12/2026')
    // Back to what the page began with: a change too.
    const again = JSON.stringify(withSent(JSON.parse(sent), { 'bo-numero': '12/2026' }))
    await typed(ana, { 'bo-numero': theft['bo-numero'], visto: again })
    expect(await answered('bo-numero')).toBe(theft['bo-numero'])
  })

  it('is judged at once, by the rules it will be filed by', async () => {
    const { wrong } = await toldOf(
      typed(ana, { tipo: 'desbloqueio', caso: theft.caso ?? '', placa: 'AB1', email: 'nao@' }),
    )
    expect(Object.keys(wrong).sort()).toEqual(['email', 'placa'])
    expect((await ana.get(path)).body).toMatch(/id="q-placa"[^>]*aria-invalid="true"/)
  })

  it('of a draft thrown away meanwhile goes on as a new one, with who threw it away', async () => {
    await ana.post(path, { ...theft, acao: 'salvar' })
    await rui.post(path, { acao: 'descartar' })
    const sent = await typed(ana, { processo: '777/2026' })
    expect(sent.status).toBe(410)
    expect(JSON.parse(sent.body).gone).toContain('Pessoa 52998224725 descartou este rascunho')
    const anew = await ana.post(path, { ...theft, processo: '777/2026', acao: 'enviar' }, theftFiles)
    expect(anew.location).toMatch(/^\/rascunhos\/[\w-]{36}\?refeito$/)
    path = anew.location.replace('?refeito', '')
    expect(await answered('processo')).toBe('777/2026')
    expect((await ana.get(path)).body).toContain(theftFiles[0]?.[1])
    const eva = await site.person({ cpf: '15350946056', cnpj: OTHER_BANK, classes: [122, 151] })
    expect((await eva.post(path, { acao: 'salvar' })).status).toBe(404)
  })
})

describe('files', () => {
  it('that came meanwhile are not filed unseen', async () => {
    await ana.post(path, { ...theft, acao: 'salvar' }, theftFiles)
    const stale = await carried(ana)
    await rui.post(path, { acao: 'salvar' }, [[theftFiles[0]?.[0] ?? '', 'outro-veiculo.pdf', pdf('outro veículo')]])
    const refused = await ana.post(path, { ...theft, ...stale, acao: 'enviar' })
    expect(refused.status).toBe(422)
    expect(refused.body).toContain('Os arquivos deste rascunho mudaram')
    expect(refused.body).toContain('outro-veiculo.pdf')
    expect((await ana.post(path, { ...theft, ...(await carried(ana)), acao: 'enviar' })).status).toBe(303)
  })

  it('sent with the very post, and those shown, are filed', async () => {
    await ana.post(path, { ...theft, acao: 'salvar' }, theftFiles.slice(0, 1))
    const seen = await carried(ana)
    expect(seen.anexo).toHaveLength(1)
    expect((await ana.post(path, { ...theft, ...seen, acao: 'enviar' }, theftFiles.slice(1))).status).toBe(303)
  })
})

it('what a colleague declared is not one’s own: it is shown unmade, and made anew', async () => {
  await ana.post(path, { ...theft, acao: 'salvar' }, theftFiles)
  const { declaro, ...rest } = theft
  expect((await ana.get(path)).body).toMatch(/id="q-declaro"[^>]*checked/)
  expect((await rui.get(path)).body).not.toMatch(/id="q-declaro"[^>]*checked/)
  expect((await rui.post(path, { ...rest, acao: 'enviar' })).status).toBe(422)
  expect((await rui.post(path, { ...rest, declaro, acao: 'enviar' })).status).toBe(303)
})

describe('the form', () => {
  const publish = (change: (before: Definition) => Definition) => takeOut(site.database.owner.db, change)
  const declaring =
    (text: string) =>
    (before: Definition): Definition => ({
      ...before,
      sections: before.sections.map((section) => ({
        ...section,
        questions: section.questions.map((one) =>
          one.type === 'declaration' ? { ...one, label: { 'pt-BR': text, en: text } } : one,
        ),
      })),
    })

  it('published anew while its page stood open files nothing: the new declaration is to be read and made', async () => {
    await ana.post(path, { ...theft, acao: 'salvar' }, theftFiles)
    const seen = await carried(ana)
    await publish(declaring('Declaro outra coisa'))
    const { status, body } = await ana.post(path, { ...theft, ...seen, acao: 'enviar' })
    expect(status).toBe(422)
    expect(body).toContain('O formulário mudou enquanto este pedido era preenchido (Mudou: ')
    expect(body).toContain('Declaro outra coisa')
    expect(body).not.toMatch(/type="checkbox" id="q-declaro"[^>]*checked/)
    expect((await ana.post(path, { ...theft, ...(await carried(ana)), acao: 'enviar' })).status).toBe(303)
  })

  it('a page of the version before, where another tab took the new one, files nothing either', async () => {
    await ana.post(path, { ...theft, acao: 'salvar' }, theftFiles)
    const seen = await carried(ana)
    await publish(declaring('Declaro uma terceira coisa'))
    await rui.post(path, { acao: 'versao' })
    expect((await ana.post(path, { ...theft, ...seen, acao: 'enviar' })).status).toBe(422)
  })

  it('taken out of use files nothing, says so and keeps the draft', async () => {
    await ana.post(path, { ...theft, acao: 'salvar' }, theftFiles)
    await takeOut(site.database.owner.db)
    const { status, body } = await ana.post(path, { ...theft, acao: 'enviar' })
    expect(status).toBe(422)
    expect(body).toContain('Este formulário saiu de uso: nada foi enviado')
    expect(body).toContain('123/2026')
  })
})
