// The form editor in a browser: server and browser judge every form alike; the preview follows what is typed; axe finds nothing.
import { build } from 'esbuild'
import fc from 'fast-check'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Item, LINK_KEYS, type Operator } from '#criteria/rules/grammar.ts'
import { QUESTION_TYPES } from '#forms/rules/definition.ts'
import { evaluate, type Shape } from '#forms/rules/evaluate.ts'
import { openBrowser } from '../tests/support/browser.ts'
import { startTestSite, type TestSite } from '../tests/support/site.ts'
import { axeOf, CPF, enter, newWindow } from './journey.ts'

let site: TestSite
let browser: Browser
beforeAll(async () => {
  site = await startTestSite()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await site.close()
})

const KEYS = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
const OPERATORS: readonly Operator[] = ['is', 'is-not', 'one-of', 'contains', 'before', 'after', 'empty', 'filled']
const VALUES = ['x', 'sim', 'nao', '1000', '2026-03-09', 'ABC1C34', 'um', 'Ção']
const TYPED = [...VALUES, '', ' X ', 'R$ 1.000,00', '09/03/2026', 'abc-1234', 'um,dois', 'ÇÃO', '🚗']

const link = fc.constantFrom(...LINK_KEYS)
const dated = (field: string) => fc.constantFrom(...VALUES).map((value) => ({ field, value }))
const condition = fc.letrec<{ tree: Item[]; rule: Item; group: Item }>((tie) => ({
  rule: fc
    .tuple(link, fc.constantFrom(...KEYS).chain(dated), fc.constantFrom(...OPERATORS))
    .map(([link, { field, value }, operator]) => ({ link, field, operator, values: [value] })),
  group: fc.record({ link, items: tie('tree') }),
  tree: fc.array(fc.oneof({ maxDepth: 3 }, tie('rule'), tie('group')), { minLength: 1, maxLength: 3 }),
})).tree
const maybe = fc.option(condition, { nil: undefined })
/** Days are compared with days alone: publication refuses anything else. */
const TYPES = QUESTION_TYPES.filter((type) => type !== 'date')
const shape = fc
  .tuple(
    fc.array(fc.record({ type: fc.constantFrom(...TYPES), show: maybe, required: fc.oneof(fc.boolean(), condition) }), {
      minLength: KEYS.length,
      maxLength: KEYS.length,
    }),
    fc.array(maybe, { minLength: 3, maxLength: 3 }),
    condition,
  )
  .map(
    ([questions, shows, when]): Shape => ({
      sections: [
        {
          key: 's',
          questions: questions.map((one, i) => ({ key: KEYS[i] ?? '', ...one })),
          documents: [
            { key: 'd1', show: shows[0], need: { when } },
            { key: 'd2', show: shows[1], need: { group: 'g' } },
            { key: 'd3', show: shows[2], need: 'required' },
          ],
        },
      ],
    }),
  )
const trial = fc.tuple(shape, fc.dictionary(fc.constantFrom(...KEYS), fc.constantFrom(...TYPED)))

