// Refuses writes that another site's page started (CSRF): by Fetch Metadata, else by Origin. Nothing in the page is needed,
// so a form never goes stale (decision 0004).
import type { FastifyRequest } from 'fastify'

/** Did our own pages, or the person directly, send this write? `own`: the public origin. */
export function fromOwnPages(request: FastifyRequest, own: string): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || (site === 'none' && request.headers.origin === undefined)
  // Never the request's own host: a proxy in front passes on whatever Host or X-Forwarded-Host a sender invents.
  return request.headers.origin === own
}
