// Where the built files are served. bin/build.js writes build/assets.json: name -> hashed address.
import { readFileSync } from 'node:fs'

export type AssetName =
  | 'style.css'
  | 'main.js'
  | 'tus.js'
  | 'form-editor.js'
  | 'sprite.svg'
  | 'favicon.svg'
  | 'font.woff2'

let known: Readonly<Record<string, string>> | undefined

/** Address of a built file, as in `/assets/style.1f3c9a2b.css`; without a build (page tests) the plain name. */
export function assetPath(name: AssetName): string {
  known ??= manifest()
  return known[name] ?? `/assets/${name}`
}

function manifest(): Readonly<Record<string, string>> {
  try {
    return JSON.parse(readFileSync('build/assets.json', 'utf8')) as Record<string, string>
  } catch {
    return {}
  }
}
