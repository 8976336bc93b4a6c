-- What a role may do to a ticket, its parts and its journal even by raw SQL: the moves of its own part in the life cycle,
-- under its own name, about what is there for it, and nothing without its entry.
create or replace function eprod.guard_ticket() returns trigger language plpgsql as $$
declare
  move text;
  -- One list for each part of the table in lifecycle.ts; any other role is the owner's, whose seeds play all parts.
  of_institution constant text[] := '{new>new,processing>processing,pending>processing,pending>new,solved>processing,solved>new,solved>closed}';
  of_staff constant text[] := '{new>new,new>processing,new>pending,new>solved,processing>processing,processing>new,
    processing>pending,processing>solved,pending>pending,pending>solved,solved>solved}';
  of_clock constant text[] := '{pending>solved,solved>closed}';
begin
  if tg_op = 'DELETE' then raise exception 'a ticket is never deleted' using errcode = 'EP003'; end if;
  if tg_op = 'INSERT' then
    if new.status <> 'new' or new.updated_at <> new.opened_at then
      raise exception 'a ticket begins as new' using errcode = 'EP003';
    end if;
    -- Foreign keys see through the walls; these questions do not.
    if session_user = 'eprod_web' and not (
         exists (select from eprod.form_version v where v.id = new.form_version_id)
         and (new.copied_from is null or exists (select from eprod.ticket t where t.id = new.copied_from))
         and (new.team_id is null or exists (select from eprod.team g join eprod.institution i on i.id = g.institution_id
                                              where g.id = new.team_id and i.side = 'staff'))) then
      raise exception 'a ticket names only what is there for its institution' using errcode = 'EP003';
    end if;
    return new;
  end if;
  if old.status = 'closed' then raise exception 'a closed ticket stays closed' using errcode = 'EP003'; end if;
  move := old.status || '>' || new.status;
  if not move = any (case session_user when 'eprod_web' then of_institution when 'eprod_staff' then of_staff
                       when 'eprod_worker' then of_clock else of_institution || of_staff || of_clock end) then
    raise exception 'no move % in the life cycle', move using errcode = 'EP003';
  end if;
  if new.version <> old.version + 1 then raise exception 'the version counts every change' using errcode = 'EP003'; end if;
  if (new.id, new.institution_id, new.subject, new.form_version_id, new.case_code, new.answers, new.plate, new.chassis,
      new.renavam, new.requester_id, new.opened_at, new.copied_from)
     is distinct from
     (old.id, old.institution_id, old.subject, old.form_version_id, old.case_code, old.answers, old.plate, old.chassis,
      old.renavam, old.requester_id, old.opened_at, old.copied_from) then
    raise exception 'what was filed never changes' using errcode = 'EP003';
  end if;
  if session_user = 'eprod_worker' and new.updated_at < old.due_at then
    raise exception 'the clock waits for the due instant' using errcode = 'EP003';
  end if;
  if new.assignee_id is distinct from old.assignee_id and new.assignee_id is not null
     and not exists (select from eprod.person p where p.id = new.assignee_id and p.side = 'staff') then
    raise exception 'a ticket is assigned to staff' using errcode = 'EP003';
  end if;
  -- Two that arrive in one order and get the lock in the other: the last update never steps back.
  new.updated_at := greatest(new.updated_at, old.updated_at);
  return new;
end $$;

create policy own_filing on eprod.ticket as restrictive for insert to eprod_web
  with check (requester_id = (select eprod.context_person()));

-- No change without history: at the end of the transaction the journal tells of as many changes as the ticket counts.
create function eprod.guard_history() returns trigger language plpgsql
  security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
begin
  if not exists (select from eprod.journal_entry e
                  where e.thing = 'ticket' and e.thing_id = new.id::text and e.seq >= new.version) then
    raise exception 'a change of a ticket has its entry in the journal' using errcode = 'EP001';
  end if;
  return null;
end $$;
create constraint trigger has_history after insert or update on eprod.ticket deferrable initially deferred
  for each row when (session_user in ('eprod_web', 'eprod_staff', 'eprod_worker')) execute function eprod.guard_history();

-- Parts of a ticket ----------------------------------------------------------------------------------------------
create or replace function eprod.guard_ticket_part() returns trigger language plpgsql
  security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
declare part constant jsonb := to_jsonb(new); target bigint; about record;
begin
  if part->>'draft_id' is not null and not exists (
       select from eprod.draft d where d.id = (part->>'draft_id')::uuid and d.institution_id = new.institution_id) then
    raise exception 'a file of a draft belongs to its institution' using errcode = 'EP003';
  end if;
  target := case when tg_table_name = 'requested_document'
    then (select f.ticket_id from eprod.follow_up f where f.id = (part->>'follow_up_id')::bigint and f.kind = 'request')
    else (part->>'ticket_id')::bigint end;
  if target is null and tg_table_name = 'attachment' then return new; end if;
  select t.status, t.institution_id into about from eprod.ticket t where t.id = target;
  if about.status = 'closed' then raise exception 'a closed ticket stays closed' using errcode = 'EP003'; end if;
  if about.institution_id is distinct from new.institution_id then
    raise exception 'a part of a ticket belongs to its institution' using errcode = 'EP003';
  end if;
  if tg_table_name = 'attachment' and part->>'follow_up_id' is not null and not exists (
       select from eprod.follow_up f where f.id = (part->>'follow_up_id')::bigint and f.ticket_id = target) then
    raise exception 'a file goes with a follow-up of its own ticket' using errcode = 'EP003';
  end if;
  if tg_table_name = 'ticket_observer' and not exists (
       select from eprod.team g join eprod.institution i on i.id = g.institution_id
        where g.id = (part->>'team_id')::int and (g.institution_id = new.institution_id or i.side = 'staff')) then
    raise exception 'an observer is a group of the institution or a team of the staff' using errcode = 'EP003';
  end if;
  return new;
