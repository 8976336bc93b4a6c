// What stands in an address and would be left out without a word: each is a problem that names it. Pure.
import type { Problem } from '#shared/problems.ts'

/** `takes`: how many a page reads of a name; undefined: it knows no such name. */
export function strayParams(params: URLSearchParams, takes: (name: string) => 'one' | 'many' | undefined): Problem[] {
  return [...new Set(params.keys())].flatMap((name): Problem[] => {
    const stray = (code: string): Problem[] => [{ field: 'parametro', code, with: { name: name.slice(0, 40) } }]
    const many = takes(name)
    if (!many) return stray('address-unknown')
    return many === 'one' && params.getAll(name).length > 1 ? stray('address-twice') : []
  })
}
