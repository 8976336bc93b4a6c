-- The life of a session beside its two limits: the provider says that access has ended (back-channel logout), or is asked
-- again every few minutes. Whoever watches sessions hears of every end at once.

alter table eprod.session
  add column subject text,                         -- the provider's name of the person
  add column sealed_refresh text,                  -- what asking again takes; sealed with the installation's secret
  add column fresh_until timestamptz;              -- until when what the provider told counts; null: it tells by itself
create index session_subject on eprod.session (subject) where ended_at is null;
create index session_fresh on eprod.session (fresh_until) where ended_at is null and sealed_refresh is not null;

-- As in 0013, and what the three columns need.
create or replace function eprod.sign_in(facts jsonb, token bytea, at timestamptz, idle int, absolute int)
returns table (session_id bigint, person_id int, institution_id int, side text)
language plpgsql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
#variable_conflict use_column
declare inst eprod.institution; who eprod.person; sess bigint;
begin
  -- A row of the settings replaces a default.
  idle := coalesce((select (value #>> '{}')::int from eprod.setting where key = 'idleSeconds' and jsonb_typeof(value) = 'number'), idle);
  absolute := coalesce((select (value #>> '{}')::int from eprod.setting where key = 'absoluteSeconds' and jsonb_typeof(value) = 'number'), absolute);
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
  insert into eprod.session as s (token_hash, person_id, side, classes, id_token, provider_session, subject, sealed_refresh, fresh_until,
      idle_seconds, idle_until, ends_at, created_at)
    values (token, who.id, inst.side, array(select jsonb_array_elements_text(facts->'classes')::int),
            facts->>'id_token', facts->>'sid', facts->>'subject', facts->>'sealed_refresh', (facts->>'fresh_until')::timestamptz,
            idle, at + make_interval(secs => idle), at + make_interval(secs => absolute), at)
    returning s.id into sess;
  insert into eprod.journal_entry (thing, thing_id, institution_id, actor_id, event, at, public_part)
    values ('session', sess, inst.id, who.id, 'sign-in', at, '{}');
  return query select sess, who.id, inst.id, inst.side;
end $$;

-- As in 0013, and what the provider told must still count. One that has not answered shuts the door until it does.
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
     and s.idle_until > at and s.ends_at > at and (s.fresh_until is null or s.fresh_until > at);
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

create function eprod.announce_session_end() returns trigger language plpgsql as $$
begin
  perform pg_notify('eprod_session_ended', new.id::text);
  return null;
end $$;
create trigger announce_end after update of ended_at on eprod.session for each row
  when (old.ended_at is null and new.ended_at is not null) execute function eprod.announce_session_end();

-- The provider says that access has ended: of one of its sessions, or of the person. Only what was opened until it said so:
-- a notice that is sent again later ends nothing that was opened since. Returns how many sessions ended.
create function eprod.end_told_sessions(who text, sid text, until timestamptz, at timestamptz) returns int
language sql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
  with ended as (
    update eprod.session s set ended_at = at, id_token = null, sealed_refresh = null
     where s.ended_at is null and s.created_at <= until
       and (who is not null and s.subject = who or who is null and sid is not null)
       and (sid is null or s.provider_session = sid)
    returning s.id)
  select count(*)::int from ended
$$;

-- Sessions whose facts are soon to be asked for again; no other process is given them within half a minute.
create function eprod.take_stale_sessions(at timestamptz, ahead int)
returns table (id bigint, subject text, sealed_refresh text, cnpj text, side text)
language plpgsql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
begin
  return query
    with due as (
      select s.id from eprod.session s
       where s.ended_at is null and s.sealed_refresh is not null and s.fresh_until < at + make_interval(secs => ahead)
         and s.ends_at > at and s.idle_until > at and coalesce(s.asked_at, '-infinity') < at - interval '30 seconds'
       order by s.fresh_until limit 100 for update skip locked),
    taken as (
      update eprod.session s set asked_at = at from due where s.id = due.id returning s.id, s.subject, s.sealed_refresh, s.person_id)
    select t.id, t.subject, t.sealed_refresh, i.cnpj::text, i.side
      from taken t join eprod.person p on p.id = t.person_id join eprod.institution i on i.id = p.institution_id;
end $$;
alter table eprod.session add column asked_at timestamptz;  -- when the provider was last asked again

-- What the provider told when it was asked again: the classes that count now.
create function eprod.freshen_session(session bigint, facts jsonb) returns void
language sql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
  update eprod.session s
     set classes = array(select jsonb_array_elements_text(facts->'classes')::int),
         fresh_until = (facts->>'fresh_until')::timestamptz,
         sealed_refresh = facts->>'sealed_refresh'
   where s.id = session and s.ended_at is null
$$;
create function eprod.end_session(session bigint, at timestamptz) returns void
language sql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
  update eprod.session s set ended_at = at, id_token = null, sealed_refresh = null where s.id = session and s.ended_at is null
$$;
revoke execute on function eprod.announce_session_end, eprod.end_told_sessions, eprod.take_stale_sessions,
  eprod.freshen_session, eprod.end_session from public;
grant execute on function eprod.end_told_sessions, eprod.take_stale_sessions, eprod.freshen_session, eprod.end_session
  to eprod_entry;
