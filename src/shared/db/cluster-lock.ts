// Who holds a data folder of PostgreSQL: nobody, another EPROD, or a server whose EPROD was killed.
import { readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Obstacle } from '#shared/obstacle.ts'

const STOP_MS = 15_000

/**
 * Frees the data folder for a start. A pid file of a dead process is left to PostgreSQL, which knows it for stale; one
 * whose number now belongs to another program is removed; a server left by a killed EPROD is stopped.
 * Throws an Obstacle when a living EPROD uses the folder.
 */
export async function freeDataFolder(folder: string, log: (line: string) => void): Promise<void> {
  const pid = pidOf(folder)
  if (pid === undefined || !lives(pid)) return
  if (!isServerOf(pid, folder)) {
    rmSync(join(folder, 'postmaster.pid'), { force: true })
    return
  }
  if (!isOrphan(pid)) throw new Obstacle(inUse(folder, pid))
  log(`A PostgreSQL of an EPROD that was killed still ran on ${folder} (process ${pid}); stopping it.`)
  process.kill(pid, 'SIGINT')
  for (let waited = 0; lives(pid); waited += 20) {
    if (waited > STOP_MS)
      throw new Obstacle(`PostgreSQL process ${pid} on ${folder} does not stop: end it and start again.`)
    await pause(20)
  }
}

/** The sentence for a folder in use. */
export function inUse(folder: string, pid: number | undefined): string {
  const which = pid === undefined ? '' : ` (PostgreSQL process ${pid})`
  return `Another EPROD is running on ${folder}${which}: stop it, or set EPROD_DATA to another folder.`
}

/** Process number in the folder's postmaster.pid, if any. */
export function pidOf(folder: string): number | undefined {
  const first = firstLines(folder)[0]
  return first && /^\d+$/.test(first) && Number(first) > 1 ? Number(first) : undefined
}

/** True once the server writes that it takes connections (line 8 of postmaster.pid, as pg_ctl reads it). */
export function isReady(folder: string): boolean {
  return firstLines(folder)[7]?.trim() === 'ready'
}

/** Port of the server that is running on the folder now (line 4), or undefined. */
export function runningPort(folder: string): number | undefined {
  const pid = pidOf(folder)
  if (pid === undefined || !lives(pid) || !isServerOf(pid, folder) || !isReady(folder)) return undefined
  return Number(firstLines(folder)[3])
}

function firstLines(folder: string): string[] {
  try {
    return readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return []
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** A server works in its data folder. Where that cannot be read (not Linux, another's process) it is taken for one. */
function isServerOf(pid: number, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder)
  } catch (error) {
    if (process.platform === 'linux' && (error as NodeJS.ErrnoException).code === 'ENOENT') return false
    return true
  }
}

/** The server's parent is the Node process that started it; once that is gone the parent is another program. */
function isOrphan(pid: number): boolean {
  try {
    const parent = /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    const program = readFileSync(`/proc/${parent}/cmdline`, 'utf8').split('\0')[0] ?? ''
    return !/(^|\/)node[^/]*$/.test(program)
  } catch {
    return false
  }
}
