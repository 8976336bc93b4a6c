// The CPF's rule on the examples of the domain notes.
import { expect, test } from 'vitest'
import { cleanCpf, isCpf } from '#shared/kit/cpf.ts'
import { showCpf } from '#shared/kit/identifiers/cpf.ts'

test.each(['111.444.777-35', '529.982.247-25', '123.456.789-09', ' 529 982 247 25 '])(
  '%s is a CPF however it is typed',
  (typed) => {
    expect(isCpf(cleanCpf(typed))).toBe(true)
  },
)
test.each(['111.444.777-34', '111.111.111-11', '123.456.789-00', '', '5299822472', '529982247255', '11144477725'])(
  '%s is none',
  (typed) => {
    expect(isCpf(cleanCpf(typed))).toBe(false)
  },
)
test('a CPF is shown with its mask', () => {
  expect(showCpf('11144477735')).toBe('111.444.777-35')
})
