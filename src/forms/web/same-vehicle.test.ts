// The warning of other tickets of the vehicle: for the own institution with links, of another's not a word.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  BANK,
  type DraftSite,
  draftOf,
  OTHER_BANK,
  type Person,
  startDraftSite,
  theft,
  theftFiles,
} from '../../../tests/support/draft-site.ts'

let site: DraftSite
let ana: Person
let rui: Person
let eva: Person
let ticket: string
beforeAll(async () => {
  site = await startDraftSite()
  ana = await site.person({ cpf: '11144477735', cnpj: BANK, classes: [122, 151] })
  rui = await site.person({ cpf: '52998224725', cnpj: BANK, classes: [122, 151] })
  eva = await site.person({ cpf: '15350946056', cnpj: OTHER_BANK, classes: [122, 151] })
  const { location } = await ana.post(await draftOf(ana), { ...theft, acao: 'enviar' }, theftFiles)
  ticket = location.replace(/\?.*/, '')
})
afterAll(() => site.close())

const WARNING = 'A sua instituição já tem chamado deste veículo'
const warned = (body: string) => !/data-same-vehicle="?[^>]*\shidden/.test(body) && body.includes(WARNING)
async function typed(person: Person, answers: Record<string, string>) {
  const draft = await draftOf(person)
  const { body } = await person.post(`${draft}/salvar`, answers)
  return {
    told: JSON.parse(body).sameVehicle as { href: string; text: string }[],
    page: (await person.get(draft)).body,
  }
}

describe('a vehicle with a ticket', () => {
  it.each([
    ['the plate in its other spelling', { placa: 'ABC1C34', chassi: '' }],
    ['the chassis alone', { placa: '', chassi: theft.chassi }],
  ])('is told to a colleague by %s, while typing and on the page', async (_how, answers) => {
    const { told, page } = await typed(rui, { tipo: 'desbloqueio', caso: '01', ...answers })
    expect(told.map(({ href }) => href)).toEqual([ticket])
    expect(told[0]?.text).toMatch(/^Chamado [\d\s]+: Novo, aberto em \d\d-\d\d-\d{4}$/)
    expect(warned(page)).toBe(true)
    expect(page).toContain(`href="${ticket}"`)
  })

  it('is none to another institution', async () => {
    const { told, page } = await typed(eva, { tipo: 'desbloqueio', caso: '01', placa: 'ABC1C34', chassi: theft.chassi })
    expect(told).toEqual([])
    expect(warned(page)).toBe(false)
    expect(page).not.toContain(ticket)
  })

  it('hinders nobody from sending one more', async () => {
    const { status, location } = await rui.post(await draftOf(rui), { ...theft, acao: 'enviar' }, theftFiles)
    expect(status).toBe(303)
    expect(location).not.toContain(ticket)
  })
})
