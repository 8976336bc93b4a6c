// DATABASE_URL as an administrator meets it: any server, least-privilege roles by kept passwords, one sentence for a no.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig } from '#app/config.ts'
import { openDatabase } from '#app/database.ts'
import { cloneDatabase, type TestDatabase } from '../../tests/support/database.ts'

const MIGRATIONS = join(import.meta.dirname, '../../migrations')
let server: TestDatabase
let data: string

beforeAll(async () => {
  server = await cloneDatabase({ bare: true })
  data = mkdtempSync(join(tmpdir(), 'eprod-database-'))
  keepPasswordsOf(server)
})
afterAll(async () => {
  rmSync(data, { recursive: true })
  await server.drop()
})

/** Roles belong to the whole server, which other tests use too: the folder keeps the passwords they have already. */
function keepPasswordsOf({ urls }: TestDatabase): void {
  const password = (url: string) => decodeURIComponent(new URL(url).password)
  const kept = {
    postgres: password(urls.admin),
    eprod_owner: password(urls.owner),
    eprod_web: password(urls.web),
    eprod_staff: password(urls.staff),
    eprod_worker: password(urls.worker),
    eprod_soe: password(urls.soe),
  }
  mkdirSync(join(data, 'secrets'))
  writeFileSync(join(data, 'secrets/database.json'), JSON.stringify(kept))
}

const open = (settings: Record<string, string>) =>
  openDatabase(readConfig({ EPROD_DATA: data, ...settings }), MIGRATIONS, () => {})

async function userOf(connectionString: string): Promise<string> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return (await client.query('select current_user as name')).rows[0].name
  } finally {
    await client.end()
  }
}

test('a given server is migrated and each role reaches it by its kept password', async () => {
  const database = await open({ DATABASE_URL: server.urls.owner })
  const { web, staff, entry, worker, soe } = database
  expect(await Promise.all([web, staff, entry, worker, soe].map(userOf))).toEqual([
    'eprod_web',
    'eprod_staff',
    'eprod_entry',
    'eprod_worker',
    'eprod_soe',
  ])
  await database.stop()
})

test('the URL given for a role is used as it is', async () => {
  const given = `${server.urls.web}&application_name=given`
  const database = await open({ DATABASE_URL: server.urls.owner, DATABASE_URL_WEB: given })
  expect(database.web).toBe(given)
})

test('a server that does not answer, a wrong password and a missing database are each one sentence', async () => {
  const sentence = /^DATABASE_URL: cannot connect: .+$/
  await expect(open({ DATABASE_URL: 'postgres://eprod@127.0.0.1:1/eprod' })).rejects.toThrow(sentence)
  const wrong = server.urls.owner.replace(/eprod_owner:[^@]+@/, 'eprod_owner:wrong@')
  await expect(open({ DATABASE_URL: wrong })).rejects.toThrow(sentence)
  await expect(open({ DATABASE_URL: server.urls.owner.replace(server.name, 'absent') })).rejects.toThrow(sentence)
})

test('an owner who may not switch maintenance on is told what to ask a superuser for', async () => {
  const name = `${server.name}_plain`
  const url = new URL(server.urls.owner)
  url.username = name
  url.password = 'plain-owner-of-the-test'
  url.pathname = `/${name}`
  await asAdmin(`create role ${name} login createrole password '${url.password}'`)
  await asAdmin(`create database ${name} owner ${name}`)
  await expect(open({ DATABASE_URL: url.href })).rejects.toThrow(
    `DATABASE_URL: ask a superuser of the server for: grant set on parameter "eprod.maintenance" to "${name}"`,
  )
  await asAdmin(`drop database ${name} with (force)`)
  await asAdmin(`drop role ${name}`)
})

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server.urls.admin })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
