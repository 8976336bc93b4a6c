// The walls as the catalogue of a freshly migrated database shows them: every table forced, no role above them.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Connection } from '#shared/db/connect.ts'
import { cloneDatabase, type TestDatabase } from '../../../tests/support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await cloneDatabase()
})
afterAll(() => database.drop())

const ROLES = ['eprod_web', 'eprod_staff', 'eprod_entry', 'eprod_worker', 'eprod_soe']

test('every table of EPROD, SOE/WEB and the mail has row-level security enabled and forced', async () => {
  const { rows } = await sql<{ name: string; walled: boolean }>`
    select c.oid::regclass::text as name, c.relrowsecurity and c.relforcerowsecurity as walled
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in ('eprod', 'soe', 'mail') and c.relkind in ('r', 'p')`.execute(database.owner.db)
  expect(rows.length).toBeGreaterThan(30)
  expect(rows.filter((row) => !row.walled)).toEqual([])
})

test('no role of a process is a superuser, passes the walls, makes roles or databases, or is a member of another', async () => {
  const { rows } = await sql<{ rolname: string }>`
    select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
           exists (select from pg_auth_members m where m.member = r.oid) as member
      from pg_roles r where rolname = any(${ROLES}) order by rolname`.execute(database.owner.db)
  const none = {
    rolsuper: false,
    rolbypassrls: false,
    rolcreaterole: false,
    rolcreatedb: false,
    rolreplication: false,
    member: false,
  }
  expect(rows).toEqual([...ROLES].sort().map((rolname) => ({ rolname, ...none })))
})

test('no role of a process owns anything', async () => {
  const { rows } = await sql`
    select d.classid::regclass, d.objid, r.rolname from pg_shdepend d join pg_roles r on r.oid = d.refobjid
     where d.refclassid = 'pg_authid'::regclass and d.deptype = 'o' and r.rolname = any(${ROLES})`.execute(
    database.owner.db,
  )
  expect(rows).toEqual([])
})

test('the owner is no superuser: the walls bind it too', async () => {
  const { rows } = await sql<{ superuser: boolean }>`
    select rolsuper or rolbypassrls as superuser from pg_roles where rolname = current_user`.execute(database.owner.db)
  expect(rows).toEqual([{ superuser: false }])
})

/** What belongs to no institution: the catalogue of forms, settings, the calendar and waiting types. */
const CATALOGUE = ['eprod.calendar_day', 'eprod.form', 'eprod.form_version', 'eprod.setting', 'eprod.waiting_type']

test('without a visit the web sees the catalogue alone and the staff nothing', async () => {
  await arrange()
  expect(await visible('eprod_staff', database.staff)).toEqual([])
  const web = await visible('eprod_web', database.web)
  expect(web.filter((name) => !CATALOGUE.includes(name))).toEqual([])
})

/** One person on each side, so that an open policy has something to show. */
async function arrange(): Promise<void> {
  await sql`
    with made as (
      insert into eprod.institution (cnpj, name, side)
      values ('99999999000191', 'Banco da Prova', 'institution'), ('99999999000272', 'Estado da Prova', 'staff') returning id, side)
    insert into eprod.person (institution_id, cpf, name, email, side)
    select id, case side when 'staff' then '52998224725' else '11144477735' end, 'Pessoa da Prova', 'p@example.com', side
      from made`.execute(database.owner.db)
}

/** Tables of which a role sees a row outside any visit. */
async function visible(role: string, connection: Connection): Promise<string[]> {
  const readable = await readableTables(role)
  expect(readable.length).toBeGreaterThan(5)
  const seen = await Promise.all(
    readable.map(async ({ name, columns }) => {
      const { rows } = await connection.pool.query(`select ${columns} from ${name} limit 1`)
      return rows.length > 0 ? [name] : []
    }),
  )
  return seen.flat()
}

async function readableTables(role: string): Promise<{ name: string; columns: string }[]> {
  const { rows } = await sql<{ name: string; columns: string }>`
    select c.oid::regclass::text as name, string_agg(quote_ident(a.attname), ', ') as columns
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'eprod'::regnamespace and c.relkind in ('r', 'p', 'v')
       and has_column_privilege(${role}, c.oid, a.attnum, 'select')
     group by c.oid`.execute(database.owner.db)
  return rows
}

test('what may be executed is granted to a role by name, never to everybody', async () => {
  await sql`create function eprod.made_by_a_later_step() returns int language sql return 1`.execute(database.owner.db)
  const { rows } = await sql<{ name: string }>`
    select p.oid::regprocedure::text as name from pg_proc p
     where p.pronamespace in ('eprod'::regnamespace, 'soe'::regnamespace)
       and exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a where a.grantee = 0)`.execute(
    database.owner.db,
  )
  expect(rows).toEqual([])
})

test('a function that passes the walls fixes where it looks for names', async () => {
  const { rows } = await sql<{ name: string }>`
    select p.oid::regprocedure::text as name from pg_proc p
     where p.pronamespace in ('eprod'::regnamespace, 'soe'::regnamespace) and p.prosecdef
       and not coalesce(p.proconfig @> array['search_path=pg_catalog, pg_temp'], false)`.execute(database.owner.db)
  expect(rows).toEqual([])
})

/** Functions that pass the walls, by who may call them. What needs no visit is not for the roles that pages speak through. */
const PASSING: Readonly<Record<string, readonly string[]>> = {
  eprod_web: [
    'eprod.ask_address',
    'eprod.context_teams',
    'eprod.find_tickets',
    'eprod.holds',
    'eprod.knows_address',
    'eprod.live_sessions',
    'eprod.open_visit',
    'eprod.own_session',
    'eprod.search_is_left',
    'eprod.staff_institutions',
    'eprod.unclaimed_bytes',
  ],
  eprod_staff: [
    ...[
      'eprod.context_teams',
      'eprod.cpf_of',
      'eprod.enqueue_deadline',
      'eprod.figures',
      'eprod.find_tickets',
      'eprod.holds',
      'eprod.jobs_count',
    ],
    ...[
      'eprod.jobs_page',
      'eprod.lay_job_aside',
      'eprod.lay_letter_aside',
      'eprod.live_sessions',
      'eprod.manages_forms',
    ],
    ...['eprod.open_visit', 'eprod.own_session'],
    ...[
      'eprod.refused_letters',
      'eprod.search_is_left',
      'eprod.send_letter_again',
      'eprod.send_letters_again',
      'eprod.try_job_again',
    ],
    ...['eprod.try_jobs_again'],
  ],
}

test.each(Object.entries(PASSING))('%s passes the walls only by functions that ask who visits', async (role, names) => {
  const { rows } = await sql<{ name: string }>`
    select p.pronamespace::regnamespace || '.' || p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname in ('eprod', 'soe', 'mail') and p.prosecdef
       and has_schema_privilege(${role}, n.oid, 'usage') and has_function_privilege(${role}, p.oid, 'execute')`.execute(
    database.owner.db,
  )
  expect(rows.map((row) => row.name).sort()).toEqual(names)
})
