// What the page tells the form's scripts: rules and words, written by src/forms/web/script-data.tsx.
import type { IslandData } from '#forms/web/script-data.tsx'

export type { IslandData }

/** Puts values where a text says `{name}`. */
export function fill(text: string | undefined, values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values).reduce((made, [name, value]) => made.replaceAll(`{${name}}`, String(value)), text ?? '')
}

/** `1,2 MB` or `340 kB`. */
export function sizeText(bytes: number, words: IslandData['words']): string {
  if (bytes < 1_048_576) return `${Math.max(1, Math.round(bytes / 1024))} kB`
  return `${(bytes / 1_048_576).toFixed(1).replace('.', words.decimal ?? '.')} MB`
}

/** About how long, in words; '' while unknown. */
export function leftText(milliseconds: number | undefined, words: IslandData['words']): string {
  if (milliseconds === undefined) return ''
  const seconds = Math.ceil(milliseconds / 1000)
  if (seconds <= 1) return words.leftSecond ?? ''
  if (seconds < 90) return fill(words.leftSeconds, { n: seconds })
  const minutes = Math.round(seconds / 60)
  return minutes <= 1 ? (words.leftMinute ?? '') : fill(words.leftMinutes, { n: minutes })
}
