// Holds the five rules of the house over the whole tree, and shows that each finds a planted violation.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  badHabits,
  brokenDoors,
  impureRules,
  type Source,
  strayEnvironment,
  strayWrites,
  wrongDirections,
} from './house-rules.ts'

const ROOT = join(import.meta.dirname, '..')
const SOURCES: readonly Source[] = globSync(
  ['src/**/*.{ts,tsx}', 'islands/**/*.ts', 'bin/*.js', 'seeds/**/*.ts', 'bench/*.ts', 'tests/**/*.ts', 'e2e/*.ts'],
  { cwd: ROOT },
).map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(ROOT, path), 'utf8') }))
const planted = (path: string, text: string): Source[] => [...SOURCES, { path, text: `// Planted.\n${text}\n` }]

/** Each rule with a file that breaks it. */
const RULES: readonly [name: string, rule: (sources: readonly Source[]) => string[], path: string, text: string][] = [
  [
    'rooms use only rooms to their left',
    wrongDirections,
    'src/forms/planted.ts',
    "import { x } from '#tickets/rules/moves.ts'",
  ],
  ['SOE/WEB knows nothing of EPROD', wrongDirections, 'src/soe/planted.ts', "import { x } from '#identity/reads.ts'"],
  ['only app mounts SOE/WEB', wrongDirections, 'src/desk/planted.ts', "import { x } from '#soe/mount.ts'"],
  ['rules are pure', impureRules, 'src/tickets/rules/planted.ts', "import { x } from '#shared/db/connect.ts'"],
  ['rooms are entered by their doors', brokenDoors, 'src/desk/planted.ts', "import { x } from '#tickets/store.ts'"],
  ['only a store writes tables', strayWrites, 'src/tickets/actions/planted.ts', "tx.updateTable('eprod.ticket')"],
  ['only a store writes tables in raw SQL', strayWrites, 'src/app/planted.ts', 'sql`update eprod.ticket set x = 1`'],
  ['only the configuration reads the environment', strayEnvironment, 'src/tickets/planted.ts', 'process.env.PORT'],
  ['no file is long', badHabits, 'src/tickets/planted.ts', '\n'.repeat(301)],
  ['names say what is inside', badHabits, 'src/tickets/utils.ts', ''],
]

describe('the house', () => {
  it('reads the whole tree', () => {
    expect(SOURCES.length).toBeGreaterThan(150)
  })
  for (const [name, rule, path, text] of RULES) {
    it(`${name}`, () => {
      expect(rule(SOURCES)).toEqual([])
    })
    it(`finds it when not: ${name}`, () => {
      expect(rule(planted(path, text)).join('\n')).toContain(path)
    })
  }
})
