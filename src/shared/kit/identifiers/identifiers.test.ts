// Every example of domain.md, section 2, and properties over all numbers of each kind.
import { cnpj as cnpjLibrary, cpf as cpfLibrary } from 'cpf-cnpj-validator'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkDigit, parseChassis } from '#shared/kit/identifiers/chassis.ts'
import { cnpjDigits, parseCnpj, showCnpj } from '#shared/kit/identifiers/cnpj.ts'
import { cpfDigits, maskCpf, parseCpf, showCpf } from '#shared/kit/identifiers/cpf.ts'
import { parseCpfOrCnpj, showCpfOrCnpj } from '#shared/kit/identifiers/cpf-or-cnpj.ts'
import { judicialDigits, parseJudicialNumber, showJudicialNumber } from '#shared/kit/identifiers/judicial-number.ts'
import { bothSpellings, canonicalPlate, oldForm, parsePlate, showPlate } from '#shared/kit/identifiers/plate.ts'
import { parseRenavam, renavamDigit } from '#shared/kit/identifiers/renavam.ts'
import { parseTicketId, showTicketId } from '#shared/kit/identifiers/ticket-id.ts'
import type { Checked } from '#shared/problems.ts'

const codeOf = (result: Checked<unknown>): string | undefined => (result.ok ? undefined : result.problems[0]?.code)
const read = <T>(result: Checked<T>): T | undefined => (result.ok ? result.value : undefined)
const from = (alphabet: string, length: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...alphabet), { minLength: length, maxLength: length }).map((all) => all.join(''))
const DIGITS = '0123456789'
const ALL = `${DIGITS}ABCDEFGHIJKLMNOPQRSTUVWXYZ`

describe('a plate', () => {
  it.each([
    ['ABC1234', 'ABC1C34'],
    ['abc-1234', 'ABC1C34'],
    [' abc 1c34 ', 'ABC1C34'],
    ['ABC1C34', 'ABC1C34'],
    ['BRA2E19', 'BRA2E19'],
    ['IYZ9K00', 'IYZ9K00'],
  ])('typed as %s is known as %s', (typed, canonical) => {
    expect(canonicalPlate(typed)).toBe(canonical)
  })
  it.each([
    ['ABC12D3', 'plate-shape'],
    ['AB11234', 'plate-shape'],
    ['ABC123', 'plate-length'],
    ['ABC1234X', 'plate-length'],
    ['ABÇ1234', 'plate-shape'],
    ['', 'plate-length'],
  ])('typed as %s is refused with %s', (typed, code) => {
    expect(codeOf(parsePlate(typed, 'placa'))).toBe(code)
  })
  it('keeps the spelling that was typed beside the canonical one', () => {
    expect(read(parsePlate('abc-1234', 'placa'))).toEqual({ typed: 'ABC1234', canonical: 'ABC1C34' })
  })
  it('has no old spelling when its fifth letter is K to Z', () => {
    expect(oldForm('IYZ9K00')).toBeUndefined()
    expect(bothSpellings('IYZ9K00')).toEqual(['IYZ9K00'])
    expect(showPlate('IYZ9K00')).toBe('IYZ9K00')
  })
  it('converts between both spellings without loss', () => {
    fc.assert(
      fc.property(from('ABCDEFGHIJKLMNOPQRSTUVWXYZ', 3), from(DIGITS, 4), (letters, numbers) => {
        const old = letters + numbers
        const canonical = canonicalPlate(old)!
        expect(oldForm(canonical)).toBe(old)
        expect(canonicalPlate(canonical)).toBe(canonical)
        expect(showPlate(canonical)).toBe(`${canonical} (${old})`)
      }),
    )
  })
})

