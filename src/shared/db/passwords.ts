// The database passwords of an installation, kept in EPROD_DATA/secrets/database.json. Who uses them is not here.
import { createHmac, randomBytes } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { RolePasswords } from '#shared/db/migrate.ts'
import { Obstacle } from '#shared/obstacle.ts'
import { keepOnce } from '#shared/secrets.ts'

const text = z.string().min(16)
const schema = z.object({
  /** Superuser of the embedded cluster. */
  postgres: text,
  eprod_owner: text,
  eprod_web: text,
  eprod_staff: text,
  eprod_worker: text,
  eprod_soe: text,
})

export type DatabasePasswords = Readonly<z.infer<typeof schema>> & { readonly eprod_entry: string }

/** The passwords of the roles that processes connect as. */
export function rolesOf({ postgres: _, eprod_owner: __, ...roles }: DatabasePasswords): RolePasswords {
  return roles
}

/** Reads the kept passwords of the folder EPROD_DATA; makes and keeps them the first time (folder 700, file 600). */
export async function databasePasswords(data: string): Promise<DatabasePasswords> {
  const folder = join(data, 'secrets')
  const file = join(folder, 'database.json')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const kept = await readFile(file, 'utf8').catch(() => undefined)
  if (kept !== undefined) return parsed(kept, file)
  await keepOnce(file, freshPasswords())
  return parsed(await readFile(file, 'utf8'), file)
}

function parsed(kept: string, file: string): DatabasePasswords {
  try {
    const read = schema.parse(JSON.parse(kept))
    // The role came later: an installation's file stays as it was made, and two that start at once agree.
    const entry = createHmac('sha256', read.eprod_owner).update('eprod_entry').digest('base64url')
    return { ...read, eprod_entry: entry }
  } catch {
    throw new Obstacle(`${file} does not hold the six database passwords: restore it from a backup.`)
  }
}

function freshPasswords(): string {
  const fresh = Object.keys(schema.shape).map((name) => [name, randomBytes(24).toString('base64url')])
  return `${JSON.stringify(Object.fromEntries(fresh), null, 2)}\n`
}
