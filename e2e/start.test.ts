// `npm start` as the person at the console meets it: the address, clear lines for what is in the way, a clean end.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

interface Started {
  readonly child: ChildProcess
  readonly lines: () => string
  readonly ended: Promise<number | null>
}

const START = join(import.meta.dirname, '../bin/start.js')
let data: string
const started: Started[] = []

beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), 'eprod-start-'))
})
afterEach(async () => {
  for (const { child, ended } of started.splice(0)) {
    child.kill('SIGTERM')
    await ended
  }
})
afterAll(() => rmSync(data, { recursive: true, force: true }))

function run(environment: Record<string, string>, ...args: string[]): Started {
  const child = spawn(process.execPath, [START, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', EPROD_DATA: data, ...environment },
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
  }
  const ended = new Promise<number | null>((tell) => child.once('close', (code) => tell(code)))
  const one = { child, lines: () => text, ended }
  started.push(one)
  return one
}

async function address({ lines, ended }: Pick<Started, 'lines' | 'ended'>): Promise<string> {
  let over = false
  void ended.then(() => {
    over = true
  })
  for (;;) {
    const found = /EPROD: (http\S+)/.exec(lines())?.[1]
    if (found) return found
    if (over) throw new Error(lines())
    await pause(20)
  }
}

async function takePort(): Promise<{ server: Server; port: number }> {
  const server = createServer()
  await new Promise<void>((tell) => server.listen(0, tell))
  return { server, port: (server.address() as { port: number }).port }
}

async function freePort(): Promise<string> {
  const { server, port } = await takePort()
  await new Promise((tell) => server.close(tell))
  return `${port}`
}

function serverPid(): number {
  return Number(readFileSync(join(data, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** What a page asks for comes compressed beforehand, and says the same to whoever takes it as it is. */
async function expectSmallAssets(url: string, page: string): Promise<void> {
  const paths = new Set(page.match(/\/assets\/[\w.-]+\.(?:js|css)/g))
  expect(paths.size).toBeGreaterThan(1)
  for (const path of paths) {
    const texts = []
    for (const coding of ['br', 'gzip', 'identity']) {
      const answer = await fetch(url + path, { headers: { 'accept-encoding': coding } })
      expect(answer.headers.get('content-encoding') ?? 'identity', path).toBe(coding)
      expect(answer.headers.get('cache-control')).toContain('immutable')
      texts.push(await answer.text())
    }
    expect(new Set(texts).size, path).toBe(1)
  }
}

test('a start on an empty folder serves pages at the address it prints; ended, it leaves no process', async () => {
  const site = run({ PORT: await freePort() })
  const url = await address(site)
  expect((await fetch(`${url}/livez`)).status).toBe(200)
  const page = await fetch(`${url}/entrar`)
  expect(page.status).toBe(200)
  await expectSmallAssets(url, await page.text())
  const postgres = serverPid()
  expect(lives(postgres)).toBe(true)
  site.child.kill('SIGINT')
  expect(await site.ended).toBe(0)
  expect(lives(postgres)).toBe(false)
  expect(existsSync(join(data, 'postgres/postmaster.pid'))).toBe(false)
  await expect(fetch(`${url}/livez`)).rejects.toThrow()
})

test('a second EPROD on the folder of a running one is told so in one line', async () => {
  const first = run({ PORT: await freePort() })
  const url = await address(first)
  const second = run({ PORT: await freePort() })
  expect(await second.ended).toBe(1)
  expect(second.lines()).toMatch(/^Another EPROD is running on \S+ \(PostgreSQL process \d+\): .+\n$/)
  expect((await fetch(`${url}/livez`)).status).toBe(200)
})

test('an EPROD whose starting program was killed stops by itself', async () => {
  const site = run({ PORT: await freePort() })
  await address(site)
  const postgres = serverPid()
  site.child.kill('SIGKILL')
  // The pipes close when the site itself, which inherited them, has ended.
  await site.ended
  expect(lives(postgres)).toBe(false)
})

test('a site put into the background of a shell outlives the shell, and not npm', async () => {
  const log = join(data, 'background.log')
  const shell = spawn('sh', ['-c', `npm start > ${log} 2>&1 & echo $!`], {
    cwd: join(import.meta.dirname, '..'),
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', EPROD_DATA: data, PORT: await freePort() },
  })
  const npm = await text(shell.stdout)
  const url = await address({ lines: () => readFileSync(log, 'utf8'), ended: new Promise(() => {}) })
  const postgres = serverPid()
  // Twice as long as it takes to notice that a parent is gone.
  await pause(1000)
  expect((await fetch(`${url}/livez`)).status).toBe(200)
  process.kill(Number(npm), 'SIGKILL')
  await expect.poll(() => lives(postgres), { timeout: 10_000 }).toBe(false)
})

test('a port in use is named in one line', async () => {
  const { server, port } = await takePort()
  const site = run({ PORT: `${port}` })
  expect(await site.ended).toBe(1)
  expect(site.lines()).toContain(`PORT: ${port} is in use by another program: set PORT to a free one.\n`)
  expect(site.lines()).not.toContain('    at ')
  server.close()
})

test.for([
  [{ EPROD_DATA: '/proc/eprod/var' }, /^EPROD_DATA: \/proc\/eprod\/var cannot hold the data \(ENOENT\): .+\n$/],
  [{ EPROD_DATA: START }, /^EPROD_DATA: .+ cannot hold the data \(ENOTDIR\): .+\n$/],
  [{ PORT: 'abc' }, /^Wrong settings \(see \.env\.example\):\nPORT: .+\n$/],
  [{ DATABASE_URL: 'postgres://eprod@127.0.0.1:1/eprod' }, /^DATABASE_URL: cannot connect: .+\n$/],
] as const)('what is wrong in the settings is said in one line: %o', async ([environment, sentence]) => {
  const site = run(environment)
  expect(await site.ended).toBe(1)
  expect(site.lines()).toMatch(sentence)
})

test('an unknown part is refused with the parts there are', async () => {
  const site = run({}, 'wbe')
  expect(await site.ended).toBe(1)
  expect(site.lines()).toBe('Unknown part "wbe": give web, worker, or nothing for both.\n')
})