describe('a chassis number', () => {
  it.each(['1M8GDM9AXKP042788', '9BWZZZ377VT004251', '9bwzzz377 vt-004251'])('%s is accepted', (typed) => {
    expect(parseChassis(typed, 'chassi').ok).toBe(true)
  })
  it.each([
    ['9BIZZZ377VT004251', 'chassis-letter'],
    ['9BWZZZ377VTOO4251', 'chassis-letter'],
    ['9BWZZZ377VTQ04251', 'chassis-letter'],
    ['9BWZZZ377VT00425', 'chassis-length'],
    ['9BWZZZ377VT0042511', 'chassis-length'],
    ['11111111111111111', 'chassis-repeated'],
    ['9BWZZZ377VT00425Ç', 'chassis-characters'],
  ])('%s is refused with %s', (typed, code) => {
    expect(codeOf(parseChassis(typed, 'chassi'))).toBe(code)
  })
  it('with another check digit is a hint, never an error', () => {
    expect(read(parseChassis('1M8GDM9AXKP042788', 'chassi'))?.oddCheckDigit).toBe(false)
    expect(read(parseChassis('9BWZZZ377VT004251', 'chassi'))?.oddCheckDigit).toBe(true)
    expect(checkDigit('9BWZZZ377VT004251')).toBe('2')
  })
  it('loses a trailing REM and keeps the fact', () => {
    expect(read(parseChassis('9BWZZZ377VT004251 REM', 'chassi'))).toMatchObject({
      chassis: '9BWZZZ377VT004251',
      remarked: true,
    })
    expect(codeOf(parseChassis('9BWZZZ377VT00425 REM', 'chassi'))).toBe('chassis-length')
  })
  it.each([
    ['BP123', undefined],
    ['LA7IO9', undefined],
    [`${'B'.repeat(20)}1`, undefined],
    ['BP12', 'chassis-old-length'],
    [`${'B'.repeat(21)}1`, 'chassis-old-length'],
    ['11111', 'chassis-repeated'],
  ])('of before 1986: %s gives %s', (typed, code) => {
    expect(codeOf(parseChassis(typed, 'chassi', { before1986: true }))).toBe(code)
  })
})

describe('a RENAVAM', () => {
  it.each([
    ['86769597308', '86769597308'],
    ['00639884962', '00639884962'],
    ['639884962', '00639884962'],
    ['01243567896', '01243567896'],
    ['12345678900', '12345678900'],
  ])('%s is stored as %s', (typed, value) => {
    expect(read(parseRenavam(typed, 'renavam'))).toBe(value)
  })
  it.each([
    ['12345678901', 'renavam-digit'],
    ['11111111111', 'renavam-repeated'],
    ['8676959730', 'renavam-length'],
    ['8676959730A', 'renavam-characters'],
  ])('%s is refused with %s', (typed, code) => {
    expect(codeOf(parseRenavam(typed, 'renavam'))).toBe(code)
  })
  it('with a wrong digit passes once its filer confirms it; a repeated one never', () => {
    expect(read(parseRenavam('12345678901', 'renavam', { confirmed: true }))).toBe('12345678901')
    expect(codeOf(parseRenavam('11111111111', 'renavam', { confirmed: true }))).toBe('renavam-repeated')
  })
  it('has exactly one right last digit', () => {
    fc.assert(
      fc.property(from(DIGITS, 10), (base) => {
        const right = [...DIGITS].filter((digit) => renavamDigit(base + digit) === Number(digit))
        expect(right).toHaveLength(1)
      }),
    )
  })
})

describe('a CPF', () => {
  it.each(['111.444.777-35', '529.982.247-25', '123.456.789-09'])('%s is accepted', (typed) => {
    expect(showCpf(read(parseCpf(typed, 'cpf'))!)).toBe(typed)
  })
  it.each([
    ['111.444.777-34', 'cpf-digit'],
    ['111.111.111-11', 'cpf-repeated'],
    ['123.456.789-00', 'cpf-digit'],
    ['123.456.789', 'cpf-length'],
    ['123.456.789-0A', 'cpf-characters'],
  ])('%s is refused with %s', (typed, code) => {
    expect(codeOf(parseCpf(typed, 'cpf'))).toBe(code)
  })
  it('stands masked in lists', () => {
    expect(maskCpf('11144477735')).toBe('***.444.777-**')
  })
  it('is judged as the published library judges it, the one it wrongly refuses aside', () => {
    fc.assert(
      fc.property(from(DIGITS, 9), from(DIGITS, 2), (base, end) => {
        for (const cpf of [base + end, base + cpfDigits(`${base}00`)]) {
          if (cpf !== '12345678909') expect(parseCpf(cpf, 'cpf').ok).toBe(cpfLibrary.isValid(cpf))
        }
      }),
    )
  })
})

