// npm run guide: takes the pictures of the guide and the README anew (e2e/guide-pictures.ts) from a throw-away site.
import { join } from 'node:path'
import { ensureChromium } from './chromium.js'
import { ensureBuilt } from './freshness.js'
import { ensureInstalled } from './install.js'
import { node24, ownEnvironment, ROOT, run, runMain } from './processes.js'

await runMain(async () => {
  await ensureInstalled()
  if (!process.features.typescript) return await run(node24(), process.argv.slice(1))
  await ensureBuilt()
  const browser = await ensureChromium()
  // Node reads no .tsx, so the script is bundled like the server; the same depth below the project's folder as its source.
  const { build } = await import('esbuild')
  const outfile = join(ROOT, 'build/guide-pictures.js')
  await build({
    entryPoints: [join(ROOT, 'e2e/guide-pictures.ts')],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node24',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'warning',
  })
  return await run(node24(), [outfile], { env: ownEnvironment({ EPROD_BROWSER: browser, LANGUAGE: 'pt_BR' }) })
})
