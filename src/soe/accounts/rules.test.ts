// When a try at signing in must wait, what counts as one address, what a new account needs.
import { expect, test } from 'vitest'
import { accountProblems, addressKey, isCnpj, mustWait, type Tries } from '#soe/accounts/rules.ts'

const tries = (some: Partial<Tries>): Tries => ({ here: 1, address: 1, cpf: 1, known: false, device: null, ...some })

test.each<[Partial<Tries>, boolean]>([
  [{ here: 10, address: 10, cpf: 10 }, false],
  [{ here: 11 }, true],
  [{ here: 11, known: true }, true],
  [{ address: 60 }, false],
  [{ address: 61 }, true],
  [{ cpf: 40 }, false],
  [{ cpf: 41 }, true],
  // An attacker elsewhere cannot lock the owner out of where it usually signs in.
  [{ cpf: 5000, known: true }, false],
  [{ address: 5000, known: true }, false],
  // Nor, in a browser of its own, anywhere.
  [{ here: 5000, address: 5000, cpf: 5000, device: 10 }, false],
  [{ device: 11 }, true],
])('tries %j: waits %s', (some, waits) => {
  expect(mustWait(tries(some))).toBe(waits)
})

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:0001:2::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('the address %s counts as %s', (ip, key) => {
  expect(addressKey(ip)).toBe(key)
})

const whole = {
  cpf: '11144477735',
  name: 'Ana',
  email: 'ana@example.com',
  master: false,
  classes: [],
  password: 'twelve chars',
}
test.each([
  [{}, []],
  [{ password: undefined }, []],
  [{ cpf: '11144477734' }, ['cpf-wrong']],
  [{ name: '  ' }, ['name-wrong']],
  [{ email: 'ana' }, ['email-wrong']],
  [{ email: 'a b@example.com' }, ['email-wrong']],
  [{ password: 'eleven char' }, ['password-length']],
  [{ password: 'x'.repeat(201) }, ['password-length']],
])('an account with %j has the problems %j', (some, codes) => {
  expect(accountProblems({ ...whole, ...some }).map((problem) => problem.code)).toEqual(codes)
})

test.each([
  ['11222333000181', true],
  ['12ABC34501DE35', true],
  ['11222333000180', false],
  ['12ABC34501DE3A', false],
  ['00000000000000', false],
  ['11.222.333/0001-81', false],
])('CNPJ %s: %s', (cnpj, is) => {
  expect(isCnpj(cnpj)).toBe(is)
})
