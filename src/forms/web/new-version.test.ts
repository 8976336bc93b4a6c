// A draft and a form published anew meanwhile: what changed is told, nothing typed is lost, nothing is filed by a form out of use.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Definition } from '#forms/rules/definition.ts'
import { insertPublishedVersion } from '#forms/store.ts'
import {
  BANK,
  type DraftSite,
  draftOf,
  type Person,
  startDraftSite,
  theft,
  theftFiles,
} from '../../../tests/support/draft-site.ts'
import { takeOut } from '../../../tests/support/versions.ts'

const TITLE = 'O formulário mudou desde que este rascunho começou'
let site: DraftSite
let ana: Person
let draft: string
beforeAll(async () => {
  site = await startDraftSite()
  ana = await site.person({ cpf: '11144477735', cnpj: BANK, classes: [122, 151] })
  draft = await draftOf(ana)
  await ana.post(draft, { ...theft, acao: 'salvar' }, theftFiles)
})
afterAll(() => site.close())

/** Publishes the form anew, as `change` makes it of the version in use. */
const publish = (change: (before: Definition) => Definition) => takeOut(site.database.owner.db, change)

/** Puts a form in use again that is out of use. */
async function republish(definition: Definition): Promise<void> {
  await site.database.owner.db.transaction().execute(async (tx) => {
    const { form_id, number } = await tx
      .selectFrom('eprod.form_version')
      .select(['form_id', 'number'])
      .orderBy('number', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    await insertPublishedVersion(tx, { formId: form_id, number: number + 1, definition })
  })
}

/** One more obligatory question beside the plate, and the plate asked for in other words. */
function withColour(before: Definition): Definition {
  const { plate } = before.facts
  const colour = {
    key: 'cor',
    type: 'short-text',
    label: { 'pt-BR': 'Cor do veículo', en: 'Colour' },
    required: true,
  } as const
  const label = { 'pt-BR': 'Placa atual', en: 'Plate now' }
  return {
    ...before,
    sections: before.sections.map((section) => {
      if (!section.questions.some(({ key }) => key === plate)) return section
      const asked = section.questions.map((one) => (one.key === plate ? { ...one, label } : one))
      return { ...section, questions: [...asked, colour] }
    }),
  }
}
const versionOf = async () =>
  (
    await site.database.owner.db
      .selectFrom('eprod.draft')
      .select('form_version_id')
      .where('id', '=', draft.split('/').at(-1) ?? '')
      .executeTakeFirstOrThrow()
  ).form_version_id

describe('a draft of an older version', () => {
  it('says nothing while its version is the one in use', async () => {
    expect((await ana.get(draft)).body).not.toContain(TITLE)
  })

  it('tells what was added and changed once another is published, and offers it', async () => {
    await publish(withColour)
    const { body } = await ana.get(draft)
    expect(body).toContain(TITLE)
    expect(body).toContain('Novo: Cor do veículo')
    expect(body).toContain('Mudou: Placa atual')
    expect(body).toContain('Usar a versão nova')
    expect(body).not.toContain('name="cor"')
  })

  it('is not sent by the form of before: it goes on with the new one, which says what it lacks', async () => {
    const before = await versionOf()
    const { status, body } = await ana.post(draft, { ...theft, acao: 'enviar' })
    expect(status).toBe(422)
    expect(body).toContain('name="cor"')
    expect(body).toContain('123/2026')
    expect(await versionOf()).not.toBe(before)
  })

  it('keeps answers and files, and is filed with the new version', async () => {
    expect((await ana.get(draft)).body).not.toContain(TITLE)
    const { status, location } = await ana.post(draft, { ...theft, cor: 'Prata', acao: 'enviar' })
    expect(status).toBe(303)
    const { body } = await ana.get(location)
    expect(body).toContain('Prata')
    for (const [, name] of theftFiles) expect(body).toContain(name)
  })

  it('takes the new version by its button, whatever is typed going with it', async () => {
    const next = await draftOf(ana)
    await ana.post(next, { tipo: 'desbloqueio', acao: 'salvar' })
    await publish((before) => before)
    const { location } = await ana.post(next, { tipo: 'desbloqueio', caso: '01', acao: 'versao' })
    expect(location).toBe(`${next}?versao`)
    const { body } = await ana.get(location)
    expect(body).toContain('O rascunho usa agora a versão nova')
    expect(body).not.toContain(TITLE)
  })
})

describe('the address of a form', () => {
  const address = '/abrir-chamado/instituicoes-financeiras'
  it('that is out of use says so and leads to those in use; it opens again with the next version', async () => {
    const { definition } = await site.database.owner.db
      .selectFrom('eprod.form_version')
      .select('definition')
      .where('status', '=', 'published')
      .executeTakeFirstOrThrow()
    await takeOut(site.database.owner.db)
    const { status, body } = await ana.get(address)
    expect(status).toBe(410)
    expect(body).toContain('Este formulário saiu de uso')
    expect(body).toMatch(/<main[\s\S]*href="\/abrir-chamado"/)
    await republish(definition as Definition)
    expect((await ana.get(address)).location).toMatch(/^\/rascunhos\//)
  })
  it('that never was is not found', async () => {
    expect((await ana.get('/abrir-chamado/nunca-houve')).status).toBe(404)
  })
})

describe('the home page', () => {
  it('lists drafts to go on with, a colleague’s too', async () => {
    const rui = await site.person({ cpf: '52998224725', cnpj: BANK, classes: [122, 151] })
    const path = await draftOf(ana)
    await ana.post(path, { tipo: 'desbloqueio', caso: '01', placa: 'IZA4B21', acao: 'salvar' })
    const { body } = await rui.get('/')
    expect(body).toContain(`href="${path}"`)
    expect(body).toContain('IZA4B21')
  })
})