end $$;

-- The same post sent twice writes once; another person's post is another post.
alter table eprod.follow_up drop constraint follow_up_ticket_id_request_key_key,
  add constraint follow_up_written_once unique (ticket_id, author_id, request_key);

create policy own_words on eprod.follow_up as restrictive for insert to eprod_staff
  with check (author_id = (select eprod.context_person()) and kind in ('follow-up', 'note', 'request', 'solution'));
create policy clock_words on eprod.follow_up as restrictive for insert to eprod_worker
  with check (author_id is null and kind = 'solution');

create policy own_files on eprod.attachment as restrictive for insert to eprod_web
  with check (uploaded_by = (select eprod.context_person()));
create policy own_files_of_staff on eprod.attachment as restrictive for insert to eprod_staff
  with check (uploaded_by = (select eprod.context_person()));
-- What an institution prepares, a draft or an answer not sent yet, is not the staff's to see or to take away.
create policy sent_files on eprod.attachment as restrictive to eprod_staff
  using (draft_id is null and (n is not null or uploaded_by = (select eprod.context_person())));

-- Drafts ---------------------------------------------------------------------------------------------------------
create policy own_drafts on eprod.draft as restrictive for insert to eprod_web
  with check (person_id = (select eprod.context_person()) and filed_as is null);

create function eprod.guard_draft() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' and old.filed_as is not null and session_user = 'eprod_web' then
    raise exception 'a filed draft stays as it was filed' using errcode = 'EP003';
  end if;
  if tg_op = 'DELETE' then return old; end if;
  if session_user = 'eprod_web' and not (
       exists (select from eprod.form_version v where v.id = new.form_version_id)
       and (new.copied_from is null or exists (select from eprod.ticket t where t.id = new.copied_from))
       and (new.filed_as is null or exists (
              select from eprod.ticket t where t.id = new.filed_as and t.form_version_id = new.form_version_id
                                           and t.copied_from is not distinct from new.copied_from))) then
    raise exception 'a draft names only what is there for its institution' using errcode = 'EP003';
  end if;
  return new;
end $$;
create trigger guard before insert or update or delete on eprod.draft for each row execute function eprod.guard_draft();

-- The journal ----------------------------------------------------------------------------------------------------
-- As in 0003; and an entry about a ticket is of its institution, tells the status there was and the one there is, and
-- is never older than the one before. Private notes (ticket-note) and the staff's reading (ticket-reading-staff) are
-- things of their own: a gap in the numbers of the ticket's chain would tell of them.
create or replace function eprod.chain_entry() returns trigger language plpgsql
  security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
declare last record;
begin
  -- The caller holds the lock on the thing itself; the advisory lock covers things that have no row.
  perform pg_advisory_xact_lock(hashtextextended(new.thing || ':' || new.thing_id, 7));
  select e.seq, e.hash, e.at into last from eprod.journal_entry e
   where e.thing = new.thing and e.thing_id = new.thing_id order by e.seq desc limit 1;
  if new.thing like 'ticket%' then perform eprod.check_ticket_entry(new); end if;
  if new.event = 'sign-in' and session_user <> 'eprod_entry' then
    raise exception 'only signing in tells of a sign-in' using errcode = 'EP001';
  end if;
  new.seq := coalesce(last.seq, 0) + 1;
  new.previous_hash := last.hash;
  new.at := greatest(new.at, last.at);
  if new.private_part is not null then
    new.salt := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
    new.private_digest := sha256(new.salt || convert_to(new.private_part::text, 'UTF8'));
  end if;
  new.hash := sha256(convert_to(eprod.journal_text(new), 'UTF8'));
  return new;
end $$;

create function eprod.check_ticket_entry(entry eprod.journal_entry) returns void language plpgsql as $$
declare about record; was text;
begin
  select t.status, t.institution_id into about from eprod.ticket t
   where t.id = case when entry.thing_id ~ '^[0-9]{1,18}$' then entry.thing_id::bigint end;
  if about.institution_id is null or about.institution_id is distinct from entry.institution_id then
    raise exception 'an entry about a ticket is of its institution' using errcode = 'EP001';
  end if;
  if about.status = 'closed' and entry.thing = 'ticket-note' then
    raise exception 'a closed ticket stays closed' using errcode = 'EP003';
  end if;
  if entry.thing = 'ticket' then
    select e.public_part->>'to' into was from eprod.journal_entry e
     where e.thing = 'ticket' and e.thing_id = entry.thing_id and e.public_part ? 'to' order by e.seq desc limit 1;
    if was = 'closed' then raise exception 'a closed ticket stays closed' using errcode = 'EP003'; end if;
    if entry.public_part ? 'to' and ((entry.public_part->>'to') is distinct from about.status
                                     or (entry.public_part->>'from') is distinct from was) then
      raise exception 'an entry tells the status there was and the one there is' using errcode = 'EP001';
    end if;
    if entry.event = any (case session_user
         when 'eprod_web' then '{take,assign,give-back,ask,solve,note,lapse,expire}'::text[]
         when 'eprod_staff' then '{open,answer,approve,refuse,lapse,expire}'
         when 'eprod_worker' then '{open,take,assign,give-back,ask,answer,follow-up,note,solve,approve,refuse}'
         else '{}' end) then
      raise exception 'the event % is not this role''s to tell', entry.event using errcode = 'EP001';
    end if;
  end if;
end $$;

create policy own_entries on eprod.journal_entry as restrictive for insert to eprod_staff
  with check (actor_id = (select eprod.context_person()));
create policy clock_entries on eprod.journal_entry as restrictive for insert to eprod_worker
  with check (actor_id is null);
