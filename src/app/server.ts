// The web server: plug-ins, headers, and the Site that rooms register their routes with.
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import fastifyStatic from '@fastify/static'
import Fastify, { type FastifyInstance, LogController } from 'fastify'
import { readOwnCookies } from '#app/cookies.ts'
import { sendError } from '#app/errors.tsx'
import { registerMetrics } from '#app/metrics.ts'
import { registerReadiness } from '#app/readiness.ts'
import { makeSite, type SiteDoors } from '#app/site.ts'
import { answerUnread } from '#app/unread.ts'
import { Refusal } from '#shared/refusals.ts'
import type { Site } from '#shared/web/site.ts'

export interface ServerOptions extends SiteDoors {
  /** Folder of the built assets, served under /assets with names that change with their content. */
  readonly assets: string
  /** Origins a form may lead to besides our own: a foreign provider's. */
  readonly formTargets: readonly string[]
  readonly logLevel?: 'silent' | 'warn'
  /** Where the log goes instead of standard output. */
  readonly logTo?: { write(line: string): void }
  /** Asked for at /metrics; without one only this machine may ask, of a site of its own. */
  readonly metricsToken?: string | undefined
}

/** Bytes of an address with its headers: the longest search that is kept (12,000), written into another address, has its place. */
const LONGEST_HEADER = 32 * 1024

/** Makes the server with its routes registered by `rooms`; it does not listen yet. */
export async function makeServer(
  options: ServerOptions,
  rooms: (site: Site, app: FastifyInstance) => void | Promise<void>,
): Promise<FastifyInstance> {
  const headers = await securityHeaders(options)
  const app = Fastify({
    http: { maxHeaderSize: LONGEST_HEADER },
    clientErrorHandler: answerUnread(options, headers),
    logger: { level: options.logLevel ?? 'warn', ...(options.logTo ? { stream: options.logTo } : {}) },
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: 'loopback',
    bodyLimit: 512 * 1024,
    // Beyond any address that Node lets in: what is too long to be an id is not found, with our page and headers.
    routerOptions: { maxParamLength: LONGEST_HEADER },
    rewriteUrl: (request) => readable(request.url ?? '/'),
    forceCloseConnections: 'idle',
  })
  app.addHook('onRequest', (_request, reply, done) => {
    for (const [name, value] of headers) reply.raw.setHeader(name, value)
    done()
  })
  await app.register(compress, { threshold: 1024, encodings: ['br', 'gzip'], brotliOptions: { params: { 1: 4 } } })
  await app.register(cookie)
  readOwnCookies(app, options.url)
  await app.register(formbody)
  await app.register(multipart, { throwFileSizeLimit: false })
  // Pieces of files: read by the handler itself, as a stream.
  app.addContentTypeParser('application/offset+octet-stream', (_request, _body, done) => done(null))
  await app.register(fastifyStatic, {
    root: options.assets,
    prefix: '/assets/',
    immutable: true,
    maxAge: '365d',
    preCompressed: true,
  })
  app.setErrorHandler((error, request, reply) => sendError(error, { request, reply, doors: options }))
  app.setNotFoundHandler((request, reply) => sendError(new Refusal('not-found'), { request, reply, doors: options }))
  registerMetrics(app, options)
  registerReadiness(app, options.web)
  await rooms(makeSite(app, options), app)
  return app
}

/**
 * An address that cannot be decoded (`/%`) as one that names nothing: the router would answer it by itself, before any
 * hook, without our page and headers.
 */
function readable(url: string): string {
  try {
    decodeURIComponent(url.split('?', 1)[0] ?? '')
    return url
  } catch {
    return '/-'
  }
}

/** What helmet sets, asked for once: it is the same for every answer, and helmet would put it together for each. */
async function securityHeaders(options: ServerOptions): Promise<readonly (readonly [string, string])[]> {
  const asked = Fastify()
  await asked.register(helmet, headersOf(options))
  asked.get('/', async () => '')
  const { headers } = await asked.inject('/')
  await asked.close()
  for (const name of ['content-type', 'content-length', 'date', 'connection']) delete headers[name]
  return Object.entries(headers).map(([name, value]) => [name, String(value)])
}

function headersOf(options: ServerOptions) {
  const own = "'self'"
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: [own],
        styleSrc: [own],
        imgSrc: [own],
        fontSrc: [own],
        connectSrc: [own],
        formAction: [own, ...options.formTargets],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: ["'none'"],
      },
    },
    strictTransportSecurity: options.url.startsWith('https:') ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'same-origin' as const },
    crossOriginEmbedderPolicy: false,
    xFrameOptions: { action: 'deny' as const },
  }
}
