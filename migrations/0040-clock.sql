-- The clock: days on which no deadline ends, reminders already sent, and who may edit settings.

-- Does the session of this visit hold an access class? For policies on what only some classes may write.
create function eprod.holds(class int) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
  select exists (select from eprod.session s
                  where s.id = nullif(current_setting('eprod.session', true), '')::bigint and s.ended_at is null
                    and s.person_id = eprod.context_person() and class = any (s.classes))
$$;
revoke all on function eprod.holds from public;
grant execute on function eprod.holds to eprod_staff;

-- Beside the public holidays of the nation and of Rio Grande do Sul, which the program knows: Porto Alegre's, the
-- DETRAN's optional days, and spans in which deadlines stand still. Each says where it is decreed.
create table eprod.calendar_day (
  id int generated always as identity primary key,
  kind text not null check (kind in ('holiday', 'optional', 'suspension')),
  first_day date not null,
  last_day date not null,
  name text not null check (length(name) between 1 and 200),
  source text not null check (length(source) between 1 and 300),
  added_by int references eprod.person,           -- null: laid by the installation
  added_at timestamptz not null default now(),
  check (last_day >= first_day and last_day - first_day < 366),
  unique (kind, first_day, last_day)
);
call eprod.wall('eprod.calendar_day', null);
create policy everyone on eprod.calendar_day for select to eprod_web using (true);
grant select on eprod.calendar_day to eprod_web, eprod_staff, eprod_worker;
grant insert (kind, first_day, last_day, name, source, added_by, added_at), delete on eprod.calendar_day to eprod_staff;
create policy administrators_add on eprod.calendar_day as restrictive for insert to eprod_staff
  with check ((select eprod.holds(904)) and added_by = (select eprod.context_person()));
create policy administrators_remove on eprod.calendar_day as restrictive for delete to eprod_staff
  using ((select eprod.holds(904)));

grant insert, update on eprod.setting to eprod_staff;
create policy administrators_add on eprod.setting as restrictive for insert to eprod_staff with check ((select eprod.holds(904)));
create policy administrators_change on eprod.setting as restrictive for update to eprod_staff using ((select eprod.holds(904)));

-- A reminder is sent once for each due instant: the key says so, whatever runs twice.
create table eprod.reminder (
  ticket_id bigint not null references eprod.ticket,
  due_at timestamptz not null,
  days int not null check (days between 1 and 30),
  institution_id int not null references eprod.institution,
  sent_at timestamptz not null,
  primary key (ticket_id, due_at, days)
);
call eprod.wall('eprod.reminder', 'institution_id');
grant select, insert on eprod.reminder to eprod_worker;
