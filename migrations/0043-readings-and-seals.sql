-- Who read personal data, and the daily seal over everything written: entries of all chains and readings.
create table eprod.reading (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  person_id int not null references eprod.person,
  what text not null check (length(what) between 1 and 40),
  thing text not null check (length(thing) between 1 and 40),
  thing_id text not null check (length(thing_id) between 1 and 60)
);
create index reading_thing on eprod.reading (thing, thing_id, id desc);
create index reading_person on eprod.reading (person_id, id desc);
create index reading_at on eprod.reading (at, id);
call eprod.wall('eprod.reading', null);
drop policy staff on eprod.reading;
create policy auditors on eprod.reading for select to eprod_staff using ((select eprod.holds(905)));
grant select on eprod.reading to eprod_staff, eprod_worker;

-- Many at once, some seconds old at most: reading must not wait for writing.
create function eprod.log_readings(rows jsonb) returns void
language sql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
  insert into eprod.reading (at, person_id, what, thing, thing_id)
  select r.at, r.person, r.what, r.thing, r.id from jsonb_to_recordset(rows) as r(at timestamptz, person int, what text, thing text, id text)
$$;

-- One line a day: it covers what came since the last one. The first line of all covers all before.
create table eprod.seal (
  day date primary key,
  made_at timestamptz not null,
  entries_to bigint not null,
  readings_to bigint not null,
  entries bigint not null,
  readings bigint not null,
  entries_hash bytea not null,
  readings_hash bytea not null,
  previous_hash bytea,
  hash bytea not null
);
call eprod.wall('eprod.seal', null);
drop policy staff on eprod.seal;
create policy auditors on eprod.seal for select to eprod_staff using ((select eprod.holds(905)));
grant select on eprod.seal to eprod_staff, eprod_worker;

create function eprod.refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'the log of readings and its seals are append-only' using errcode = 'EP001';
end $$;
create trigger append_only before update or delete on eprod.reading for each row execute function eprod.refuse_audit_change();
create trigger never_emptied before truncate on eprod.reading for each statement execute function eprod.refuse_audit_change();
create trigger append_only before update or delete on eprod.seal for each row execute function eprod.refuse_audit_change();
create trigger never_emptied before truncate on eprod.seal for each statement execute function eprod.refuse_audit_change();

create function eprod.reading_text(r eprod.reading) returns text language sql stable parallel safe set timezone = 'UTC' as $$
  select concat_ws('|', r.id, to_char(r.at, 'YYYY-MM-DD"T"HH24:MI:SS.US'), r.person_id, r.what, r.thing, r.thing_id)
$$;

-- Seals a day once. The locks wait for whoever is writing, so that no number below the last one comes later.
create function eprod.seal_day(sealed date, at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' set timezone = 'UTC' as $$
declare last eprod.seal; made eprod.seal;
begin
  lock table eprod.journal_entry, eprod.reading in share mode;
  select * into last from eprod.seal order by day desc limit 1;
  if last.day >= sealed then return false; end if;
  made.day := sealed; made.made_at := at; made.previous_hash := last.hash;
  select coalesce(max(e.id), coalesce(last.entries_to, 0)), count(*), sha256(coalesce(string_agg(e.hash, ''::bytea order by e.id), ''))
    into made.entries_to, made.entries, made.entries_hash
    from eprod.journal_entry e where e.id > coalesce(last.entries_to, 0);
  select coalesce(max(r.id), coalesce(last.readings_to, 0)), count(*),
         sha256(convert_to(coalesce(string_agg(eprod.reading_text(r) || E'\n', '' order by r.id), ''), 'UTF8'))
    into made.readings_to, made.readings, made.readings_hash
    from eprod.reading r where r.id > coalesce(last.readings_to, 0);
  made.hash := sha256(convert_to(concat_ws('|', coalesce(encode(made.previous_hash, 'hex'), '-'), to_char(made.day, 'YYYY-MM-DD'), made.entries_to,
    made.readings_to, made.entries, made.readings, encode(made.entries_hash, 'hex'), encode(made.readings_hash, 'hex')), 'UTF8'));
  insert into eprod.seal select (made).*;
  return true;
end $$;

-- The full CPF of a person, for an auditor; the application records that it was shown.
create function eprod.cpf_of(person int) returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
begin
  if not eprod.holds(905) then raise exception 'auditors only' using errcode = '42501'; end if;
  return (select p.cpf from eprod.person p where p.id = person);
end $$;
revoke all on function eprod.log_readings, eprod.refuse_audit_change, eprod.reading_text, eprod.seal_day, eprod.cpf_of from public;
grant execute on function eprod.log_readings to eprod_web, eprod_staff;
grant execute on function eprod.seal_day to eprod_worker;
grant execute on function eprod.cpf_of to eprod_staff;
create index journal_at on eprod.journal_entry (at, id);
create index journal_actor on eprod.journal_entry (actor_id, id desc) where actor_id is not null;
