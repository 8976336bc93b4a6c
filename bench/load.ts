// Puts load on a running process and reads what it cost: requests, latencies, and CPU of Node and of PostgreSQL.
import { readdirSync, readFileSync } from 'node:fs'
import autocannon from 'autocannon'

export const CONNECTIONS = 8
/** Of the kernel's clock in /proc: USER_HZ is 100 on every Linux. */
const MS_PER_TICK = 10

export interface Target {
  readonly address: string
  readonly paths: readonly string[]
  readonly cookie?: string
  readonly pid: number
  readonly postmaster: number | undefined
}

/** What rounds of load brought; rounds add up. */
export interface Taken {
  requests: number
  seconds: number
  bytes: number
  nodeMs: number
  postgresMs: number
  readonly latencies: number[]
}

export const nothing = (): Taken => ({ requests: 0, seconds: 0, bytes: 0, nodeMs: 0, postgresMs: 0, latencies: [] })

/** One round of `seconds` with eight connections, added to `taken`. Throws when any answer is not 200. */
export async function round(target: Target, seconds: number, taken: Taken): Promise<void> {
  const before = cpuOf(target)
  const headers = target.cookie ? { cookie: target.cookie } : {}
  const requests = target.paths.map((path) => ({ path, headers }))
  const began = performance.now()
  const result = await new Promise<autocannon.Result>((tell, fail) => {
    const run = autocannon(
      { url: target.address, connections: CONNECTIONS, duration: seconds, requests },
      (error, done) => (error ? fail(error) : tell(done)),
    )
    run.on('response', (_client, _status, _bytes, ms) => taken.latencies.push(ms))
  })
  const after = cpuOf(target)
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${target.paths[0]}: ${result.non2xx} answers were not 200, ${result.errors} failed`)
  }
  taken.requests += result.requests.total
  taken.seconds += (performance.now() - began) / 1000
  taken.bytes += result.throughput.total
  taken.nodeMs += after.node - before.node
  taken.postgresMs += after.postgres - before.postgres
}

/** The latency that `share` of the requests stayed under, in milliseconds. */
export function percentile(taken: Taken, share: number): number {
  const sorted = Float64Array.from(taken.latencies).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

function cpuOf(target: Target): { node: number; postgres: number } {
  const children = target.postmaster === undefined ? [] : processes().filter((one) => one.parent === target.postmaster)
  return {
    node: processes().find((one) => one.pid === target.pid)?.cpuMs ?? 0,
    postgres: children.reduce((sum, one) => sum + one.cpuMs, 0),
  }
}

/** Fields 4, 14 and 15 of /proc/<pid>/stat (proc_pid_stat(5)); nothing where there is no /proc. */
function processes(): { pid: number; parent: number; cpuMs: number }[] {
  const names = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return names.flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const cpuMs = (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK
      return [{ pid: Number(name), parent: Number(fields[1]), cpuMs }]
    } catch {
      return [] // it ended meanwhile
    }
  })
}
