// Every case of the catalogue filed through its form, from the table of answers.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documentsOf } from '#forms/rules/definition.ts'
import { ANSWERS_OF_CASES, answersOf, enough } from '../../../seeds/forms/answers.ts'
import { CASE_OPTIONS } from '../../../seeds/forms/cases.ts'
import { FINANCIAL_INSTITUTIONS as form } from '../../../seeds/forms/instituicoes-financeiras.ts'
import {
  BANK,
  type DraftSite,
  draftOf,
  errorsIn,
  type Person,
  pdf,
  startDraftSite,
} from '../../../tests/support/draft-site.ts'

let site: DraftSite
let ana: Person
beforeAll(async () => {
  site = await startDraftSite()
  ana = await site.person({ cpf: '11144477735', cnpj: BANK, classes: [122, 151] })
})
afterAll(() => site.close())

const nameOf = (code: string) => CASE_OPTIONS.find((one) => one.value === code)?.label['pt-BR']

describe.each(ANSWERS_OF_CASES)('case %s with %o', (code, own) => {
  const answers = answersOf(code, own) as Record<string, string>
  const documents = enough(answers)

  it('is sent back without its documents, then filed with them, and the ticket shows both', async () => {
    const path = await draftOf(ana)
    const refused = await ana.post(path, { ...answers, acao: 'enviar' })
    expect(refused.status).toBe(422)
    expect(errorsIn(refused.body)).toHaveLength(documents.length)

    const files = documents.map((key) => [`arquivo:${key}`, `${key}.pdf`, pdf(key)] as const)
    const filed = await ana.post(path, { ...answers, acao: 'enviar' }, files)
    expect(filed.status).toBe(303)
    const { body } = await ana.get(filed.location)
    expect(/<dt>Caso<\/dt><dd class="">([^<]+)/.exec(body)?.[1]).toBe(nameOf(code))
    const shown = [...body.matchAll(/<\/svg>([^<>]+\.pdf)<small>([^·]+) ·/g)].map(([, file, name]) => [file, name])
    const sent = documentsOf(form).filter(({ key }) => documents.includes(key))
    // Once beside the answers, once in the list of documents.
    const once = sent.map(({ key, name }) => [`${key}.pdf`, name['pt-BR']])
    expect(shown).toEqual([...once, ...once])
  })
})
