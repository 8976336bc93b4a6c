// The grammar of searches: what is read is written back, what is unknown is named, and SQL says what the evaluator says.
import fc from 'fast-check'
import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Column, compile } from '#criteria/compile.ts'
import { type Cell, holds } from '#criteria/rules/evaluate.ts'
import {
  type Criteria,
  type Field,
  type Item,
  LINK_KEYS,
  type Operator,
  operatorsOf,
  takesList,
  takesValue,
} from '#criteria/rules/grammar.ts'
import { check, rawOf, readJson, readParams, unfinishedIn, writeJson, writeParams } from '#criteria/rules/read.ts'
import { writeWhen } from '#criteria/rules/when.ts'
import { PLAN_ANEW } from '#shared/db/connect.ts'
import { cloneDatabase, type TestDatabase } from '../../tests/support/database.ts'

const choices = ['novo', 'pendente', 'fechado'].map((value) => ({ value, label: value }))
const FIELDS: readonly Field[] = [
  { key: 'titulo', group: 'g', name: 'Título', kind: 'text' },
  { key: 'texto', group: 'g', name: 'Texto', kind: 'words' },
  { key: 'id', group: 'g', name: 'ID', kind: 'number' },
  {
    key: 'status',
    group: 'g',
    name: 'Status',
    kind: 'choice',
    choices: [...choices, { value: 'aberto', label: 'Aberto', means: ['novo', 'pendente'] }],
  },
  {
    key: 'espera',
    group: 'g',
    name: 'Espera',
    kind: 'tree',
    choices: [
      { value: 'a', label: 'A', below: ['b', 'c'] },
      { value: 'b', label: 'B', below: ['c'] },
      { value: 'c', label: 'C' },
    ],
  },
  {
    key: 'autor',
    group: 'g',
    name: 'Autor',
    kind: 'ref',
    choices: [
      { value: 'eu', label: 'Eu', means: ['1'] },
      { value: '1', label: 'Ana' },
      { value: '2', label: 'Axá' },
    ],
  },
  { key: 'aberto', group: 'g', name: 'Aberto', kind: 'instant' },
  { key: 'fato', group: 'g', name: 'Fato', kind: 'day' },
  { key: 'declaro', group: 'g', name: 'Declaro', kind: 'tick' },
  { key: 'grupos', group: 'g', name: 'Grupos', kind: 'text' },
  { key: 'placa', group: 'g', name: 'Placa', kind: 'text', alike: (value) => [value, value.replaceAll('a', 'x')] },
  {
    key: 'dono',
    group: 'g',
    name: 'Dono',
    kind: 'ref',
    open: true,
    choices: [
      { value: 'eu', label: 'Eu', means: ['1'] },
      { value: '1', label: 'Axã' },
      { value: '2', label: 'É' },
    ],
  },
]
const fields = new Map(FIELDS.map((field) => [field.key, field]))
const NOW = new Date('2026-11-24T15:30:00Z')

// Few letters, so that random values meet random rows; the signs that LIKE and SQL know are among them.
const letters = fc.constantFrom('a', 'A', 'ã', 'É', 'ç', 'x', '%', '_', '\\', "'", ' ', '1')
const text = fc.string({ unit: letters, minLength: 1, maxLength: 3 })
const plain = fc.string({ unit: fc.constantFrom('a', 'B', 'x', ' ', 'é'), minLength: 1, maxLength: 4 })
const day = fc.integer({ min: 0, max: 40 }).map((n) => new Date(Date.UTC(2026, 9, 20 + n)).toISOString().slice(0, 10))
const when = fc.oneof(
  day,
  fc
    .record({
      base: fc.constantFrom('agora', 'hoje', 'semana', 'mes', 'ano'),
      offset: fc.integer({ min: -20, max: 5 }),
      unit: fc.constantFrom('h', 'd', 's', 'm', 'a'),
    } as const)
    .map(writeWhen),
)

const valueFor: Readonly<Record<Field['kind'], (field: Field) => fc.Arbitrary<string>>> = {
  text: () => text,
  words: () => plain,
  number: () => fc.integer({ min: -2, max: 6 }).map(String),
  choice: (field) => fc.constantFrom(...(field.choices ?? []).map((one) => one.value)),
  tree: (field) => fc.constantFrom(...(field.choices ?? []).map((one) => one.value)),
  ref: (field) =>
    fc.constantFrom(
      'a',
      'x',
      ...(field.open ? ['axa', 'Ninguém'] : []),
      ...(field.choices ?? []).map((one) => one.value),
    ),
  instant: () => when,
  day: () => when,
  tick: () => fc.constantFrom('sim', 'nao'),
}

