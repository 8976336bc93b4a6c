-- Notifications: every entry of a ticket is announced by the database itself, so that no change goes without. One job fans
-- it out to people (bell and mail), one NOTIFY tells the open pages.
create function eprod.announce_entries() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare entries json; told json; most constant int := 100;
begin
  -- Seeds and the definer functions that maintain tell nobody.
  if eprod.maintaining() then return null; end if;
  select json_agg(f.id order by f.id) into entries from fresh f where f.thing in ('ticket', 'ticket-note');
  if entries is null then return null; end if;
  perform graphile_worker.add_job('journal.fan-out', json_build_object('entries', entries), max_attempts => 25);
  -- [ticket, institution, staff only]; ticket 0: so many that each is not named (a payload holds 8,000 bytes).
  if json_array_length(entries) <= most then
    select json_agg(distinct jsonb_build_array(f.thing_id::bigint, f.institution_id, f.staff_only)) into told
      from fresh f where f.thing in ('ticket', 'ticket-note');
  else
    select json_agg(distinct jsonb_build_array(0, f.institution_id, false)) into told
      from fresh f where f.thing in ('ticket', 'ticket-note') and not f.staff_only;
    if length(told::text) > 7000 then told := '[[0, 0, false]]'; end if;
  end if;
  perform pg_notify('eprod_live', coalesce(told, '[]'::json)::text);
  return null;
end $$;
revoke all on function eprod.announce_entries from public;
create trigger announce after insert on eprod.journal_entry referencing new table as fresh
  for each statement execute function eprod.announce_entries();

-- What each person wants by mail; no row: `mine`, at once, in Portuguese.
create table eprod.mail_choice (
  person_id int primary key references eprod.person,
  institution_id int not null references eprod.institution,
  scope text not null check (scope in ('none', 'mine', 'all')),
  digest boolean not null,
  lang text not null check (lang in ('pt-BR', 'en')),
  changed_at timestamptz not null
);
create index mail_choice_all on eprod.mail_choice (institution_id) where scope = 'all';
call eprod.wall('eprod.mail_choice', null);
drop policy staff on eprod.mail_choice;
create policy own_choice on eprod.mail_choice to eprod_web, eprod_staff
  using (person_id = (select eprod.context_person()))
  with check (person_id = (select eprod.context_person()) and institution_id = (select eprod.context_institution()));
grant select, insert, update on eprod.mail_choice to eprod_web, eprod_staff;
grant select on eprod.mail_choice to eprod_worker;

-- What the bell shows: one line for each person and entry, whatever runs twice.
create table eprod.notification (
  id bigint generated always as identity primary key,
  person_id int not null references eprod.person,
  entry_id bigint not null references eprod.journal_entry,
  ticket_id bigint not null references eprod.ticket,
  event text not null,
  at timestamptz not null,
  digest boolean not null default false,           -- waits for the daily letter
  read_at timestamptz,
  unique (person_id, entry_id)
);
create index notification_person on eprod.notification (person_id, id desc);
create index notification_unread on eprod.notification (person_id, ticket_id) where read_at is null;
create index notification_digest on eprod.notification (person_id, id) where digest;
create index notification_entry on eprod.notification (entry_id);
create index notification_ticket on eprod.notification (ticket_id);
call eprod.wall('eprod.notification', null);
drop policy staff on eprod.notification;
create policy own_notifications on eprod.notification to eprod_web, eprod_staff
  using (person_id = (select eprod.context_person())) with check (person_id = (select eprod.context_person()));
grant select, update (read_at) on eprod.notification to eprod_web, eprod_staff;
grant select, insert, delete, update (digest) on eprod.notification to eprod_worker;

-- Whose bell changed, for the pages they have open.
create function eprod.announce_bells() returns trigger language plpgsql as $$
begin
  perform pg_notify('eprod_bell', string_agg(part.ids, ','))
     from (select person_id::text as ids, (row_number() over () - 1) / 500 as lot
             from (select distinct person_id from fresh) p) part group by part.lot;
  return null;
