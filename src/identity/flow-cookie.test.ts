// The cookies of running sign-ins: old ones end when there are too many, and names that are not ours are left alone.
import { expect, test } from 'vitest'
import { flowCookies } from '#identity/flow-cookie.ts'

const KEY = Buffer.alloc(32, 1)
const NOW = new Date('2026-11-02T12:00:00.000Z')
const state = (letter: string) => letter.repeat(43)
const flow = { state: state('z'), nonce: 'n', verifier: 'v', to: '/', maxAge: 1800 }
const namesFrom = (names: readonly string[]) => {
  const present = Object.fromEntries(names.map((name) => [name, 'x']))
  return flowCookies(KEY, flow, { present, now: NOW }).map(({ name, value }) => [name, value === ''])
}
const mine = `eprod_entrada_${flow.state}`

test('a sixth sign-in at once ends the five before it', () => {
  const before = [...'abcde'].map((letter) => `eprod_entrada_${state(letter)}`)
  expect(namesFrom(before.slice(1))).toEqual([[mine, false]])
  expect(namesFrom(before)).toEqual([...before.map((name) => [name, true]), [mine, false]])
})

test('a cookie of an odd name is none of ours and is never set again', () => {
  const odd = ['eprod_entrada_a b', 'eprod_entrada_ç', 'eprod_entrada_', 'eprod_entrada_(x)', 'eprod_entrada_a,b']
  expect(namesFrom(odd)).toEqual([[mine, false]])
})
