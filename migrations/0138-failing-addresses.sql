-- An address that letters do not reach: a mail server refused one for good, or one had no try left. It counts as failing until a
-- letter goes through; whoever gets another address has left it. It stands here, not in `mail`, which no page looks into.
create table eprod.failing_address (
  address text primary key check (address = lower(address)),
  since timestamptz not null,
  failure text not null                            -- what the mail server said last
);
call eprod.wall('eprod.failing_address', null);
-- Its own people's, whose addresses the web does not read, and what it typed into its forms.
create function eprod.knows_address(typed text) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
  select exists (select from eprod.person p where p.institution_id = eprod.context_institution() and lower(p.email) = typed)
      or exists (select from eprod.mail_address m where m.institution_id = eprod.context_institution() and m.address = typed)
$$;
revoke all on function eprod.knows_address from public;
grant execute on function eprod.knows_address to eprod_web;
create policy institution on eprod.failing_address for select to eprod_web using (eprod.knows_address(address));
grant select, insert, update, delete on eprod.failing_address to eprod_worker;
grant select on eprod.failing_address to eprod_web, eprod_staff;

-- The bell tells it once to whose address it is.
alter table eprod.notification drop constraint of_one_thing,
  add constraint of_one_thing check (
    (search_id is null and amount is null and ticket_id is not null and entry_id is not null)
    or (search_id is not null and amount is not null and ticket_id is null and entry_id is null)
    or (event = 'mail-failing' and search_id is null and amount is null and ticket_id is null and entry_id is null));
create function eprod.tell_failing() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
begin
  insert into eprod.notification (person_id, event, at)
    select p.id, 'mail-failing', new.since from eprod.person p where lower(p.email) = new.address;
  return null;
end $$;
revoke all on function eprod.tell_failing from public;
create trigger told after insert on eprod.failing_address for each row execute function eprod.tell_failing();
