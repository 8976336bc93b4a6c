// How tests run: `house` beside the code on a real cloned database, `e2e` journeys in a browser. Files share their modules
// (`isolate: false`): each has a database of its own, and reading the house anew for each took a third of the time.
import { defineConfig } from 'vitest/config'

// The .tsx pages are Preact's, in tests as in the bundle.
const oxc = { jsx: { runtime: 'automatic', importSource: 'preact' } } as const

export default defineConfig({
  test: {
    projects: [
      {
        oxc,
        test: {
          name: 'house',
          include: [
            'src/**/*.test.{ts,tsx}',
            'seeds/**/*.test.ts',
            'tests/**/*.test.ts',
            'islands/**/*.test.{ts,tsx}',
            'bench/**/*.test.ts',
          ],
          globalSetup: ['tests/support/cluster.ts'],
          isolate: false,
          // A limit against what hangs, not a measure: a busy machine takes ten times as long as a quiet one.
          testTimeout: 60_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        oxc,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          globalSetup: ['tests/support/cluster.ts'],
          isolate: false,
          // One browser at a time: journeys measure and wait, and the machine has two cores.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // One second unless said: a busy machine needs more for what is waited for.
          expect: { poll: { timeout: 20_000 } },
        },
      },
    ],
  },
})
