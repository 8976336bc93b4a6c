// GET /metrics for Prometheus: requests of this process, the age of the queue, how late the clock is, what failed in the mail.
// Counts only, no names.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { Gauge, Histogram, Registry } from 'prom-client'
import { inTime, oneAtATime } from '#app/readiness.ts'
import type { Db } from '#shared/db/connect.ts'
import { Refusal } from '#shared/refusals.ts'

const FIGURES = {
  queue_age_seconds: 'How long the oldest job that is due has waited',
  jobs_waiting: 'Jobs that are due and wait',
  jobs_failed: 'Jobs that have no try left',
  expiry_lag_seconds: 'How long the longest overdue deadline has been due',
  letters_waiting: 'Letters that wait to be sent',
  letters_failed: 'Letters refused for good',
  letters_retrying: 'Letters a mail server refused for the time being',
  letter_age_seconds: 'How long the oldest letter has waited to be sent',
} as const

const NO_DATABASE = 'the database does not answer'

export interface MetricsDoors {
  readonly staff: Db
  readonly now: () => Date
  /** Where the site is reached. */
  readonly url: string
  /** Asked for as a bearer token; without one only this machine may ask, and only of a site of its own. */
  readonly metricsToken?: string | undefined
}

/** Counts from now on, and answers at /metrics. */
export function registerMetrics(app: FastifyInstance, doors: MetricsDoors): void {
  const registry = new Registry()
  const requests = new Histogram({
    name: 'eprod_request_seconds',
    help: 'Requests by method, route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  const gauges = Object.entries(FIGURES).map(
    ([name, help]) => new Gauge({ name: `eprod_${name}`, help, registers: [registry] }),
  )
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    requests.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000)
  })
  const ask = oneAtATime(() =>
    sql<{ name: string; value: number }>`select name, value from eprod.figures(${doors.now()})`.execute(doors.staff),
  )
  app.get('/metrics', async (request, reply) => {
    if (!mayAsk(request, doors)) throw new Refusal('not-found')
    const figures = await inTime(ask())
    if (!figures) return await reply.code(503).header('retry-after', '5').type('text/plain').send(NO_DATABASE)
    const { rows } = figures
    for (const [at, name] of Object.keys(FIGURES).entries()) {
      gauges[at]?.set(rows.find((row) => row.name === name)?.value ?? 0)
    }
    return await reply.type(registry.contentType).send(await registry.metrics())
  })
}

/** What proxies add, one or the other. */
const PROXIES = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'x-forwarded-host', 'x-forwarded-proto', 'via']

const OWN_NAMES = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

/**
 * By token where one is set. Else from this machine, by a name of its own and not through a proxy on it; a proxy may say nothing
 * of itself, so a site that others reach has its figures asked for by token alone.
 */
function mayAsk(request: FastifyRequest, { metricsToken: token, url }: MetricsDoors): boolean {
  if (token) return same(request.headers.authorization ?? '', `Bearer ${token}`)
  const own = /^(::1|(::ffff:)?127\.0\.0\.1)$/.test(request.socket.remoteAddress ?? '')
  const named = OWN_NAMES.test(request.headers.host ?? '') && OWN_NAMES.test(new URL(url).host)
  return own && named && !PROXIES.some((name) => name in request.headers)
}

function same(given: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(right))
}
