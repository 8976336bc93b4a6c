-- Searches a person keeps, alone or for the own institution or a team; with which of them somebody's list begins; and who is
-- told when one of them counts more than a number.
create table eprod.saved_search (
  id bigint generated always as identity primary key,
  institution_id int not null references eprod.institution,
  owner_id int not null references eprod.person,
  team_id int references eprod.team,
  name text not null check (length(name) between 1 and 100),
  shared text not null check (shared in ('private', 'institution', 'team')),
  query text not null check (length(query) <= 12000),  -- of the address of a list, without a place in it
  request_key uuid not null,                       -- the same post sent twice writes once
  changed_at timestamptz not null,
  unique (owner_id, request_key),
  check ((shared = 'team') = (team_id is not null))
);
create index saved_search_shared on eprod.saved_search (institution_id) where shared <> 'private';
create index saved_search_team on eprod.saved_search (team_id) where team_id is not null;
call eprod.wall('eprod.saved_search', null);
drop policy staff on eprod.saved_search;

-- The institutions' role reads no membership of teams but its own visit's.
create function eprod.context_teams() returns int[] language sql stable
  security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
  select coalesce(array_agg(m.team_id), '{}') from eprod.team_member m where m.person_id = eprod.context_person()
$$;
revoke all on function eprod.context_teams from public;
grant execute on function eprod.context_teams to eprod_web, eprod_staff;

create policy kept_for on eprod.saved_search for select to eprod_web, eprod_staff
  using (institution_id = (select eprod.context_institution())
         and (owner_id = (select eprod.context_person()) or shared = 'institution'
              or (shared = 'team' and team_id = any ((select eprod.context_teams())::int[]))));
create policy own_new on eprod.saved_search for insert to eprod_web, eprod_staff
  with check (owner_id = (select eprod.context_person()) and institution_id = (select eprod.context_institution())
              and (team_id is null or team_id = any ((select eprod.context_teams())::int[])));
create policy own_change on eprod.saved_search for update to eprod_web, eprod_staff
  using (owner_id = (select eprod.context_person()) and institution_id = (select eprod.context_institution()))
  with check (owner_id = (select eprod.context_person()) and institution_id = (select eprod.context_institution())
              and (team_id is null or team_id = any ((select eprod.context_teams())::int[])));
create policy own_removal on eprod.saved_search for delete to eprod_web, eprod_staff
  using (owner_id = (select eprod.context_person()) and institution_id = (select eprod.context_institution()));
grant select, insert, delete, update (name, shared, team_id, query, changed_at) on eprod.saved_search to eprod_web, eprod_staff;
grant select on eprod.saved_search to eprod_worker;

alter table eprod.list_choice add column start_search_id bigint references eprod.saved_search on delete set null;
create index list_choice_start on eprod.list_choice (start_search_id) where start_search_id is not null;

create table eprod.search_alert (
  search_id bigint not null references eprod.saved_search on delete cascade,
  person_id int not null references eprod.person,
  above int not null check (above between 0 and 1000),
  by_mail boolean not null,
  passed boolean not null default false,           -- told already: not again until it has counted less
  checked_at timestamptz,
  primary key (search_id, person_id)
);
create index search_alert_person on eprod.search_alert (person_id);
create index search_alert_next on eprod.search_alert (checked_at nulls first);
call eprod.wall('eprod.search_alert', null);
drop policy staff on eprod.search_alert;
create policy own_alerts on eprod.search_alert to eprod_web, eprod_staff
  using (person_id = (select eprod.context_person())) with check (person_id = (select eprod.context_person()));
grant select, insert, delete, update (above, by_mail, passed, checked_at) on eprod.search_alert to eprod_web, eprod_staff;
grant select, update (passed, checked_at) on eprod.search_alert to eprod_worker;

-- A line of the bell is of a ticket's entry, or of a search that counts more.
alter table eprod.notification
  alter column entry_id drop not null,
  alter column ticket_id drop not null,
  add column search_id bigint references eprod.saved_search on delete cascade,
  add column amount int,
  add constraint of_one_thing check (
    (search_id is null and amount is null and ticket_id is not null and entry_id is not null)
    or (search_id is not null and amount is not null and ticket_id is null and entry_id is null));
create index notification_search on eprod.notification (search_id) where search_id is not null;