end $$;
create trigger announce_new after insert on eprod.notification referencing new table as fresh
  for each statement execute function eprod.announce_bells();
create trigger announce_read after update on eprod.notification referencing new table as fresh
  for each statement execute function eprod.announce_bells();

-- Addresses typed into the form that are nobody's own: confirmed by a link before more than the first letter goes there.
create table eprod.mail_address (
  institution_id int not null references eprod.institution,
  address text not null check (address = lower(address)),
  first_at timestamptz not null,
  confirmed_at timestamptz,
  stopped_at timestamptz,
  primary key (institution_id, address)
);
call eprod.wall('eprod.mail_address', 'institution_id');
grant select on eprod.mail_address to eprod_web, eprod_staff;
grant select, insert on eprod.mail_address to eprod_worker;

-- What waits for the confirmation, seven days at most.
create table eprod.held_letter (
  institution_id int not null references eprod.institution,
  address text not null,
  entry_id bigint not null references eprod.journal_entry,
  held_until timestamptz not null,
  primary key (institution_id, address, entry_id),
  foreign key (institution_id, address) references eprod.mail_address
);
create index held_letter_until on eprod.held_letter (held_until);
create index held_letter_entry on eprod.held_letter (entry_id);
call eprod.wall('eprod.held_letter', null);
drop policy staff on eprod.held_letter;
grant select, insert, delete on eprod.held_letter to eprod_worker;

-- Called without a session, after the application has verified the link's signature.
create function eprod.confirm_address(institution int, typed text, at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
begin
  update eprod.mail_address a set confirmed_at = coalesce(a.confirmed_at, at), stopped_at = null
   where a.institution_id = institution and a.address = typed;
  if not found then return false; end if;
  perform graphile_worker.add_job('notifications.release-held', json_build_object('institutionId', institution, 'address', typed),
    max_attempts => 25);
  return true;
end $$;
create function eprod.stop_address(institution int, typed text, at timestamptz) returns void
language sql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
  update eprod.mail_address a set stopped_at = at where a.institution_id = institution and a.address = typed
$$;
create function eprod.stop_mail(person int, at timestamptz) returns void
language sql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
  insert into eprod.mail_choice (person_id, institution_id, scope, digest, lang, changed_at)
    select p.id, p.institution_id, 'none', false, 'pt-BR', at from eprod.person p where p.id = person
    on conflict (person_id) do update set scope = 'none', changed_at = at
$$;
-- Which of these sessions live: asked again before every event of a live page.
create function eprod.live_sessions(ids bigint[], at timestamptz) returns setof bigint
language sql stable security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
  select s.id from eprod.session s
   where s.id = any (ids) and s.ended_at is null and s.ends_at > at and s.idle_until > at
     and s.side = case session_user when 'eprod_web' then 'institution' when 'eprod_staff' then 'staff' end
$$;
revoke all on function eprod.confirm_address, eprod.stop_address, eprod.stop_mail, eprod.live_sessions, eprod.announce_bells from public;
grant execute on function eprod.confirm_address, eprod.stop_address, eprod.stop_mail to eprod_web;
grant execute on function eprod.live_sessions to eprod_web, eprod_staff;

-- A letter is tried for about two days: graphile-worker waits e^n seconds after try n, six hours at most.
create or replace function mail.post(letter jsonb, at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
declare posted bigint;
begin
  insert into mail.letter (message_id, recipient, subject, text_part, html_part, headers, posted_at)
  values (letter->>'messageId', letter->>'to', letter->>'subject', letter->>'text', letter->>'html',
          coalesce(letter->'headers', '{}'), at)
  on conflict (message_id) do nothing returning id into posted;
  if posted is null then return; end if;
  perform graphile_worker.add_job('mail.send', json_build_object('id', posted), max_attempts => 17);
end $$;
