// An S3 server in process: one bucket in memory. It checks each signature (AWS Signature Version 4) and each body's hash by
// itself, lists two names a page, and fails when told to.
import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

const KEY = 'test-key'
const SECRET = 'se+cret/of=test'
const BUCKET = '/eprod'
const PAGE = 2

export interface S3Server {
  /** As S3_URL. */
  readonly url: string
  /** Contents by name. */
  readonly objects: Map<string, { bytes: Buffer; at: Date }>
  /** Methods of the requests that came, in order. */
  readonly asked: string[]
  /** How many of the next requests are answered with 503. */
  fail(times: number): void
  close(): Promise<void>
}

export async function startS3(): Promise<S3Server> {
  const objects: S3Server['objects'] = new Map()
  const asked: string[] = []
  let failures = 0
  const server = createServer(async (request, response) => {
    const body = await buffer(request)
    asked.push(request.method ?? '')
    if (failures-- > 0) return response.writeHead(503).end()
    const wrong = faultOf(request, body)
    if (wrong) return response.writeHead(403).end(wrong)
    answer({ request, response, body, objects })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${KEY}:${encodeURIComponent(SECRET)}@127.0.0.1:${port}${BUCKET}`,
    objects,
    asked,
    fail: (times) => {
      failures = times
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

interface Asked {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly body: Buffer
  readonly objects: S3Server['objects']
}

function answer({ request, response, body, objects }: Asked): void {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://s3')
  const name = pathname.slice(BUCKET.length + 1)
  if (request.method === 'PUT') {
    objects.set(name, { bytes: body, at: new Date() })
    return void response.writeHead(200).end()
  }
  if (request.method === 'DELETE') {
    objects.delete(name)
    return void response.writeHead(204).end()
  }
  if (name === '') return void response.writeHead(200).end(listed(objects, searchParams.get('continuation-token')))
  const found = objects.get(name)
  if (!found) return void response.writeHead(404).end()
  const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? []
  const bytes = start === undefined ? found.bytes : found.bytes.subarray(Number(start), Number(end) + 1)
  response.writeHead(start === undefined ? 200 : 206, { 'content-length': bytes.length })
  response.end(request.method === 'HEAD' ? undefined : bytes)
}

function listed(objects: S3Server['objects'], after: string | null): string {
  const names = [...objects.keys()].sort().filter((name) => !after || name > after)
  const page = names.slice(0, PAGE)
  const contents = page.map((name) => {
    const { at, bytes } = objects.get(name) as { at: Date; bytes: Buffer }
    return `<Contents><Key>${name}</Key><LastModified>${at.toISOString()}</LastModified><Size>${bytes.length}</Size></Contents>`
  })
  const next = names.length > PAGE ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : ''
  return `<?xml version="1.0"?><ListBucketResult>${contents.join('')}${next}</ListBucketResult>`
}

const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

/** What is wrong with a signed request, or undefined. */
function faultOf(request: IncomingMessage, body: Buffer): string | undefined {
  const { authorization = '' } = request.headers
  const told =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, *SignedHeaders=([^,]+), *Signature=(\w+)$/
  const [, key, day = '', region = '', signed = '', signature] = told.exec(authorization) ?? []
  if (key !== KEY) return 'another key'
  const hash = String(request.headers['x-amz-content-sha256'])
  if (hash !== 'UNSIGNED-PAYLOAD' && hash !== sha256(body)) return 'the body is another'
  if (request.method === 'PUT' && hash === 'UNSIGNED-PAYLOAD') return 'the body is not signed'
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://s3')
  const query = [...searchParams]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort()
  const headers = signed.split(';').map((name) => `${name}:${request.headers[name]}\n`)
  const canonical = [request.method, pathname, query.join('&'), headers.join(''), signed, hash].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const toSign = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], scope, sha256(canonical)].join('\n')
  const signingKey = [region, 's3', 'aws4_request'].reduce(hmac, hmac(`AWS4${SECRET}`, day))
  return hmac(signingKey, toSign).toString('hex') === signature ? undefined : 'the signature is wrong'
}
