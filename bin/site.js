// Runs the built EPROD as a child that never outlives us.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { node24, ownEnvironment, passSignals, ROOT } from './processes.js'

/** Starts build/main.js: `ended` gives its exit code, `stop` asks it to end. Settings of a file .env are read. */
export function runSite(parts) {
  const file = join(ROOT, '.env')
  const settings = existsSync(file) ? [`--env-file=${file}`] : []
  const args = ['--enable-source-maps', ...settings, join(ROOT, 'build/main.js'), ...parts]
  // The channel closes when this process dies in whatever way; main.ts then stops in order.
  const child = spawn(node24(), args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: ownEnvironment(keepCompiled()),
  })
  const stopPassing = passSignals(child)
  const watch = watchParent(() => child.kill('SIGTERM'))
  const ended = new Promise((tell) => {
    child.once('exit', (code, signal) => {
      stopPassing()
      clearInterval(watch)
      tell(code ?? (signal ? 1 : 0))
    })
  })
  return { ended, stop: () => child.kill('SIGTERM') }
}

/** Node keeps the compiled modules: a later start takes half the time. */
function keepCompiled() {
  return { NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/compiled') }
}

/**
 * npm becomes our parent (the shell between gives way by `exec`) and passes no signal on when it is killed: once it is gone we are
 * not to stay. Who started npm may go: a site put into the background of a shell outlives it.
 */
function watchParent(gone) {
  if (!process.env.npm_lifecycle_event) return undefined
  const first = process.ppid
  const watch = setInterval(() => {
    if (process.ppid !== first) gone()
  }, 500)
  watch.unref()
  return watch
}
