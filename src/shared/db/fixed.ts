// Statements of the busiest pages, whose text never changes: put together once, where Kysely would write it anew for every request.
import { CompiledQuery } from 'kysely'

const texts = new WeakMap<TemplateStringsArray, string>()

/** fixed`select … where id = ${id}`: whatever is put in becomes a parameter, never text. Run it by `tx.executeQuery`. */
export function fixed<Row>(parts: TemplateStringsArray, ...values: readonly unknown[]): CompiledQuery<Row> {
  const text = texts.get(parts) ?? parts.slice(1).reduce((made, part, at) => `${made}$${at + 1}${part}`, parts[0] ?? '')
  texts.set(parts, text)
  return CompiledQuery.raw(text, [...values]) as CompiledQuery<Row>
}
