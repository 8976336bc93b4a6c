// The bare route, in its own process: runs a page's data statements, prepared, and sends a constant body of as many bytes.
// No session, no transaction, no row-level security, no rendering. What it is told comes by the environment.
import Fastify from 'fastify'
import { connect } from '#shared/db/connect.ts'

/** One statement of a page; a parameter equal to `key` (or to it as text) is the number in the address. */
export interface Told {
  readonly url: string
  readonly bytes: number
  readonly key: number | null
  readonly statements: readonly { readonly text: string; readonly values: readonly unknown[] }[]
}

const told = JSON.parse(process.env.BENCH_BARE ?? '') as Told
const { pool } = connect(told.url, { max: 10 })
const body = 'x'.repeat(told.bytes)
const app = Fastify()

app.get('/:id', async (request, reply) => {
  const id = Number((request.params as { id: string }).id)
  const put = (value: unknown) => (value === told.key ? id : value === String(told.key) ? String(id) : value)
  for (const { text, values } of told.statements)
    await pool.query(text, told.key === null ? [...values] : values.map(put))
  return reply.type('text/html; charset=utf-8').send(body)
})

const address = await app.listen({ port: 0, host: '127.0.0.1' })
console.log(`bare: ${address}`)
process.once('SIGTERM', () => process.exit(0))
