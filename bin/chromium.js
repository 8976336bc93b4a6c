// Finds a Chromium for the browser journeys, or installs one.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { ClearLine, node24, ROOT, run } from './processes.js'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Path of a Chromium that runs: an installed one, else Debian's when root there, else Playwright's own. */
export async function ensureChromium() {
  const found = installed() ?? (await playwrights())
  if (found) return found
  const root = process.getuid?.() === 0
  const debian = root && existsSync('/etc/debian_version')
  if (debian) await installDebians()
  const debians = debian ? installed() : undefined
  if (debians) return debians
  await run(node24(), [
    join(ROOT, 'node_modules/playwright-core/cli.js'),
    'install',
    ...(debian ? ['--with-deps'] : []),
    'chromium',
  ])
  const own = await playwrights()
  if (own) return own
  throw new ClearLine(
    'No Chromium for the browser tests: install one (Debian: apt-get install chromium) so that `chromium` is found.',
  )
}

function installed() {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(runs)
}

/** Ubuntu's package of the name is a stub that only points at another shop: it must answer. */
function runs(program) {
  return (
    existsSync(program) &&
    spawnSync(program, ['--version', '--no-sandbox'], { stdio: 'ignore', timeout: 30_000 }).status === 0
  )
}

async function playwrights() {
  const { chromium } = await import('playwright-core')
  return [chromium.executablePath()].find(runs)
}

async function installDebians() {
  const wait = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=2', '-qq']
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  console.log("Installing Debian's chromium for the browser tests …")
  for (const attempt of [1, 2]) {
    const code =
      (await run('apt-get', [...wait, 'update'], { env })) ||
      (await run('apt-get', [...wait, 'install', '-y', '--no-install-recommends', 'chromium'], {
        env,
        stdio: ['ignore', 'ignore', 'inherit'],
      }))
    if (code === 0) return
    console.error(`apt-get ended with ${code} (attempt ${attempt}).`)
  }
}
