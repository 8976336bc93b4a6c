-- Whose access has ended is told nothing until the next sign-in, and who changes what goes by mail stands in the journal.

alter table eprod.person add column access_ended_at timestamptz;  -- what the provider said last, of the person; seen_at after it: it is over

-- As in 0026, and a notice of the person, not of one session, is kept.
create or replace function eprod.end_told_sessions(who text, sid text, until timestamptz, at timestamptz) returns int
language sql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
  update eprod.person p set access_ended_at = until
   where sid is null and p.id in (select s.person_id from eprod.session s where s.subject = who);
  with ended as (
    update eprod.session s set ended_at = at, id_token = null, sealed_refresh = null
     where s.ended_at is null and s.created_at <= until
       and (who is not null and s.subject = who or who is null and sid is not null)
       and (sid is null or s.provider_session = sid)
    returning s.id)
  select count(*)::int from ended
$$;

-- As in 0026: the provider was asked again and refused the person.
create or replace function eprod.end_session(session bigint, at timestamptz) returns void
language sql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
  update eprod.person p set access_ended_at = at from eprod.session s where s.id = session and p.id = s.person_id;
  update eprod.session s set ended_at = at, id_token = null, sealed_refresh = null where s.id = session and s.ended_at is null
$$;

-- Written by the table itself: choices are also changed by links, where nobody is signed in (actor null).
create function eprod.record_mail_choice() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
begin
  if tg_op = 'UPDATE' and (old.scope, old.digest, old.lang) = (new.scope, new.digest, new.lang) then return null; end if;
  insert into eprod.journal_entry (thing, thing_id, institution_id, actor_id, event, at, public_part)
    values ('mail-choice', new.person_id::text, new.institution_id, eprod.context_person(), 'choose-mail', new.changed_at,
      jsonb_build_object('after', new.scope, 'digest', new.digest, 'lang', new.lang)
      || case when tg_op = 'UPDATE' then jsonb_build_object('before', old.scope) else '{}' end);
  return null;
end $$;
create trigger recorded after insert or update on eprod.mail_choice for each row execute function eprod.record_mail_choice();

-- Of an address typed into a form; the address itself can be erased.
create function eprod.record_mail_address() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
begin
  if (old.confirmed_at, old.stopped_at) is not distinct from (new.confirmed_at, new.stopped_at) then return null; end if;
  insert into eprod.journal_entry (thing, thing_id, institution_id, actor_id, event, at, public_part, private_part)
    values ('mail-address', new.institution_id::text, new.institution_id, null,
      case when new.stopped_at is null then 'confirm-address' else 'stop-address' end,
      case when new.stopped_at is not null then new.stopped_at
           when old.confirmed_at is null then new.confirmed_at else clock_timestamp() end,
      '{}', jsonb_build_object('address', new.address));
  return null;
end $$;
create trigger recorded after update on eprod.mail_address for each row execute function eprod.record_mail_address();
-- What the provider says of a person at a sign-in moves where the mail goes; both can be erased.
create function eprod.record_person() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
begin
  if (old.name, old.email) is not distinct from (new.name, new.email) then return null; end if;
  insert into eprod.journal_entry (thing, thing_id, institution_id, actor_id, event, at, public_part, private_part)
    values ('person', new.id::text, new.institution_id, new.id, 'change-person', new.seen_at, '{}',
      jsonb_build_object('before', jsonb_build_array(old.name, old.email), 'after', jsonb_build_array(new.name, new.email)));
  return null;
end $$;
create trigger recorded after update on eprod.person for each row execute function eprod.record_person();
revoke all on function eprod.record_mail_choice, eprod.record_mail_address, eprod.record_person from public;

-- An address typed into a form that is no person's own is known from the filing on, so that its ticket says that it is not confirmed.
alter table eprod.mail_address alter column first_at drop not null;  -- when its first letter went
create function eprod.note_typed_address() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
begin
  insert into eprod.mail_address (institution_id, address)
  select distinct f.institution_id, lower(trim(f.notify_email)) from fresh f
   where trim(f.notify_email) <> '' and not exists (select from eprod.person p
     where p.institution_id = f.institution_id and lower(p.email) = lower(trim(f.notify_email)))
  on conflict do nothing;
  return null;
end $$;
revoke all on function eprod.note_typed_address from public;
create trigger note_address after insert on eprod.ticket referencing new table as fresh
  for each statement execute function eprod.note_typed_address();
grant update (first_at) on eprod.mail_address to eprod_worker;
