// What the address of a list means, and that nothing typed into it can break the list.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPlace, writePlace } from '#tickets/rules/list-place.ts'
import { COLUMN_KEYS, defaultQuery, listPath, readListQuery } from '#tickets/rules/list-query.ts'

const readerOf = (side: 'institution' | 'staff', teams = [1]) => ({ side, teams: side === 'staff' ? teams : [] })
const read = (path: string, side: 'institution' | 'staff' = 'institution') =>
  readListQuery(new URL(path, 'http://eprod').searchParams, readerOf(side))

describe('the address of a list', () => {
  it('without filters means the filters of the profile', () => {
    expect(read('/chamados')).toEqual({ ...defaultQuery(readerOf('institution')), after: undefined, before: undefined })
    expect(read('/chamados', 'staff')).toMatchObject({ status: 'nao-solucionado', ownTeams: true })
  })

  it('of staff without a team begins without the filter of teams', () => {
    expect(readListQuery(new URLSearchParams(), readerOf('staff', []))).toMatchObject({
      status: 'nao-solucionado',
      ownTeams: false,
    })
  })

  it('that names a filter gets no other one by itself', () => {
    expect(read('/chamados?status=fechado', 'staff')).toMatchObject({ status: 'fechado', ownTeams: false })
    expect(read('/chamados?grupo=meu', 'staff')).toMatchObject({ status: 'todos', ownTeams: true })
  })

  it('is read back as it was written, for every column and direction', () => {
    for (const sort of COLUMN_KEYS) {
      for (const descending of [true, false]) {
        const query = {
          ...defaultQuery(readerOf('staff')),
          sort,
          descending,
          mine: true,
          after: undefined,
          before: undefined,
        }
        expect(read(listPath(query), 'staff')).toEqual(query)
      }
    }
  })

  it('keeps a place of any text, accents and quotes included', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 200, unit: 'grapheme' }),
        fc.integer({ min: 1, max: 2 ** 40 }),
        (value, id) => {
          fc.pre(!value.includes('\0') && value.isWellFormed())
          expect(readPlace(writePlace({ value, id }), 'title')).toEqual({ value, id })
        },
      ),
    )
  })

  it.each([
    ['updated', 'amanhã'],
    ['updated', '2026-02-31 10:00:00+00'],
    ['opened', '0000-01-01 00:00:00+00'],
    ['closed', '2026-01-01'],
    ['updated', '2026-01-01 10:00:00+99'],
    ['updated', '2026-01-01 10:00:00+05:75'],
    ['id', '12x'],
    ['status', '9'],
    ['title', 'a\0b'],
  ] as const)('begins anew when the place for %s is %j', (sort, value) => {
    expect(readPlace(writePlace({ value, id: 1 }), sort)).toBeUndefined()
  })

  it('keeps a place of any offset PostgreSQL writes', () => {
    for (const offset of ['+00', '-03', '+05:30', '+14']) {
      const place = { value: `2026-01-01 10:00:00.123${offset}`, id: 1 }
      expect(readPlace(writePlace(place), 'updated')).toEqual(place)
    }
  })

  it('begins anew for what is no place at all', () => {
    for (const text of ['', '1', '1.%%', '-1.YQ', `1.${'a'.repeat(5000)}`])
      expect(readPlace(text, 'title')).toBeUndefined()
  })
})
