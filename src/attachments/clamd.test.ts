// The scanner's protocol against a real server that speaks it: well, badly, slowly, or not at all.
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, describe, expect, it } from 'vitest'
import { clamdAt } from '#attachments/clamd.ts'
import { type ClamdServer, EICAR, startClamd } from '../../tests/support/clamd-server.ts'

let server: ClamdServer | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

const big = Buffer.alloc(3_000_000, 'documento ')
const scan = (url: string, content: Buffer = big, milliseconds = 5000) =>
  clamdAt(url, milliseconds).scan(Readable.from([content.subarray(0, 1000), Buffer.alloc(0), content.subarray(1000)]))

describe('a scanner', () => {
  it('is given every byte and says that a content is clean', async () => {
    server = await startClamd()
    expect(await scan(server.url)).toEqual({ kind: 'clean' })
    expect(server.seen[0]?.equals(big)).toBe(true)
  })
  it('names the virus it finds', async () => {
    server = await startClamd()
    const content = Buffer.from(`%PDF-1.7\n${EICAR}`)
    expect(await scan(server.url, content)).toEqual({ kind: 'infected', virus: 'Eicar-Test-Signature' })
  })
  it('may be reached by a socket of this machine', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'eprod-clamd-'))
    server = await startClamd(undefined, join(folder, 'clamd.sock'))
    expect(await scan(server.url)).toEqual({ kind: 'clean' })
    await rm(folder, { recursive: true })
  })
})

describe('no verdict', () => {
  it.each([
    ['of an error', 'INSTREAM size limit exceeded. ERROR\0'],
    ['of another protocol', 'HTTP/1.1 200 OK\r\n\r\n\0'],
    ['of another stream', 'stream2: OK\0'],
    ['of a cut answer', 'stream: O'],
    ['of an answer without its end', 'stream: OK'],
    ['of nothing', ''],
    ['of a flood', 'stream: OK'.repeat(200)],
  ])('comes %s', async (_, said) => {
    server = await startClamd(() => said)
    await expect(scan(server.url)).rejects.toThrow(/the scanner/)
  })
  it('comes of a scanner that keeps silent, in time', async () => {
    server = await startClamd(() => undefined)
    await expect(scan(server.url, big, 200)).rejects.toThrow('in time')
  })
  it('comes of a scanner that is away', async () => {
    const gone = createServer()
    const port = await new Promise<number>((resolve) =>
      gone.listen(0, '127.0.0.1', () => resolve((gone.address() as { port: number }).port)),
    )
    await new Promise((closed) => gone.close(closed))
    await expect(scan(`tcp://127.0.0.1:${port}`)).rejects.toThrow('ECONNREFUSED')
  })
  it('comes of a scanner that hangs up in the middle', async () => {
    const rude = createServer((socket) => socket.once('data', () => socket.destroy()))
    const port = await new Promise<number>((resolve) =>
      rude.listen(0, '127.0.0.1', () => resolve((rude.address() as { port: number }).port)),
    )
    await expect(scan(`tcp://127.0.0.1:${port}`)).rejects.toThrow()
    await new Promise((closed) => rude.close(closed))
  })
  it('comes of bytes that cannot be read', async () => {
    server = await startClamd()
    const broken = new Readable({ read: () => broken.destroy(new Error('disk')) })
    await expect(clamdAt(server.url, 5000).scan(broken)).rejects.toThrow('disk')
  })
})
