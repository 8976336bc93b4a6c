// Runs the built EPROD as a child that never outlives us.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { node24, ownEnvironment, passSignals, ROOT } from './processes.js'

/** Starts build/main.js: `ended` gives its exit code, `stop` asks it to end. Settings of a file .env are read. */
export function runSite(parts) {
  const args = [
    '--enable-source-maps',
    `--env-file-if-exists=${join(ROOT, '.env')}`,
    join(ROOT, 'build/main.js'),
    ...parts,
  ]
  // The channel closes when this process dies in whatever way; main.ts then stops in order.
  const child = spawn(node24(), args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env: ownEnvironment() })
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

/** npm started us through a shell, which passes no signal on: when it is gone we are not to stay. */
function watchParent(gone) {
  if (!process.env.npm_lifecycle_event) return undefined
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid !== parent) gone()
  }, 500)
  watch.unref()
  return watch
}
