// Fills a test database with many tickets by set-based SQL, past the guard of the life cycle: for tests of lists and plans.
import { sql } from 'kysely'
import type { Db } from '#shared/db/connect.ts'
import type { Actor } from '#shared/kit/actor.ts'

export interface Crowd {
  /** An operator of the first institution with 122 and 151, who filed a tenth of its tickets. */
  readonly operator: Actor
  /** An operator of the second institution. */
  readonly stranger: Actor
  /** An analyst of RECONET, who is assigned a fifth of what is assigned. */
  readonly analyst: Actor
}

/**
 * `tickets` tickets of `institutions` institutions. Of a hundred: 60 closed, 10 solved, 10 pending, 10 processing, 10 new;
 * plates run through the letters of the Mercosul spelling. Updates lie a minute apart, so the order is known.
 */
export async function fillWithTickets(owner: Db, size: { tickets: number; institutions: number }): Promise<Crowd> {
  await sql`alter table eprod.ticket disable trigger guard`.execute(owner)
  await sql`insert into eprod.institution (cnpj, name)
    select lpad(n::text, 14, '7'), 'Banco de Teste ' || n from generate_series(1, ${size.institutions}) n`.execute(
    owner,
  )
  await sql`insert into eprod.person (institution_id, cpf, name, email, side)
    select i.id, lpad((i.id * 100 + n)::text, 11, '0'), 'Pessoa ' || n || ' do ' || i.name, 'p' || n || '@example.com', i.side
      from eprod.institution i cross join generate_series(1, 10) n`.execute(owner)
  await sql`insert into eprod.team_member select t.id, p.id from eprod.team t join eprod.person p on p.side = 'staff'`.execute(
    owner,
  )
  await insertTickets(owner, size)
  await sql`alter table eprod.ticket enable trigger guard`.execute(owner)
  await sql`analyze`.execute(owner)
  const [first, second] = await actors(owner, 'institution', [122, 151])
  const [analyst] = await actors(owner, 'staff', [901])
  return { operator: first!, stranger: second!, analyst: analyst! }
}

async function insertTickets(owner: Db, size: { tickets: number; institutions: number }): Promise<void> {
  await sql`insert into eprod.ticket (institution_id, status, subject, form_version_id, case_code, answers, plate, requester_id,
      assignee_id, team_id, waiting_type_id, waiting_reason, due_at, opened_at, updated_at, solved_at, closed_at)
    select i.ids[1 + n % ${size.institutions}::int], s.status,
           'Instituições Financeiras - Desbloqueio para Cancelamento de Gravame - Veículo com Furto/Roubo - ' || s.plate,
           (select min(id) from eprod.form_version), '01', '{}', s.plate,
           (select p.id from eprod.person p where p.institution_id = i.ids[1 + n % ${size.institutions}::int]
             order by p.id offset (n / ${size.institutions}::int) % 10 limit 1),
           case when s.status <> 'new' then (select p.id from eprod.person p where p.side = 'staff' order by p.id offset n % 5 limit 1) end,
           (select min(id) from eprod.team),
           case when s.status = 'pending' then (select min(id) from eprod.waiting_type) end,
           case when s.status = 'pending' then 'Documento ilegível' end,
           case when s.status in ('pending', 'solved') then s.at + interval '7 days' end, s.at - interval '1 day', s.at,
           case when s.status in ('solved', 'closed') then s.at end, case when s.status = 'closed' then s.at end
      from generate_series(1, ${size.tickets}) n
     cross join (select array_agg(id order by id) as ids from eprod.institution where side = 'institution' and cnpj like '7%') i
     cross join lateral (select
        (array['closed','closed','closed','closed','closed','closed','solved','pending','processing','new'])[1 + (n / ${size.institutions}::int) % 10] as status,
        chr(65 + n / 260000 % 26) || chr(65 + n / 10000 % 26) || 'Z' || n / 1000 % 10 || chr(65 + n / 100 % 10) || lpad((n % 100)::text, 2, '0') as plate,
        timestamptz '2026-11-01 12:00-03' - make_interval(mins => n) as at) s`.execute(owner)
}

async function actors(owner: Db, side: 'institution' | 'staff', classes: number[]): Promise<Actor[]> {
  const { rows } = await sql<Omit<Actor, 'classes'>>`
    select distinct on (p.institution_id) p.id as "personId", 0 as "sessionId", p.name, p.email, p.cpf, p.side,
           p.institution_id as "institutionId", i.name as "institutionName",
           array(select team_id from eprod.team_member m where m.person_id = p.id) as teams
      from eprod.person p join eprod.institution i on i.id = p.institution_id
     where p.side = ${side} order by p.institution_id, p.id`.execute(owner)
  return rows.map((row) => ({ ...row, classes }))
}
