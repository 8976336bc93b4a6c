// Draws the icon sprite: one SVG file with the icons of src/shared/ui/icons.ts. Stroke and fill come from the stylesheet.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { ICONS } from '../src/shared/ui/icons.ts'

/** The sprite's text: a `<symbol id="i-name">` for each icon. Fails when an icon does not exist. */
export async function sprite() {
  const { resolve } = createRequire(import.meta.url)
  const symbols = await Promise.all(
    ICONS.map(async (name) => symbol(name, await readFile(resolve(`@tabler/icons/outline/${name}.svg`), 'utf8'))),
  )
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`
}

function symbol(name, file) {
  const inner = file
    .replace(/^[\s\S]*?<svg[^>]*>/, '')
    .replace(/<\/svg>\s*$/, '')
    .replace(/<path stroke="none"[^>]*\/>/, '')
    .replace(/\s+/g, ' ')
    .replaceAll(' />', '/>')
    .trim()
  return `<symbol id="i-${name}" viewBox="0 0 24 24">${inner}</symbol>`
}
