-- A change of a ticket has its own entry in the journal. Reminders and found viruses are entries too, but change
-- nothing of it: they must not stand for one.
create or replace function eprod.guard_history() returns trigger language plpgsql
  security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
begin
  if (select count(*) from eprod.journal_entry e
       where e.thing = 'ticket' and e.thing_id = new.id::text and e.event not in ('remind', 'infected')) < new.version then
    raise exception 'a change of a ticket has its entry in the journal' using errcode = 'EP001';
  end if;
  return null;
end $$;
