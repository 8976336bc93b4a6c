// npm run build: bundles the server to build/main.js and the files pages ask for to build/assets, with their content's
// hash in the name; build/assets.json says which is which.
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, extname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import { inputsHash, STAMP } from './freshness.js'
import { ensureInstalled } from './install.js'
import { node24, ROOT, run, runMain } from './processes.js'

const OUT = join(ROOT, 'build')
const ASSETS = join(OUT, 'assets')
const JSX = { jsx: 'automatic', jsxImportSource: 'preact' }
const FONT = '@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2'

await runMain(async () => {
  if (!process.features.typescript) return underNode24()
  const began = performance.now()
  const inputs = inputsHash()
  await rm(OUT, { recursive: true, force: true })
  await mkdir(ASSETS, { recursive: true })
  const { build } = await import('esbuild')
  const [islands, editor, sender, files] = await Promise.all([
    buildIslands(build, 'main'),
    // Apart, so that what few pages load makes no page load a shared piece by itself: the form editor, the sender of files.
    buildIslands(build, 'form-editor'),
    buildIslands(build, 'tus'),
    buildFiles(),
    buildServer(build),
  ])
  await writeFile(
    join(OUT, 'assets.json'),
    `${JSON.stringify({ ...files, ...islands, ...editor, ...sender }, null, 2)}\n`,
  )
  await compressAssets()
  await writeFile(STAMP, inputs)
  console.log(`Built in ${Math.round(performance.now() - began)} ms.`)
})

/** Beside each text as small as it gets: what is served a million times is worth a second once. */
async function compressAssets() {
  const brotli = promisify(brotliCompress)
  const texts = (await readdir(ASSETS)).filter((name) => /\.(js|css|svg)$/.test(name))
  const write = async (name) => {
    const text = await readFile(join(ASSETS, name))
    await writeFile(join(ASSETS, `${name}.br`), await brotli(text))
    await writeFile(join(ASSETS, `${name}.gz`), await promisify(gzip)(text, { level: 9 }))
  }
  await Promise.all(texts.map(write))
}

/** The icons' list is TypeScript, which Node before 22 cannot read. */
async function underNode24() {
  await ensureInstalled()
  return await run(node24(), [join(ROOT, 'bin/build.js')])
}

async function buildServer(build) {
  await build({
    ...JSX,
    entryPoints: [join(ROOT, 'src/main.ts')],
    outdir: OUT,
    // Beside main.js: what a module finds by its own folder is found from a chunk too.
    chunkNames: 'part.[hash]',
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node24',
    sourcemap: true,
    logLevel: 'warning',
  })
}

async function buildIslands(build, name) {
  const { metafile } = await build({
    ...JSX,
    entryPoints: [join(ROOT, `islands/${name}.ts`)],
    outdir: ASSETS,
    entryNames: '[name].[hash]',
    chunkNames: '[name].[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    metafile: true,
    absWorkingDir: ROOT,
    logLevel: 'warning',
  })
  const made = Object.entries(metafile.outputs).find(([, output]) => output.entryPoint === `islands/${name}.ts`)
  return { [`${name}.js`]: `/assets/${basename(made[0])}` }
}

/** Style, font, icons and whatever lies in assets/. */
async function buildFiles() {
  const { sprite } = await import('./sprite.js')
  const paths = {}
  paths['font.woff2'] = await keep('font.woff2', await readFile(createRequire(import.meta.url).resolve(FONT)))
  paths['sprite.svg'] = await keep('sprite.svg', await sprite())
  for (const entry of await readdir(join(ROOT, 'assets'), { withFileTypes: true })) {
    if (entry.isFile() && extname(entry.name) !== '.css') {
      paths[entry.name] = await keep(entry.name, await readFile(join(ROOT, 'assets', entry.name)))
    }
  }
  paths['style.css'] = await keep('style.css', await style(paths))
  return paths
}

/** One minified file of all style sheets; `url("font.woff2")` names a file as the manifest does. */
async function style(paths) {
  const { bundle } = await import('lightningcss')
  const { code, dependencies } = bundle({
    filename: join(ROOT, 'assets/style.css'),
    minify: true,
    analyzeDependencies: { preserveImports: false },
  })
  let text = code.toString()
  for (const { type, url, placeholder, loc } of dependencies) {
    const path = paths[basename(url)]
    if (type !== 'url' || !path) throw new Error(`${relative(ROOT, loc.filePath)}: no file ${url} to link to`)
    text = text.replaceAll(placeholder, path)
  }
  return text
}

async function keep(name, content) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 8)
  const kept = `${basename(name, extname(name))}.${hash}${extname(name)}`
  await writeFile(join(ASSETS, kept), content)
  return `/assets/${kept}`
}
