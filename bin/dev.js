// npm run dev: runs EPROD and starts it anew when a file changes.
import { watch } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt } from './freshness.js'
import { ensureInstalled } from './install.js'
import { ROOT, runMain } from './processes.js'
import { runSite } from './site.js'

const WATCHED = ['src', 'islands', 'assets', 'seeds', 'migrations']
const QUIET_MS = 150
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']

await runMain(async () => {
  await ensureInstalled()
  let leaving = false
  for (const signal of SIGNALS)
    process.on(signal, () => {
      leaving = true
    })
  while (!leaving) {
    const built = await ensureBuilt().then(
      () => true,
      (error) => console.error(error.message),
    )
    const site = built ? runSite(process.argv.slice(2)) : undefined
    const changed = nextChange()
    // One that failed is started again by a change alone.
    const ended = site?.ended.then((code) => (code === 0 ? undefined : changed.seen))
    await Promise.race([changed.seen, ended ?? changed.seen])
    changed.stop()
    site?.stop()
    await site?.ended
  }
})

/** `seen`: a file has changed, and none since for a moment; or we are leaving. `stop` looks no longer. */
function nextChange() {
  let stop
  const seen = new Promise((tell) => {
    let timer
    const touch = () => {
      clearTimeout(timer)
      timer = setTimeout(tell, QUIET_MS)
    }
    const watchers = WATCHED.map((folder) => watch(join(ROOT, folder), { recursive: true }, touch))
    for (const signal of SIGNALS) process.on(signal, tell)
    stop = () => {
      clearTimeout(timer)
      for (const watcher of watchers) watcher.close()
      for (const signal of SIGNALS) process.off(signal, tell)
    }
  })
  return { seen, stop }
}