it('server and browser judge 10,000 random forms and answers alike', async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { evaluate } from '#forms/rules/evaluate.ts'
        const plain = (_, v) => v instanceof Set ? [...v] : v instanceof Map ? [...v] : v
        window.judge = (trials) =>
          JSON.stringify(JSON.parse(trials).map(([shape, answers]) => JSON.stringify(evaluate(shape, answers), plain)))`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    write: false,
  })
  const plain = (_: string, value: unknown) => (value instanceof Set || value instanceof Map ? [...value] : value)
  const page = await (await browser.newContext()).newPage()
  await page.addScriptTag({ content: outputFiles[0]?.text ?? '' })
  let shown = 0
  for (let round = 0; round < 20; round++) {
    // As the page gets them: through JSON, whose text also crosses faster than the trees themselves.
    const sent = JSON.stringify(fc.sample(trial, { numRuns: 500, seed: 7308 + round }))
    const trials = JSON.parse(sent) as [Shape, object][]
    const there = JSON.parse(
      await page.evaluate((given) => (window as unknown as { judge: (all: string) => string }).judge(given), sent),
    )
    const here = trials.map(([shape, answers]) => JSON.stringify(evaluate(shape, answers as never), plain))
    expect(there).toEqual(here)
    shown += here.filter((verdict) => !verdict.includes('"questions":[]')).length
  }
  expect(shown).toBeGreaterThan(5000)
  await page.context().close()
}, 300_000)

it('a manager previews a case, keeps it as a test, and finds every page accessible', async () => {
  const { page, context } = await newWindow(browser, site.url)
  await enter(page, CPF.supervisor)
  await page.waitForURL(`${site.url}/`)
  await page.goto('/admin/formularios/instituicoes-financeiras')
  await page.getByRole('button', { name: 'Nova versão a partir desta' }).click()
  await page.waitForURL(/\/2$/)
  for (const path of [
    '',
    '/dados',
    '/pergunta/caso',
    '/pergunta/processo/mostrar',
    '/documento/crv',
    '/testes',
    '/diferencas',
  ]) {
    await page.goto(`/admin/formularios/instituicoes-financeiras/2${path}`)
    expect((await axeOf(page).analyze()).violations.map(({ id, nodes }) => [path, id, nodes[0]?.html])).toEqual([])
  }
  await page.goto('/admin/formularios/instituicoes-financeiras/2/previa')
  await page.getByLabel('Desbloqueio para Cancelamento de Gravame').check()
  await page.getByLabel('Veículo com Furto/Roubo').check()
  await page.locator('#q-placa').fill('ABC1234')
  await page.locator('[data-title]', { hasText: 'Veículo com Furto/Roubo - ABC1234' }).waitFor()
  expect(await page.locator('[data-outcome=required][data-key=bo]').isVisible()).toBe(true)
  expect((await axeOf(page).analyze()).violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
  await page.getByLabel('Nome do teste').fill('Furto')
  await page.getByRole('button', { name: 'Guardar como teste' }).click()
  const line = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: 'Furto', exact: true }) })
  await line.getByText('passa', { exact: true }).waitFor()
  await context.close()
})

it.each([true, false])('a manager writes a condition in the builder of searches (scripts: %s)', async (js) => {
  const { page, context } = await newWindow(browser, site.url, { js })
  await enter(page, CPF.supervisor)
  await page.waitForURL(`${site.url}/`)
  await page.goto('/admin/formularios/instituicoes-financeiras')
  const begin = page.getByRole('button', { name: 'Nova versão a partir desta' })
  if (await begin.count()) await begin.click()
  await page.goto('/admin/formularios/instituicoes-financeiras/2/documento/laudo-dano/mostrar')
  const part = (name: string) => page.locator(`[id="r2.${name}"]`)
  const follow = async () => {
    if (!js) await page.getByRole('button', { name: 'Atualizar campos' }).click()
  }
  await page.getByRole('button', { name: 'regra', exact: true }).click()
  await part('campo').selectOption({ label: 'Data do fato' })
  await follow()
  await page.getByRole('button', { name: 'Salvar', exact: true }).click()
  await page.getByRole('link', { name: /Data do fato/ }).click()
  expect(await part('campo').inputValue()).toBe('fato-data')
  await page.locator('input[id="r2.valor"][type=date]').fill('2026-03-09')
  await part('campo').selectOption({ label: 'Veículo recuperado?' })
  await follow()
  await page.locator('select[id="r2.valor"]').selectOption({ label: 'Sim' })
  await page.getByRole('button', { name: 'Salvar', exact: true }).click()
  await page.getByText(/Sinistro de média ou grande monta e Veículo recuperado\? é Sim/i).waitFor()
  expect(new URL(page.url()).pathname).toBe('/admin/formularios/instituicoes-financeiras/2/documento/laudo-dano')
  await page.getByRole('link', { name: 'Editar quando aparece' }).click()
  await page.getByRole('button', { name: 'Remover a regra 2' }).click()
  await page.getByRole('button', { name: 'Salvar', exact: true }).click()
  await page.getByText('Aparece quando Qual é o caso? é um de Sinistro de média ou grande monta Editar').waitFor()
  await context.close()
})

it('a manager drags questions and sections to their place, the last one too', async () => {
  const { page, context } = await newWindow(browser, site.url, { width: 1366 })
  await enter(page, CPF.supervisor)
  await page.waitForURL(`${site.url}/`)
  await page.goto('/admin/formularios/instituicoes-financeiras')
  const begin = page.getByRole('button', { name: 'Nova versão a partir desta' })
  if (await begin.count()) await begin.click()
  await page.goto('/admin/formularios/instituicoes-financeiras/2')
  const item = (key: string) => page.locator(`[data-key="${key}"]`)
  const keys = (kind: string, within = '') =>
    page
      .locator(`${within} [data-item=${kind}]`)
      .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.key))
  const vehicle = '[data-key=veiculo]'
  const questions = await keys('pergunta', vehicle)
  const [first = '', second = ''] = questions
  const last = questions.at(-1) ?? ''
  await item(first).dragTo(item(second))
  await expect.poll(() => keys('pergunta', vehicle)).toEqual([second, first, ...questions.slice(2)])
  await item(second).dragTo(item(last))
  await expect.poll(() => keys('pergunta', vehicle)).toEqual([first, ...questions.slice(2), second])
  await item(second).dragTo(item(first))
  await expect.poll(() => keys('pergunta', vehicle)).toEqual([second, first, ...questions.slice(2)])
  const sections = await keys('secao')
  await item('veiculo')
    .locator('header, h2, h3')
    .first()
    .dragTo(
      item(sections[0] ?? '')
        .locator('header, h2, h3')
        .first(),
    )
  await expect.poll(() => keys('secao')).toEqual(['veiculo', ...sections.filter((one) => one !== 'veiculo')])
  await context.close()
})
