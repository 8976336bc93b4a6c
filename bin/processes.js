// Runs other programs for the scripts of bin/ and ends them with us. Node's own modules only: nothing is installed yet.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))

/** A failure the person at the console can mend: its sentence is shown without a stack. */
export class ClearLine extends Error {}

/** Runs `main` and ends the process with the number it gives; a ClearLine is shown as its sentence, with 1. */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0
  } catch (error) {
    console.error(error instanceof ClearLine ? error.message : error)
    process.exitCode = 1
  }
}

/** Node 24 as npm installed it, or the running one where it is new enough; undefined before `npm ci`. */
export function node24() {
  const installed = join(ROOT, 'node_modules/node/bin/node')
  if (existsSync(installed)) return installed
  return Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : undefined
}

/** The environment in which `node` and the tools of node_modules are the project's own. */
export function ownEnvironment(extra = {}) {
  const own = [join(ROOT, 'node_modules/node/bin'), join(ROOT, 'node_modules/.bin')]
  return { ...process.env, PATH: [...own, process.env.PATH ?? ''].join(delimiter), ...extra }
}

/** Runs a program to its end and gives its exit code (128 + n after a signal n is 1 here). stdin is closed. */
export function run(command, args, options = {}) {
  return new Promise((tell) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: ownEnvironment(),
      ...options,
    })
    const stopPassing = passSignals(child)
    child.once('error', (error) => {
      stopPassing()
      console.error(`${command}: ${error.message}`)
      tell(127)
    })
    child.once('exit', (code) => {
      stopPassing()
      tell(code ?? 1)
    })
  })
}

/** Passes SIGINT, SIGTERM and SIGHUP on to a child, each once, so that we wait for it instead of leaving it behind. */
export function passSignals(child) {
  const passed = new Set()
  const pass = (signal) => {
    if (passed.has(signal)) return
    passed.add(signal)
    child.kill(signal)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, pass)
  return () => {
    for (const signal of signals) process.off(signal, pass)
  }
}
