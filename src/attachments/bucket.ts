// Contents in a bucket of an S3 server: https://key:secret@host/bucket, named as on disk. See decision 0033.
import { openAsBlob } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { AwsClient } from 'aws4fetch'
import { nameOf, type Place, type Range, type Shelves, type StoredBatch } from '#attachments/shelves.ts'

/** Until the server answers a request, its body included; how slowly a person takes the answer's bytes is another matter. */
const PATIENCE_MS = 60_000
/** Tries again after a 5xx or 429; a line that breaks is the caller's to try again. */
const RETRIES = 4

interface Bucket {
  /** Address of the bucket, without a slash at its end. */
  readonly address: string
  readonly client: AwsClient
}

/**
 * Shelves in a bucket that is there already. `url`: scheme, host and port of the server, key and secret as user and
 * password, the bucket as path; `?region=` where it is not us-east-1.
 */
export function bucketShelves(url: string): Shelves {
  const { origin, username, password, pathname, searchParams } = new URL(url)
  const client = new AwsClient({
    accessKeyId: decodeURIComponent(username),
    secretAccessKey: decodeURIComponent(password),
    service: 's3',
    region: searchParams.get('region') ?? 'us-east-1',
    retries: RETRIES,
  })
  const bucket = { address: `${origin}${pathname.replace(/\/+$/, '')}`, client }
  return {
    put: (place, file) => put(bucket, place, file),
    read: (place, range) => Readable.from(bytesOf(bucket, place, range), { objectMode: false }),
    stored: (before) => stored(bucket, before),
    remove: async (place) => void (await ask(bucket, nameOf(place), { method: 'DELETE' })),
  }
}

async function ask({ address, client }: Bucket, name: string, init: RequestInit): Promise<Response> {
  const patience = new AbortController()
  const late = setTimeout(() => patience.abort(new Error(`S3 does not answer to ${init.method} ${name}`)), PATIENCE_MS)
  const answer = await client
    .fetch(`${address}/${name}`, { ...init, signal: patience.signal })
    .finally(() => clearTimeout(late))
  if (answer.ok || answer.status === 404) return answer
  await answer.body?.cancel()
  throw new Error(`S3 answered ${answer.status} to ${init.method} ${name}`)
}

async function put(bucket: Bucket, place: Place, file: { path: string; size: number }): Promise<void> {
  const name = nameOf(place)
  const there = await ask(bucket, name, { method: 'HEAD' })
  if (there.status === 404 || Number(there.headers.get('content-length')) !== file.size) {
    // Signed with the hash: the server refuses bytes that are others.
    const headers = { 'x-amz-content-sha256': place.sha256.toString('hex') }
    const answer = await ask(bucket, name, { method: 'PUT', headers, body: await openAsBlob(file.path) })
    if (answer.status === 404) throw new Error('S3 knows no such bucket')
  }
  await rm(file.path, { force: true })
}

async function* bytesOf(bucket: Bucket, place: Place, range: Range | undefined): AsyncGenerator<Uint8Array> {
  const headers = range ? { range: `bytes=${range.start}-${range.end}` } : {}
  const answer = await ask(bucket, nameOf(place), { method: 'GET', headers })
  if (answer.status === 404) {
    await answer.body?.cancel()
    throw Object.assign(new Error('S3 does not keep this content'), { code: 'ENOENT' })
  }
  if (answer.body) yield* answer.body
}

/** ListObjectsV2, a page of up to a thousand names at a time. */
async function* stored(bucket: Bucket, before: Date): AsyncGenerator<StoredBatch> {
  let from = ''
  do {
    const after = from && `&continuation-token=${encodeURIComponent(from)}`
    const answer = await ask(bucket, `?list-type=2${after}`, { method: 'GET' })
    const page = await answer.text()
    if (answer.status === 404) throw new Error('S3 knows no such bucket')
    yield* batchesIn(page, before)
    from = /<NextContinuationToken>([^<]+)</.exec(page)?.[1] ?? ''
  } while (from)
}

/** Names are ours, without a character that XML would change; others in the bucket are passed over. */
const ENTRY = /<Key>(\d+)\/[0-9a-f]{2}\/([0-9a-f]{64})<\/Key>(?:(?!<Key>)[\s\S])*?<LastModified>([^<]+)</g

function batchesIn(page: string, before: Date): StoredBatch[] {
  const batches = new Map<number, Buffer[]>()
  for (const [, institution, hash = '', modified = ''] of page.matchAll(ENTRY)) {
    if (new Date(modified) >= before) continue
    const contents = batches.get(Number(institution)) ?? []
    contents.push(Buffer.from(hash, 'hex'))
    batches.set(Number(institution), contents)
  }
  return [...batches].map(([institutionId, contents]) => ({ institutionId, contents }))
}
