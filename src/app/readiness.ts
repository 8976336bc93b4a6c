// /livez tells that the process answers, /readyz that its database does too, and how long whoever asks has to wait for that.
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { Db } from '#shared/db/connect.ts'

/** A probe gives up after some seconds, and would see no answer instead of a no. */
const PATIENCE_MS = 1500

/** What was asked, or undefined: it was not answered in time, or not well. What is late goes on by itself. */
export async function inTime<T>(asked: Promise<T>): Promise<T | undefined> {
  const timer = new AbortController()
  const late = pause(PATIENCE_MS, undefined, { signal: timer.signal }).catch(() => undefined)
  try {
    return await Promise.race([asked.catch(() => undefined), late])
  } finally {
    timer.abort()
  }
}

/** A question at a time: probes of a database that hangs must not take one connection after the other. */
export function oneAtATime<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined
  return () => {
    asked ??= ask().finally(() => {
      asked = undefined
    })
    return asked
  }
}

export function registerReadiness(app: FastifyInstance, db: Db): void {
  const ask = oneAtATime(() => db.selectFrom('eprod.form').select('id').limit(1).execute())
  app.get('/livez', async (_request, reply) => reply.type('text/plain').send('ok'))
  app.get('/readyz', async (_request, reply) => {
    const ready = (await inTime(ask())) !== undefined
    if (ready) return reply.type('text/plain').send('ok')
    return reply.code(503).header('retry-after', '5').type('text/plain').send('the database does not answer')
  })
}