const link = fc.constantFrom(...LINK_KEYS)
const rule: fc.Arbitrary<Item> = fc.constantFrom(...FIELDS).chain((field) =>
  fc.constantFrom(...operatorsOf(field)).chain((operator: Operator) => {
    const count = takesList(operator) ? { minLength: 1, maxLength: 3 } : { minLength: 1, maxLength: 1 }
    const values = takesValue(operator) ? fc.array(valueFor[field.kind](field), count) : fc.constant([])
    return fc.record({ link, field: fc.constant(field.key), operator: fc.constant(operator), values })
  }),
)
const { item } = fc.letrec<{ item: Item }>((tie) => ({
  item: fc.oneof(
    { depthSize: 'small', maxDepth: 4, withCrossShrink: true },
    rule,
    fc.record({ link, items: fc.array(tie('item'), { minLength: 1, maxLength: 3 }) }),
  ),
}))
const tree: fc.Arbitrary<Criteria> = fc.array(item, { minLength: 1, maxLength: 4 })

/** As a check leaves it: trimmed values, dates in one spelling; unfinished rules gone. */
const checked = (criteria: Criteria): Criteria => check(rawOf(criteria), fields).criteria

interface Row {
  readonly [field: string]: Cell
}
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null, freq: 5 })
const row: fc.Arbitrary<Row> = fc.record({
  titulo: maybe(fc.oneof(text, fc.constant(''))),
  texto: maybe(plain),
  id: maybe(fc.integer({ min: -2, max: 6 })),
  status: maybe(fc.constantFrom('novo', 'pendente', 'fechado')),
  espera: maybe(fc.constantFrom('a', 'b', 'c')),
  autor: maybe(fc.constantFrom('1', '2')),
  // Often just when a day begins in São Paulo: where *antes* and *depois* turn.
  aberto: maybe(
    fc.oneof(
      day.map((one) => new Date(`${one}T03:00:00Z`)),
      fc.date({ min: new Date('2026-10-20'), max: new Date('2026-11-30'), noInvalidDate: true }),
    ),
  ),
  fato: maybe(day),
  declaro: maybe(fc.constantFrom('sim', 'nao', '')),
  grupos: fc.array(text, { maxLength: 3 }),
  placa: maybe(text),
  dono: maybe(fc.constantFrom('1', '2')),
})

describe('a search in the address', () => {
  it('is read back as it was written, with its places', () => {
    fc.assert(
      fc.property(tree, (made) => {
        const criteria = checked(made)
        const read = readParams(new URLSearchParams(writeParams(rawOf(criteria))))
        expect(check(read.items, fields)).toEqual({ criteria, problems: read.problems })
        expect(check(readJson(JSON.parse(JSON.stringify(writeJson(criteria)))).items, fields).criteria).toEqual(
          criteria,
        )
      }),
    )
  })

  it.each([
    ['r1.campo=nada&r1.op=e&r1.valor=x', 'r1.campo', 'criteria-field'],
    ['r1.campo=status&r1.op=contem&r1.valor=novo', 'r1.op', 'criteria-operator'],
    ['r1.campo=status&r1.op=toString&r1.valor=novo', 'r1.op', 'criteria-operator'],
    ['r1.campo=status&r1.op=e&r1.valor=%27;drop', 'r1.valor', 'criteria-value'],
    ['r1.campo=aberto&r1.op=antes&r1.valor=2026-02-31', 'r1.valor', 'criteria-value'],
    ['r1.campo=id&r1.op=e&r1.valor=1%20or%201=1', 'r1.valor', 'criteria-value'],
    ['r1.campo=titulo&r1.op=contem&r1.valor=a%00b', 'r1.valor', 'criteria-value'],
    ['r1.campo=titulo&r1.op=e&r1.valor=a&r1.valor=b', 'r1.valor', 'criteria-values'],
    ['r2.1.campo=id&r2.1.op=e&r2.1.valor=1&r2.lig=xou', 'r1.lig', 'criteria-link'],
    ['r1.campo=aberto&r1.op=e&r1.valor=hoje-7d&r1.data=2026-03-09', 'r1.valor', 'criteria-two-dates'],
    ['r1.campo=id&r1.op=e&r1.valor=1&r1.truque=1', 'r', 'criteria-part'],
    ['r1.campo=naoha&r1.1.campo=id&r1.1.op=e&r1.1.valor=1', 'r', 'criteria-part'],
    [`r${'1.'.repeat(10)}1.campo=id`, 'r', 'criteria-depth'],
    [Array.from({ length: 51 }, (_, n) => `r${n + 1}.campo=id&r${n + 1}.op=vazio`).join('&'), 'r', 'criteria-rules'],
  ])('%s is refused at its place', (query, place, code) => {
    const read = readParams(new URLSearchParams(query))
    const problems = [...read.problems, ...check(read.items, fields).problems]
    expect(problems.map(({ field, code: said }) => [field, said])).toContainEqual([place, code])
  })

  it.each([
    'r1.campo=titulo&r1.op=contem&r1.valor=',
    'r1.campo=aberto&r1.op=depois&r1.valor=contado',
    'r1.campo=aberto&r1.op=depois&r1.valor=contado&r1.quanto=&r1.unidade=-d',
  ])('asks nothing of a rule whose value is not given yet: %s', (query) => {
    const read = readParams(new URLSearchParams(query))
    expect(check(read.items, fields)).toEqual({ criteria: [], problems: [] })
    expect(unfinishedIn(read.items, fields)).toMatchObject([{ field: 'r1.valor', code: 'criteria-missing' }])
  })

  it('never fails on what JSON may hold', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (given) => {
        const read = readJson(given)
        check(read.items, fields)
        expect(Array.isArray(given) || read.problems.length > 0).toBe(true)
      }),
    )
  })
})

