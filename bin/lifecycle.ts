// Draws docs/lifecycle.svg from the life cycle's table: `npm run lifecycle`. tests/lifecycle.test.ts holds the drift.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lifecycleSvg } from '../tests/support/lifecycle-svg.ts'

writeFileSync(join(import.meta.dirname, '../docs/lifecycle.svg'), lifecycleSvg())
