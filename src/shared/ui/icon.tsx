// One icon of the sprite. Its name is a decoration: the word beside it carries the meaning.
import { assetPath } from '#shared/ui/assets.ts'
import { html } from '#shared/ui/html.ts'
import type { IconName } from '#shared/ui/icons.ts'

/** Stands beside a word, or beside a `.vh` text where there is no room for one. */
export function Icon({ name }: { name: IconName }) {
  return html`<svg class="i" aria-hidden="true" width="20" height="20"><use href="${assetPath('sprite.svg')}#i-${name}"></use></svg>`
}
