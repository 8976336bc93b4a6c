// Whether the build still is that of the files, and building it when not. How it is built: build.js.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ClearLine, node24, ROOT, run } from './processes.js'

const INPUTS = [
  'src',
  'islands',
  'assets',
  'seeds',
  'bin/build.js',
  'bin/sprite.js',
  'package.json',
  'package-lock.json',
]
/** Written last, so that a build broken off counts for none. */
export const STAMP = join(ROOT, 'build/inputs.sha256')

/** Builds unless the last build was made of the same files. */
export async function ensureBuilt() {
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === inputsHash()) return
  const code = await run(node24(), [join(ROOT, 'bin/build.js')])
  if (code !== 0) throw new ClearLine('The build failed: see its lines above.')
}

/** One hash over names and contents of all that a build is made of. */
export function inputsHash() {
  const hash = createHash('sha256')
  for (const input of INPUTS) addTo(hash, input)
  return hash.digest('hex')
}

function addTo(hash, path) {
  const full = join(ROOT, path)
  if (!existsSync(full)) return
  const names = path.includes('.') ? undefined : readdirSync(full, { withFileTypes: true })
  if (!names) {
    hash.update(`${path}\0`).update(readFileSync(full))
    return
  }
  for (const entry of names.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const below = `${path}/${entry.name}`
    if (entry.isDirectory()) addTo(hash, below)
    else if (!/\.test\.tsx?$/.test(entry.name)) hash.update(`${below}\0`).update(readFileSync(join(ROOT, below)))
  }
}
