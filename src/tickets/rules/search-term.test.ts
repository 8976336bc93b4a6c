// What a term or a value may mean: spellings of plates and numbers, several of them side by side.
import { describe, expect, it } from 'vitest'
import { check } from '#criteria/rules/read.ts'
import { ticketFields } from '#tickets/rules/search-fields.ts'
import { plateSpellings, readingsOf, textSpellings } from '#tickets/rules/search-term.ts'
import { wordsFor } from '#words/words.ts'

describe('a text', () => {
  it.each([
    ['roubo', ['roubo']],
    ['ISK9A88', ['ISK9A88', 'ISK9088']],
    ['furto isk-9088', ['furto isk-9088', 'furto ISK9A88', 'furto ISK9088']],
    ['24\u00a0151', ['24\u00a0151', '24151']],
    ['BRA2K19', ['BRA2K19']],
  ])('%s is looked for as %j', (text, spellings) => {
    expect(textSpellings(text)).toEqual(spellings)
  })

  it('a piece of a plate as typed and without signs', () => {
    expect(plateSpellings('isk-90')).toEqual(['isk-90', 'ISK90'])
    expect(plateSpellings('ISK9088')).toEqual(['ISK9A88', 'ISK9088'])
  })
})

describe('a term', () => {
  const ids = (term: string) => readingsOf(term).flatMap(({ id }) => id ?? [])
  it('may be several numbers', () => {
    expect(ids('24152 24153')).toEqual([24152, 24153])
    expect(ids('24 152; 24.153')).toEqual([24152, 24153])
    expect(ids('chamado 24152')).toEqual([24152])
  })
  it('with a word in it is no list of numbers', () => {
    expect(ids('roubo 24152')).toEqual([])
  })
})

describe('several values of an identifier', () => {
  const known = Object.fromEntries(
    ['people', 'authors', 'staff', 'institutions', 'teams', 'ownTeams', 'waiting', 'cases', 'documents', 'forms'].map(
      (name) => [name, []],
    ),
  )
  const fields = ticketFields({
    actor: { side: 'institution', personId: 1, institutionId: 1, teams: [] } as never,
    words: wordsFor('pt-BR'),
    lang: 'pt-BR',
    known: { ...known, open: new Set() } as never,
  })
  it.each([
    ['placa', 'IZA4121, ixt-3h02 ABC 1234', ['IZA4B21', 'IXT3H02', 'ABC1C34']],
    ['chassi', '9BWZZZ377VT004251 9bw zzz 377vt004252', ['9BWZZZ377VT004251', '9BWZZZ377VT004252']],
    ['renavam', '0063988496-2;891749340', ['00639884962', '00891749340']],
    ['id', 'nº 24151\n24 152', ['24151', '24152']],
  ])('of %s are read out of %j', (field, typed, values) => {
    const read = check([{ link: 'e', field, operator: 'um-de', values: [typed] }], fields)
    expect(read).toMatchObject({ criteria: [{ values }], problems: [] })
    const one = check([{ link: 'e', field, operator: 'e', values: [typed.replace('\n', ' ')] }], fields)
    expect(one.problems).toMatchObject([{ field: 'r1.valor', code: 'criteria-several' }])
  })
})
