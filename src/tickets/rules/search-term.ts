// What a term typed into Pesquisar can be: numbers of a ticket, a vehicle or a person, a piece of one, or words. Pure.
import { fold, OPERATORS } from '#criteria/rules/grammar.ts'
import { identifiersIn } from '#criteria/rules/values.ts'
import { parseChassis } from '#shared/kit/identifiers/chassis.ts'
import { normalise } from '#shared/kit/identifiers/normalise.ts'
import { bothSpellings, canonicalPlate, plateBeginning } from '#shared/kit/identifiers/plate.ts'
import { parseTicketId } from '#shared/kit/identifiers/ticket-id.ts'

export const CHASSIS_LENGTH = 17
/** Longest term that is read. */
export const LONGEST_TERM = 80
/** Shortest piece that something is suggested for: what the index of pieces knows. */
const SHORTEST_PIECE = 3

/** Every reading of a term as something exact. */
export interface SearchKeys {
  readonly id?: number | undefined
  /** Mercosul spelling, as kept. */
  readonly plate?: string | undefined
  readonly chassis?: string | undefined
  /** The end of a chassis: six characters or more. */
  readonly chassisEnd?: string | undefined
  /** Eleven digits. */
  readonly renavam?: string | undefined
  /** A CPF or CNPJ without separators. Its check digits are not asked for: a wrong one finds nothing. */
  readonly number?: string | undefined
}

/** A short chassis, or a piece of one, without at least three digits is a word. */
const DIGITS = /\d.*\d.*\d/

/** What a term can be besides words; undefined when it can be nothing exact. */
export function searchKeys(term: string): SearchKeys | undefined {
  const bare = normalise(term)
  const keys: SearchKeys = {
    id: parseTicketId(term),
    plate: canonicalPlate(term),
    chassis: readChassis(term),
    chassisEnd: /^[0-9A-Z]{6,16}$/.test(bare) && DIGITS.test(bare) ? bare : undefined,
    renavam: /^(\d{9}|\d{11})$/.test(bare) ? bare.padStart(11, '0') : undefined,
    number: /^(\d{11}|[0-9A-Z]{12}\d{2})$/.test(bare) ? bare : undefined,
  }
  return Object.values(keys).some((key) => key !== undefined) ? keys : undefined
}

/** What people write before a number, as it stands on their papers: `chassi 9BW…`, `RENAVAM: 639884962`, `CPF nº …`. */
const CALLED = /^\s*(?:placa|chassi|renavam|cpf|cnpj)\s*(?:n[ºo°]?\.?)?\s*:?\s+(?=\S*\d)/i

/** Every reading of a term: as one thing, and as several numbers and plates side by side. */
export function readingsOf(written: string): readonly SearchKeys[] {
  const term = written.replace(CALLED, '')
  const one = searchKeys(term)
  const terms = identifiersIn(term, isWhole)
  const several = terms.length > 1 ? terms.map(searchKeys) : []
  return [one, ...(several.includes(undefined) ? [] : several)].filter((keys) => keys !== undefined)
}

function isWhole(typed: string): boolean {
  return (
    parseTicketId(typed) !== undefined ||
    canonicalPlate(typed) !== undefined ||
    normalise(typed).length === CHASSIS_LENGTH
  )
}

/** What is typed so far as the beginning of a plate, as kept, or of a chassis; undefined: of neither. */
export function beginningOf(
  typed: string,
): { readonly column: 'plate' | 'chassis'; readonly text: string } | undefined {
  const plate = plateBeginning(typed)
  if (plate !== undefined) return { column: 'plate', text: plate }
  const bare = normalise(typed)
  return /^[0-9A-Z]{5,16}$/.test(bare) && DIGITS.test(bare) ? { column: 'chassis', text: bare } : undefined
}

/** Is there a word in it? */
export const hasWords = (term: string): boolean => /[\p{L}\p{N}]{2}/u.test(term)

/** Whole, or as short as before 1986: the search does not know the vehicle's year. */
function readChassis(term: string): string | undefined {
  const whole = parseChassis(term, '')
  if (whole.ok) return whole.value.chassis
  const old = parseChassis(term, '', { before1986: true })
  return old.ok && DIGITS.test(old.value.chassis) ? old.value.chassis : undefined
}

/** What is typed so far as a piece of title, plate, chassis or RENAVAM; undefined: too short to suggest for. */
export function pieceOf(typed: string): string | undefined {
  const term = typed.trim().slice(0, LONGEST_TERM)
  const number = /\d/.test(term) && !/\p{L}{4}/u.test(term)
  const piece = number ? normalise(term).toLowerCase() : fold(term)
  return piece.length < SHORTEST_PIECE ? undefined : piece
}

/** Listar Chamados by what Pesquisar finds for a term. */
export function termPath(term: string): string {
  return `/chamados?${new URLSearchParams({ 'r1.campo': 'busca', 'r1.op': OPERATORS.contains, 'r1.valor': term })}`
}

const PLATE = /(?<![\p{L}\p{N}])[a-z]{3}[-\s]?\d[a-z\d]\d{2}(?![\p{L}\p{N}])/giu
const GROUPED_NUMBER = /(?<!\d)\d{1,3}(?:[.\s]\d{3})+(?!\d)/g

/** A text as typed, and as a title may have it: numbers without gaps, plates in either spelling. */
export function textSpellings(text: string): readonly string[] {
  const plain = text.replace(GROUPED_NUMBER, (number) => number.replace(/\D/g, ''))
  const inSpelling = (at: 0 | 1): string =>
    plain.replace(PLATE, (typed) => {
      const [mercosul = typed, old = mercosul] = bothSpellings(canonicalPlate(typed) ?? typed)
      return at === 0 ? mercosul : old
    })
  return [...new Set([text, plain, inSpelling(0), inSpelling(1)])]
}

/** A plate in either spelling; a piece of one as typed and without separators. */
export function plateSpellings(value: string): readonly string[] {
  const plate = canonicalPlate(value)
  return plate ? bothSpellings(plate) : [value, normalise(value) || value]
}