describe('a CNPJ', () => {
  it.each([
    '12.ABC.345/01DE-35',
    '00.000.000/0001-91',
    '11.222.333/0001-81',
    'RS.202.6EP/ROD1-16',
    '03.847.655/0001-98',
  ])('%s is accepted', (typed) => {
    expect(showCnpj(read(parseCnpj(typed, 'cnpj'))!)).toBe(typed)
  })
  it.each([
    ['12.ABC.345/01DE-00', 'cnpj-digit'],
    ['12.ABC.345/01DE-3A', 'cnpj-shape'],
    ['11.222.333/0001-80', 'cnpj-digit'],
    ['00.000.000/0000-00', 'cnpj-repeated'],
    ['11.222.333/0001', 'cnpj-length'],
  ])('%s is refused with %s', (typed, code) => {
    expect(codeOf(parseCnpj(typed, 'cnpj'))).toBe(code)
  })
  it('may be typed in small letters', () => {
    expect(read(parseCnpj('12abc34501de35', 'cnpj'))).toBe('12ABC34501DE35')
  })
  it('is judged as the published library judges it', () => {
    fc.assert(
      fc.property(from(ALL, 12), from(DIGITS, 2), (base, end) => {
        for (const cnpj of [base + end, base + cnpjDigits(`${base}00`)]) {
          expect(parseCnpj(cnpj, 'cnpj').ok).toBe(cnpjLibrary.isValid(cnpj))
        }
      }),
    )
  })
})

it('a debtor is known by a CPF or a CNPJ', () => {
  expect(showCpfOrCnpj(read(parseCpfOrCnpj('11144477735', 'd'))!)).toBe('111.444.777-35')
  expect(showCpfOrCnpj(read(parseCpfOrCnpj('12abc34501de35', 'd'))!)).toBe('12.ABC.345/01DE-35')
  expect(codeOf(parseCpfOrCnpj('1234', 'd'))).toBe('cpf-or-cnpj-length')
})

describe('a judicial case number', () => {
  it('is accepted and shown with its marks', () => {
    expect(showJudicialNumber(read(parseJudicialNumber('00020802520125150049', 'p'))!)).toBe(
      '0002080-25.2012.5.15.0049',
    )
  })
  it.each([
    ['0002080-26.2012.5.15.0049', 'judicial-digit'],
    ['0002080-25.2012.5.15.004', 'judicial-length'],
    ['0002080-25.2012.5.15.004A', 'judicial-characters'],
    ['0000000-00.0000.0.00.0000', 'judicial-digit'],
  ])('%s is refused with %s', (typed, code) => {
    expect(codeOf(parseJudicialNumber(typed, 'p'))).toBe(code)
  })
  it('with one digit changed is no longer right', () => {
    fc.assert(
      fc.property(from(DIGITS, 20), fc.nat(19), fc.integer({ min: 1, max: 9 }), (any, place, shift) => {
        const right = any.slice(0, 7) + judicialDigits(any) + any.slice(9)
        const digit = (Number(right[place]) + shift) % 10
        const changed = right.slice(0, place) + digit + right.slice(place + 1)
        if (!/^0+$/.test(right)) expect(parseJudicialNumber(right, 'p').ok).toBe(true)
        expect(parseJudicialNumber(changed, 'p').ok).toBe(false)
      }),
    )
  })
})

describe('a ticket number', () => {
  it.each(['24151', '24 151', '24\u00a0151', '24\u202f151', '24.151', ' #24151 ', '(24 151)', 'nº 24.151'])(
    'typed as %s is 24151',
    (typed) => {
      expect(parseTicketId(typed)).toBe(24151)
    },
  )
  it.each(['', 'ABC1234', '24 15', '0', '-5', '1e3', '24151x', '9'.repeat(40)])('is not %s', (typed) => {
    expect(parseTicketId(typed)).toBeUndefined()
  })
  it('is shown with a no-break gap that reads back', () => {
    expect(showTicketId(24151)).toBe('24\u00a0151')
    expect(showTicketId(151)).toBe('151')
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999 }), (id) => {
        expect(parseTicketId(showTicketId(id))).toBe(id)
      }),
    )
  })
})
