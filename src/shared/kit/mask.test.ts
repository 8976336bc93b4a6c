// Shapes that typing is helped with.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { shaped } from '#shared/kit/mask.ts'

const DEBTOR = ['000.000.000-00', 'AA.AAA.AAA/AAAA-00']
const PHONE = ['(00) 0000-0000', '(00) 00000-0000']

it.each<[string, readonly string[], string]>([
  ['111', DEBTOR, '111'],
  ['1114', DEBTOR, '111.4'],
  ['11144477735', DEBTOR, '111.444.777-35'],
  ['11222333000181', DEBTOR, '11.222.333/0001-81'],
  ['12abc34501de35', DEBTOR, '12.ABC.345/01DE-35'],
  ['5132881234', PHONE, '(51) 3288-1234'],
  ['51991234567', PHONE, '(51) 99123-4567'],
  ['abc-1c34', ['AAAAAAA'], 'ABC1C34'],
])('%s becomes %o: %s', (typed, shapes, made) => {
  expect(shaped(typed, shapes)).toBe(made)
})

it('what fits no shape stays as it was typed', () => {
  expect(shaped('11.444x', ['000.000'])).toBe('11.444x')
  expect(shaped('123456789012345678', DEBTOR)).toBe('123456789012345678')
})

it('no letter and no digit is ever lost or added, and shaping twice changes nothing', () => {
  const bare = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase()
  fc.assert(
    fc.property(fc.string({ maxLength: 25 }), fc.constantFrom(DEBTOR, PHONE, ['AAAAAAA']), (typed, shapes) => {
      const made = shaped(typed, shapes)
      expect(bare(made)).toBe(bare(typed))
      expect(shaped(made, shapes)).toBe(made)
    }),
    { examples: [['51 3288', PHONE]] },
  )
})