describe('E and OU', () => {
  const fits = (query: string, cells: Row): boolean =>
    holds(check(readParams(new URLSearchParams(query)).items, fields).criteria, {
      fields,
      now: NOW,
      cell: (key) => cells[key],
    })
  const rules =
    'r1.campo=id&r1.op=e&r1.valor=1&r2.lig=ou&r2.campo=id&r2.op=e&r2.valor=2&r3.lig=e&r3.campo=declaro&r3.op=e&r3.valor=sim'

  it('E binds stronger than OU', () => {
    expect(fits(rules, { id: 1 })).toBe(true)
    expect(fits(rules, { id: 2 })).toBe(false)
    expect(fits(rules, { id: 2, declaro: 'sim' })).toBe(true)
  })

  it('what is empty meets “não é”', () => {
    expect(fits('r1.campo=status&r1.op=nao-e&r1.valor=novo', { status: null })).toBe(true)
    expect(fits('r1.lig=e-nao&r1.campo=status&r1.op=e&r1.valor=novo', { status: null })).toBe(true)
  })

  it('a day is a day of São Paulo', () => {
    const at = (iso: string) => ({ aberto: new Date(iso) })
    const on = 'r1.campo=aberto&r1.op=e&r1.valor=24-11-2026'
    expect(fits(on, at('2026-11-24T02:59:59Z'))).toBe(false)
    expect(fits(on, at('2026-11-24T03:00:00Z'))).toBe(true)
    expect(fits(on, at('2026-11-25T02:59:59Z'))).toBe(true)
    expect(fits('r1.campo=aberto&r1.op=depois&r1.valor=mes', at('2026-11-01T03:00:00Z'))).toBe(true)
    expect(fits('r1.campo=aberto&r1.op=antes&r1.valor=mes', at('2026-11-01T02:59:59Z'))).toBe(true)
  })
})

describe('in the database', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await cloneDatabase()
    await sql`create table public.trial (n int primary key, titulo text, texto text, id bigint, status text, espera text, autor text,
      aberto timestamptz, fato text, declaro text, grupos text[], placa text, dono text)`.execute(database.owner.db)
  })
  afterAll(() => database.drop())

  const value = (name: string): Column => ({ value: sql.ref(`t.${name}`) })
  const COLUMNS: Readonly<Record<string, Column>> = {
    ...Object.fromEntries(FIELDS.map(({ key }) => [key, value(key)])),
    id: { ...value('id'), type: 'bigint' },
    dono: { ...value('dono'), named: (test) => test(sql`case t.dono when '1' then 'Axã' when '2' then 'É' end`) },
    autor: { ...value('autor'), named: (test) => test(sql`case t.autor when '1' then 'Ana' when '2' then 'Axá' end`) },
    grupos: { value: sql`g.one`, some: (test) => sql`exists (select from unnest(t.grupos) g(one) where ${test})` },
  }
  const [TREES, ROWS, TURNS] = [50, 12, 200]

  it(`says what the evaluator says, for ${TREES * TURNS} trees`, { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(tree, { minLength: TREES, maxLength: TREES }),
        fc.array(row, { minLength: ROWS, maxLength: ROWS }),
        async (made, rows) => {
          const trees = made.map(checked)
          const given = { fields, now: NOW }
          const compiled = trees.map((one) => compile(one, { ...given, column: (key) => COLUMNS[key] }))
          const found = await judge(rows, compiled)
          const expected = rows.map((cells) => trees.map((one) => holds(one, { ...given, cell: (key) => cells[key] })))
          for (const [at, one] of trees.entries()) {
            expect(
              found.map((each) => each[at]),
              JSON.stringify(one),
            ).toEqual(expected.map((each) => each[at]))
          }
        },
      ),
      { numRuns: TURNS },
    )
  })

  async function judge(rows: readonly Row[], compiled: readonly RawBuilder<unknown>[]): Promise<boolean[][]> {
    return await database.owner.db.transaction().execute(async (tx) => {
      await sql`truncate public.trial`.execute(tx)
      await sql`insert into public.trial select * from jsonb_to_recordset(${JSON.stringify(rows.map((one, n) => ({ ...one, n })))}::jsonb)
        r(n int, titulo text, texto text, id bigint, status text, espera text, autor text, aberto timestamptz, fato text, declaro text,
          grupos text[], placa text, dono text)`.execute(tx)
      const judged = sql.join(compiled.map((one) => sql`(${one}) is true`))
      const { rows: found } = await sql<{
        all: boolean[]
      }>`${sql.raw(PLAN_ANEW)} select array[${judged}] as all from public.trial t order by n`.execute(tx)
      return found.map((one) => one.all)
    })
  }
})
