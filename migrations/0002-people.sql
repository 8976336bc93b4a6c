-- Institutions, teams and persons as EPROD knows them (facts of the identity provider, copied at sign-in), and sessions.
create table eprod.institution (
  id int generated always as identity primary key,
  cnpj char(14) not null unique check (cnpj ~ '^[0-9A-Z]{12}[0-9]{2}$'),
  name text not null check (length(name) between 1 and 200),
  side text not null default 'institution' check (side in ('institution', 'staff')),
  created_at timestamptz not null default now()
);
call eprod.wall('eprod.institution', 'id');
grant select on eprod.institution to eprod_web, eprod_staff, eprod_worker;
create policy staff_institutions on eprod.institution for select to eprod_web
  using (side = 'staff' and (select eprod.context_person()) is not null);

create table eprod.team (
  id int generated always as identity primary key,
  institution_id int not null references eprod.institution,
  name text not null check (length(name) between 1 and 100),
  unique (institution_id, name)
);
-- Names of the DETRAN's teams stand on every ticket; an institution's own groups are its own.
call eprod.wall('eprod.team', 'institution_id');
create policy staff_teams on eprod.team for select to eprod_web
  using (institution_id in (select id from eprod.institution where side = 'staff'));
grant select on eprod.team to eprod_web, eprod_staff, eprod_worker;

create table eprod.person (
  id int generated always as identity primary key,
  institution_id int not null references eprod.institution,
  cpf char(11) not null unique check (cpf ~ '^[0-9]{11}$'),
  name text not null check (length(name) between 1 and 200),
  email text not null,
  side text not null check (side in ('institution', 'staff')),
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now()
);
create index person_institution on eprod.person (institution_id);
call eprod.wall('eprod.person', 'institution_id');
create policy staff_persons on eprod.person for select to eprod_web
  using (side = 'staff' and (select eprod.context_person()) is not null);
-- The CPF leaves the table only through definer functions that show it to its own person, or to staff.
grant select (id, institution_id, name, email, side) on eprod.person to eprod_web;
grant select on eprod.person to eprod_staff, eprod_worker;

create table eprod.team_member (
  team_id int not null references eprod.team,
  person_id int not null references eprod.person,
  primary key (team_id, person_id)
);
create index team_member_person on eprod.team_member (person_id);
call eprod.wall('eprod.team_member', null);
grant select on eprod.team_member to eprod_staff, eprod_worker;

create table eprod.session (
  id bigint generated always as identity primary key,
  token_hash bytea not null unique check (length(token_hash) = 32),
  person_id int not null references eprod.person,
  side text not null check (side in ('institution', 'staff')),
  classes int[] not null,
  -- what the provider needs to end its own session too (RP-initiated logout)
  id_token text,
  provider_session text,
  idle_seconds int not null,
  idle_until timestamptz not null,
  ends_at timestamptz not null,
  created_at timestamptz not null,
  ended_at timestamptz
);
create index session_person on eprod.session (person_id) where ended_at is null;
create index session_provider on eprod.session (provider_session) where ended_at is null;
-- No role reads sessions; the functions below do.
call eprod.wall('eprod.session', null);
grant select, update, delete on eprod.session to eprod_worker;

-- Opens a visit: finds the live session of a token hash for the side of the calling role, sets the context of the
-- transaction and returns who acts. No row: no live session. Touches the idle limit at most once a minute.
create function eprod.open_visit(token bytea, at timestamptz)
returns table (session_id bigint, person_id int, institution_id int, name text, email text, cpf text, side text,
               institution_name text, classes int[], teams int[], ends_at timestamptz, idle_until timestamptz)
language plpgsql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
#variable_conflict use_column
declare wanted text := case session_user when 'eprod_web' then 'institution' when 'eprod_staff' then 'staff' else null end;
begin
  return query
    select s.id, p.id, p.institution_id, p.name, p.email, p.cpf::text, s.side, i.name, s.classes,
           array(select m.team_id from eprod.team_member m where m.person_id = p.id),
           s.ends_at, s.idle_until
      from eprod.session s
      join eprod.person p on p.id = s.person_id
      join eprod.institution i on i.id = p.institution_id
     where s.token_hash = token and s.side = wanted and s.ended_at is null
       and s.idle_until > at and s.ends_at > at;
  if found then
    perform set_config('eprod.person', v.person::text, true), set_config('eprod.institution', v.institution::text, true),
            set_config('eprod.session', v.session::text, true)
       from (select p.id as person, p.institution_id as institution, s.id as session
               from eprod.session s join eprod.person p on p.id = s.person_id where s.token_hash = token) v;
    update eprod.session s set idle_until = at + make_interval(secs => s.idle_seconds)
     where s.token_hash = token and s.idle_until < at + make_interval(secs => s.idle_seconds - 60);
  end if;
end $$;

-- Signs a person in: copies the provider's facts and opens a session. The side comes from the institution.
create function eprod.sign_in(facts jsonb, token bytea, at timestamptz, idle int, absolute int)
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
    on conflict (cpf) do update set institution_id = excluded.institution_id, name = excluded.name,
      email = excluded.email, side = excluded.side, seen_at = excluded.seen_at
    returning p.* into who;
  -- Analysts and supervisors work in RECONET until an administrator says otherwise (product, section 1).
  if inst.side = 'staff' and facts->'classes' @? '$[*] ? (@ == 901 || @ == 902)' then
    insert into eprod.team_member (team_id, person_id)
      select t.id, who.id from eprod.team t
       where t.institution_id = inst.id and t.name = 'RECONET'
         and not exists (select from eprod.team_member m where m.person_id = who.id);
  end if;
  insert into eprod.session as s (token_hash, person_id, side, classes, id_token, provider_session, idle_seconds, idle_until, ends_at, created_at)
    values (token, who.id, inst.side, array(select jsonb_array_elements_text(facts->'classes')::int),
            facts->>'id_token', facts->>'sid', idle, at + make_interval(secs => idle), at + make_interval(secs => absolute), at)
    returning s.id into sess;
  return query select sess, who.id, inst.id, inst.side;
end $$;

-- Ends the session of a token; returns what the provider needs to end its own.
create function eprod.sign_out(token bytea, at timestamptz) returns text
language sql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
  update eprod.session set ended_at = at where token_hash = token and ended_at is null returning id_token
$$;

revoke all on all functions in schema eprod from public;
revoke all on all procedures in schema eprod from public;
grant execute on function eprod.context_institution(), eprod.context_person(), eprod.maintaining() to eprod_web, eprod_staff, eprod_worker;
grant execute on function eprod.open_visit, eprod.sign_out to eprod_web, eprod_staff;
grant execute on function eprod.sign_in to eprod_web;
alter default privileges in schema eprod revoke execute on functions from public;
