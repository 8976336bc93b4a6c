// Brings a database to the newest step: graphile-worker's own schema, then ours, forward only, one transaction a step.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'

/** Login roles made by 0001-roles.sql and 0013-entry.sql, and their passwords. */
export type RolePasswords = Readonly<
  Record<'eprod_web' | 'eprod_staff' | 'eprod_entry' | 'eprod_worker' | 'eprod_soe', string>
>

/**
 * Migrates the database behind `url` (the owner's). Safe to run twice and by two processes at once.
 * Sets the roles' passwords when given. A step whose text has changed since it ran is refused. Returns the steps run.
 */
export async function migrate(url: string, folder: string, passwords?: Partial<RolePasswords>): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(7308)')
    await runMigrations({ connectionString: url })
    await client.query(
      'create table if not exists public.migration (name text primary key, sha256 text not null, at timestamptz not null default now())',
    )
    const done = new Map(
      (await client.query('select name, sha256 from public.migration')).rows.map((row) => [row.name, row.sha256]),
    )
    const ran: string[] = []
    for (const name of (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()) {
      const text = await readFile(join(folder, name), 'utf8')
      const sha256 = createHash('sha256').update(text).digest('hex')
      if (done.has(name) && done.get(name) !== sha256) throw new Error(`migration ${name} was changed after it had run`)
      if (done.has(name)) continue
      await runStep(client, { name, text, sha256 })
      ran.push(name)
    }
    if (passwords) await setPasswords(client, passwords)
    return ran
  } finally {
    await client.end()
  }
}

async function runStep(client: pg.Client, step: { name: string; text: string; sha256: string }): Promise<void> {
  await client.query('begin')
  try {
    await client.query(`set local eprod.maintenance = 'on'`)
    await client.query(step.text)
    await client.query('insert into public.migration (name, sha256) values ($1, $2)', [step.name, step.sha256])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`migration ${step.name}: ${(error as Error).message}`, { cause: error })
  }
}

async function setPasswords(client: pg.Client, passwords: Partial<RolePasswords>): Promise<void> {
  for (const [role, password] of Object.entries(passwords)) {
    await client.query(`alter role ${pg.escapeIdentifier(role)} with password ${pg.escapeLiteral(password)}`)
  }
}
