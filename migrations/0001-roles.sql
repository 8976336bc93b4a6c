-- Roles and the context of a request. The three roles own nothing and cannot pass row-level security.
-- Their passwords are set by the migrator (src/shared/db/migrate.ts), never written here.
do $$
declare r text;
begin
  foreach r in array array['eprod_web', 'eprod_staff', 'eprod_worker', 'eprod_soe'] loop
    if not exists (select from pg_roles where rolname = r) then
      begin
        execute format('create role %I login nosuperuser nocreatedb nocreaterole noinherit nobypassrls', r);
      exception when duplicate_object or unique_violation then null; -- another database of the cluster was first
      end;
    end if;
  end loop;
end $$;

revoke create on schema public from public;
create schema eprod;
grant usage on schema eprod to eprod_web, eprod_staff, eprod_worker;

-- Context of the transaction, set by eprod.open_visit and read once per statement (scalar subselect in each policy).
create function eprod.context_institution() returns int language sql stable parallel safe
  return nullif(current_setting('eprod.institution', true), '')::int;
create function eprod.context_person() returns int language sql stable parallel safe
  return nullif(current_setting('eprod.person', true), '')::int;
-- The owner works on rows only where it says so (migrations, seeds, our own definer functions).
create function eprod.maintaining() returns boolean language sql stable parallel safe
  return coalesce(current_setting('eprod.maintenance', true), '') = 'on';

-- Forces row-level security on a table and gives it the four policies that nearly all tables share.
-- institution_column: rows of the web role's own institution; null: the web role gets no policy here.
create procedure eprod.wall(target regclass, institution_column text) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy maintenance on %s to current_user using ((select eprod.maintaining())) with check ((select eprod.maintaining()))', target);
  execute format('create policy worker on %s to eprod_worker using (true) with check (true)', target);
  execute format('create policy staff on %s to eprod_staff using ((select eprod.context_person()) is not null) with check ((select eprod.context_person()) is not null)', target);
  if institution_column is not null then
    execute format('create policy institution on %s to eprod_web using (%I = (select eprod.context_institution())) with check (%I = (select eprod.context_institution()))',
      target, institution_column, institution_column);
  end if;
end $$;
