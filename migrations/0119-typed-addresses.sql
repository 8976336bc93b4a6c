-- The address typed into a form can be corrected by its institution while the ticket is open, and sent its link again.
grant update (notify_email) on eprod.ticket to eprod_web;

-- As note_typed_address (0098) does at the filing: a trigger of one column sees single rows.
create function eprod.note_corrected_address() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
begin
  insert into eprod.mail_address (institution_id, address)
  select new.institution_id, lower(trim(new.notify_email))
   where trim(new.notify_email) <> '' and not exists (select from eprod.person p
     where p.institution_id = new.institution_id and lower(p.email) = lower(trim(new.notify_email)))
  on conflict do nothing;
  return null;
end $$;
revoke all on function eprod.note_corrected_address from public;
create trigger note_corrected_address after update of notify_email on eprod.ticket for each row
  when (old.notify_email is distinct from new.notify_email) execute function eprod.note_corrected_address();

-- Asks for the link to be sent again; false: there is nothing to confirm, or one went a while ago. Whoever stopped the letters is
-- asked once a day at most.
create function eprod.ask_address(ticket bigint, at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
begin
  update eprod.mail_address a set first_at = at from eprod.ticket t
   where t.id = ticket and t.institution_id = eprod.context_institution() and t.status <> 'closed'
     and a.institution_id = t.institution_id and a.address = lower(trim(t.notify_email))
     and (a.confirmed_at is null or a.stopped_at is not null)
     and (a.first_at is null or a.first_at < at - case when a.stopped_at is null then interval '10 minutes' else interval '1 day' end);
  if not found then return false; end if;
  perform graphile_worker.add_job('notifications.ask-address', json_build_object('ticketId', ticket), max_attempts => 25);
  return true;
end $$;
revoke all on function eprod.ask_address from public;
grant execute on function eprod.ask_address to eprod_web;
