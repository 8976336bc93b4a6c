// Where a page may send a person who says where: paths of this house only.

const LONGEST = 2000

/**
 * The path, or undefined when it is not surely our own: it must start with a single `/` and hold neither a backslash nor
 * a control character (browsers read `/\` and tabs in ways that lead elsewhere).
 */
export function ownPath(given: unknown): string | undefined {
  if (typeof given !== 'string' || given.length > LONGEST) return undefined
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (!/^\/(?!\/)/.test(given) || /[\\\u0000-\u001f\u007f-\u009f]/.test(given)) return undefined
  const base = 'http://own.invalid'
  const url = URL.parse(given, base)
  if (!url || url.origin !== base || url.pathname.startsWith('//')) return undefined
  return `${url.pathname}${url.search}${url.hash}`
}
