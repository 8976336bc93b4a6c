// What a term of Pesquisar means among the tickets the reader may see: those of its numbers, else those that hold its words,
// else those that hold a piece of it. The page stands in search.ts; lists ask the same by the field `busca`.
import { type RawBuilder, sql } from 'kysely'
import { likePattern } from '#criteria/compile.ts'
import type { Tx } from '#shared/db/connect.ts'
import { hasWords, pieceOf, readingsOf, type SearchKeys, textSpellings } from '#tickets/rules/search-term.ts'

type Sql = RawBuilder<unknown>

/** Of a text that more tickets hold, the newest are met soon by going through them. */
const MOST_NUMBERS = 2000

/** Numbers of tickets; or, of what more hold, the test of a row of their texts `x`. */
export type Meaning = { readonly ids: readonly number[] } | { readonly common: Sql }

/** Numbers of the tickets by exact keys: one arm for each reading, equalities on indexed columns. */
export function byKeys(readings: readonly SearchKeys[]): Sql {
  const ticket = (test: Sql) => sql`select id from eprod.ticket where ${test}`
  const arms = readings.flatMap(({ id, plate, chassis, chassisEnd, renavam, number }) =>
    [
      id === undefined ? [] : ticket(sql`id = ${id}::bigint`),
      plate === undefined ? [] : ticket(sql`plate = ${plate}`),
      chassis === undefined ? [] : ticket(sql`chassis = ${chassis}`),
      chassisEnd === undefined
        ? []
        : ticket(
            sql`chassis_tail = ${chassisEnd.slice(-6)} and right(chassis, ${sql.lit(chassisEnd.length)}) = ${chassisEnd}`,
          ),
      renavam === undefined ? [] : ticket(sql`renavam = ${renavam}`),
      number === undefined ? [] : sql`select ticket_id from eprod.ticket_number where value = ${number}`,
    ].flat(),
  )
  return sql.join(arms, sql` union `)
}

/** Numbers of the tickets that hold any of the texts; null: too many hold one. */
export async function numbersOf(
  tx: Tx,
  { how, texts, most = MOST_NUMBERS }: { how: 'words' | 'pieces'; texts: readonly string[]; most?: number },
): Promise<number[] | null> {
  const { rows } = await sql<{ ids: string[] | null }>`
    select eprod.find_tickets(${how}::text, term, ${most}::int) as ids from unnest(${texts}::text[]) a(term)`.execute(
    tx,
  )
  const found = rows.map(({ ids }) => ids?.map(Number) ?? null)
  return found.includes(null) ? null : [...new Set(found.flatMap((ids) => ids ?? []))]
}

/**
 * What a term means that is no number: its words in title and follow-ups; where nobody wrote them so, a piece of title, plate
 * or chassis. `most`: how many numbers are of use.
 */
export async function meaningOfText(tx: Tx, term: string, most = MOST_NUMBERS): Promise<Meaning> {
  const texts = textSpellings(term)
  const words = hasWords(term) ? await numbersOf(tx, { how: 'words', texts, most }) : []
  if (words === null) {
    const asked = texts.map((text) => sql`eprod.words_asked(${text}, '')`)
    return { common: sql`x.words @@ (${sql.join(asked, sql` || `)})` }
  }
  // Of several words without a number none was written so: their letters side by side would not be either.
  const piece = words.length > 0 || (/\s/.test(term) && !/\d/.test(term)) ? undefined : pieceOf(term)
  return piece === undefined ? { ids: words } : await meaningOfPiece(tx, piece, most)
}

/** The tickets that hold a piece of a text. */
export async function meaningOfPiece(tx: Tx, piece: string, most: number): Promise<Meaning> {
  const text = likePattern(piece)
  const ids = await numbersOf(tx, { how: 'pieces', texts: [text], most })
  return ids ? { ids } : { common: sql`x.pieces like ${text}` }
}

/** What Pesquisar finds for a term, as a test of a ticket `t`. */
export async function testOfTerm(tx: Tx, term: string): Promise<Sql> {
  const readings = readingsOf(term)
  if (readings.length > 0) {
    const keys = byKeys(readings)
    const { rows } = await sql<{ some: boolean }>`select exists (${keys}) as some`.execute(tx)
    if (rows[0]?.some) return sql`t.id in (${keys})`
  }
  const meaning = await meaningOfText(tx, term)
  if ('ids' in meaning) return sql`t.id = any(${[...meaning.ids]}::bigint[])`
  return sql`(select ${meaning.common} from eprod.ticket_text x where x.ticket_id = t.id)`
}
