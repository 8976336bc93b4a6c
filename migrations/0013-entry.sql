-- Signing in has a role of its own: a hole in a page of the institutions' or the staff's role opens nobody's session.
-- And a session lives only as long as what it was opened for: the same person, institution and side.
do $$
begin
  if not exists (select from pg_roles where rolname = 'eprod_entry') then
    create role eprod_entry login nosuperuser nocreatedb nocreaterole noinherit nobypassrls;
  end if;
exception when duplicate_object or unique_violation then null; -- another database of the cluster was first
end $$;
grant usage on schema eprod to eprod_entry;

-- The per-schema form of 0002 took nothing away: only the global one revokes what PUBLIC is given by default.
alter default privileges revoke execute on functions from public;
revoke all on all functions in schema eprod from public;
revoke all on all procedures in schema eprod from public;
grant execute on function eprod.journal_text to eprod_web, eprod_staff, eprod_worker;

revoke execute on function eprod.sign_in, eprod.side_of from eprod_web;
revoke execute on function eprod.sign_out from eprod_web, eprod_staff;
grant execute on function eprod.sign_in, eprod.side_of, eprod.sign_out to eprod_entry;

-- A person is somebody of one institution: whoever changes to another is a new person there. The tickets and entries of
-- before keep naming the one of before, whom the institution still sees, and nobody else does.
alter table eprod.person drop constraint person_cpf_key, add constraint person_cpf_institution unique (cpf, institution_id);

create or replace function eprod.sign_in(facts jsonb, token bytea, at timestamptz, idle int, absolute int)
returns table (session_id bigint, person_id int, institution_id int, side text)
language plpgsql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
#variable_conflict use_column
declare inst eprod.institution; who eprod.person; sess bigint;
begin
  insert into eprod.institution as i (cnpj, name)
    values (facts->'institution'->>'cnpj', facts->'institution'->>'name')
    on conflict (cnpj) do update set name = excluded.name
    returning i.* into inst;
  insert into eprod.person as p (institution_id, cpf, name, email, side, seen_at)
    values (inst.id, facts->>'cpf', facts->>'name', facts->>'email', inst.side, at)
    on conflict (cpf, institution_id) do update set name = excluded.name, email = excluded.email, side = excluded.side,
      seen_at = excluded.seen_at
    returning p.* into who;
  -- Analysts and supervisors work in RECONET until an administrator says otherwise (product, section 1).
  if inst.side = 'staff' and facts->'classes' @? '$[*] ? (@ == 901 || @ == 902)' then
    insert into eprod.team_member (team_id, person_id)
      select t.id, who.id from eprod.team t
       where t.institution_id = inst.id and t.name = 'RECONET'
         and not exists (select from eprod.team_member m where m.person_id = who.id);
  end if;
  -- What was opened for another institution or side is over, in every browser.
  update eprod.session s set ended_at = at from eprod.person p
   where p.id = s.person_id and p.cpf = who.cpf and s.ended_at is null and (p.id <> who.id or s.side <> inst.side);
  insert into eprod.session as s (token_hash, person_id, side, classes, id_token, provider_session, idle_seconds, idle_until, ends_at, created_at)
    values (token, who.id, inst.side, array(select jsonb_array_elements_text(facts->'classes')::int),
            facts->>'id_token', facts->>'sid', idle, at + make_interval(secs => idle), at + make_interval(secs => absolute), at)
    returning s.id into sess;
  insert into eprod.journal_entry (thing, thing_id, institution_id, actor_id, event, at, public_part)
    values ('session', sess, inst.id, who.id, 'sign-in', at, '{}');
  return query select sess, who.id, inst.id, inst.side;
end $$;

-- As in 0012, and the side must still be that of the institution.
create or replace function eprod.open_visit(token bytea, at timestamptz)
returns table (session_id bigint, person_id int, institution_id int, name text, email text, cpf text, side text,
               institution_name text, classes int[], teams int[], ends_at timestamptz, idle_until timestamptz)
language plpgsql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
#variable_conflict use_column
declare
  wanted text := case session_user when 'eprod_web' then 'institution' when 'eprod_staff' then 'staff' else null end;
  idle int;
  was text;
begin
  select s.id, p.id, p.institution_id, p.name, p.email, p.cpf::text, s.side, i.name, s.classes,
         array(select m.team_id from eprod.team_member m where m.person_id = p.id), s.ends_at, s.idle_until, s.idle_seconds
    into session_id, person_id, institution_id, name, email, cpf, side, institution_name, classes, teams, ends_at, idle_until, idle
    from eprod.session s
    join eprod.person p on p.id = s.person_id
    join eprod.institution i on i.id = p.institution_id
   where s.token_hash = token and s.side = wanted and i.side = wanted and s.ended_at is null
     and s.idle_until > at and s.ends_at > at;
  if not found then return; end if;
  -- Assignments are evaluated without a query of their own.
  was := set_config('eprod.person', open_visit.person_id::text, true);
  was := set_config('eprod.institution', open_visit.institution_id::text, true);
  was := set_config('eprod.session', open_visit.session_id::text, true);
  if open_visit.idle_until < at + make_interval(secs => idle - 60) then
    update eprod.session s set idle_until = at + make_interval(secs => s.idle_seconds)
     where s.token_hash = token and s.idle_until < at + make_interval(secs => s.idle_seconds - 60);
  end if;
  return next;
end $$;
