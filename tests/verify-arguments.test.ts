// npm run verify checks what was meant, or nothing: a hash that was typed wrongly must not read as one that was found.
import { execFile } from 'node:child_process'
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
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

test('reads the settings of a file .env, as npm start does: no other data are said to be whole', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'eprod-verify-'))
  await cp(join(ROOT, 'bin'), join(folder, 'bin'), { recursive: true })
  for (const name of ['src', 'node_modules', 'package.json']) await symlink(join(ROOT, name), join(folder, name))
  const data = join(folder, 'elsewhere')
  await writeFile(join(folder, '.env'), `EPROD_DATA=${data}\n`)
  const { EPROD_DATA: _, DATABASE_URL: __, ...env } = process.env
  const said = await new Promise<string>((tell) => {
    execFile(process.execPath, ['bin/verify.js'], { cwd: folder, env }, (_error, out, err) => tell(out + err))
  })
  await rm(folder, { recursive: true })
  expect(said).toContain(`There are no data in ${data}`)
})
