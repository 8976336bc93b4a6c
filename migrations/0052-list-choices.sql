-- How a person likes the list of tickets: columns, density, rows of a page. No row: as everybody's.
create table eprod.list_choice (
  person_id int primary key references eprod.person,
  columns text not null default '' check (length(columns) <= 500),  -- words of the address, a width after a colon
  density text not null check (density in ('normal', 'compacta', 'ampla')),
  page_rows int check (page_rows in (25, 50, 100, 200)),
  changed_at timestamptz not null
);
call eprod.wall('eprod.list_choice', null);
drop policy staff on eprod.list_choice;
create policy own_choice on eprod.list_choice to eprod_web, eprod_staff
  using (person_id = (select eprod.context_person())) with check (person_id = (select eprod.context_person()));
grant select, insert, update, delete on eprod.list_choice to eprod_web, eprod_staff;
