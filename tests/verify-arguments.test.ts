// npm run verify checks what was meant, or nothing: a hash that was typed wrongly must not read as one that was found.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')

test.each([['--seal'], ['--seal=deadbeef'], ['--seals=x'], ['x']])('%s is no argument of it', async (argument) => {
  const said = await new Promise<{ code: number | null; text: string }>((tell) => {
    const child = execFile(process.execPath, ['bin/verify.js', argument], { cwd: ROOT }, (_error, out, err) =>
      tell({ code: child.exitCode, text: out + err }),
    )
  })
  expect(said).toEqual({ code: 1, text: expect.stringContaining('Usage: npm run verify') })
})
