// npm run dev: runs EPROD and starts it anew when a file changes.
import { watch } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt } from './freshness.js'
import { ensureInstalled } from './install.js'
import { ROOT, runMain } from './processes.js'
import { runSite } from './site.js'

const WATCHED = ['src', 'islands', 'assets', 'seeds', 'migrations']
const QUIET_MS = 150

await runMain(async () => {
  await ensureInstalled()
  let leaving = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
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
    const ended = site?.ended.then((code) => (code === 0 ? { leaving: true } : changed.seen))
    await Promise.race([changed.seen, ...(ended ? [ended] : [])])
    changed.stop()
    site?.stop()
    await site?.ended
  }
})

function nextChange() {
  let timer
  let watchers = []
  const seen = new Promise((tell) => {
    const touch = () => {
      clearTimeout(timer)
      timer = setTimeout(tell, QUIET_MS)
    }
    watchers = WATCHED.map((folder) => watch(join(ROOT, folder), { recursive: true }, touch))
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, tell)
  })
  const stop = () => {
    for (const watcher of watchers) watcher.close()
  }
  return { seen, stop }
}
