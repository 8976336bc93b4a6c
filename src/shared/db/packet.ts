// Statements of one transaction that were asked for at once, as one query of pg's: one write, and one Sync behind them all, so
// that PostgreSQL answers in one write too. With a Sync behind each, as pg sends them, every statement wakes both ends.
import pg from 'pg'

/** What pg calls on a query while messages arrive; its types leave these out. */
interface Heard {
  handleRowDescription(message: unknown): void
  handleDataRow(message: unknown): void
  handleCommandComplete(message: unknown, wire: Wire): void
  handleReadyForQuery(wire: Wire): void
  handleError(error: Error, wire: Wire): void
}

/** pg's connection, as far as it is used here. */
interface Wire {
  sync(): void
  describe(of: object): void
  readonly stream: { write(bytes: Uint8Array): boolean }
  readonly submittedNamedStatements: Record<string, string>
}

/** What pg's Result makes of a description of rows. */
interface Columns {
  fields: unknown
  _parsers: unknown
  _prebuiltEmptyResultObject: unknown
}

interface Statement extends Heard {
  name?: string | undefined
  readonly text: string
  queryMode?: 'extended'
  readonly _result: Columns & { _types?: unknown }
  submit(wire: Wire): Error | null
}

export interface Asked {
  /** Of the prepared statement; undefined: it is planned for its values. */
  readonly name: string | undefined
  readonly text: string
  readonly values: readonly unknown[]
}

/**
 * The columns of the statements prepared on a connection: PostgreSQL rather refuses a prepared statement than let its columns
 * change, so that describing them once will do.
 */
const described = new WeakMap<object, Map<string | undefined, Columns>>()
function columnsOf(wire: object): Map<string | undefined, Columns> {
  const known = described.get(wire) ?? new Map()
  described.set(wire, known)
  return known
}

/** Has pg keep the rows. */
const NO_COLUMNS = { fields: [] }

type Told = (error: Error | null, result: pg.QueryResult) => void
const Query = pg.Query as unknown as new (text: string, values: readonly unknown[], told: Told) => Statement

/**
 * Several statements, each with its own answer. PostgreSQL runs none of those behind one that failed: they fail too. For use
 * within a transaction block alone, since answers are passed on before the Sync would have committed.
 */
export class Packet extends pg.Query implements Heard {
  readonly #statements: Statement[] = []
  #answered = 0

  constructor() {
    super('')
  }

  /** Adds a statement; none may be added once a client was handed the packet. */
  add({ name, text, values }: Asked): Promise<pg.QueryResult> {
    return new Promise((resolve, reject) => {
      const statement = new Query(text, values, (error, result) => (error ? reject(error) : resolve(result)))
      statement.name = name
      statement.queryMode = 'extended'
      this.#statements.push(statement)
    })
  }

  /** pg notes by these which statements the server has parsed: they are those of the statement being answered. */
  get name(): string | undefined {
    return this.#statements[this.#answered]?.name
  }
  set name(_: unknown) {}
  get text(): string | undefined {
    return this.#statements[this.#answered]?.text
  }
  set text(_: unknown) {}

  override submit = (connection: unknown): Error | null => {
    const wire = connection as Wire
    const bytes: Uint8Array[] = []
    const stream = { writable: true, write: (some: Uint8Array) => bytes.push(some) > 0 }
    const each = Object.create(wire, { stream: { value: stream }, sync: { value: () => {} } }) as Wire
    const known = Object.create(each, { describe: { value: () => {} } }) as Wire
    const { _types } = (this as unknown as Statement)._result
    for (const statement of this.#statements) {
      statement._result._types = _types
      const columns = columnsOf(wire).get(statement.name)
      if (columns) {
        statement.handleRowDescription(NO_COLUMNS)
        Object.assign(statement._result, columns)
      }
      const refused = statement.submit(columns ? known : each)
      if (refused) return refused
    }
    wire.sync.call(Object.create(wire, { stream: { value: stream } }))
    wire.stream.write(Buffer.concat(bytes))
    return null
  }

  handleRowDescription(message: unknown): void {
    this.#statements[this.#answered]?.handleRowDescription(message)
  }

  handleDataRow(message: unknown): void {
    this.#statements[this.#answered]?.handleDataRow(message)
  }

  handleCommandComplete(message: unknown, wire: Wire): void {
    const statement = this.#statements[this.#answered]
    this.#answered += 1
    if (!statement) return
    statement.handleCommandComplete(message, wire)
    const { fields, _parsers, _prebuiltEmptyResultObject } = statement._result
    if (statement.name) columnsOf(wire).set(statement.name, { fields, _parsers, _prebuiltEmptyResultObject })
  }

  handleReadyForQuery(wire: Wire): void {
    for (const statement of this.#statements) statement.handleReadyForQuery(wire)
  }

  handleError(error: Error, wire: Wire): void {
    for (const [n, statement] of this.#statements.entries()) {
      if (n < this.#answered) statement.handleReadyForQuery(wire)
      else {
        delete wire.submittedNamedStatements[statement.name ?? '']
        statement.handleError(n === this.#answered ? error : new Error(SKIPPED, { cause: error }), wire)
      }
    }
  }
}

const SKIPPED = 'a statement asked for just before this one had failed'
