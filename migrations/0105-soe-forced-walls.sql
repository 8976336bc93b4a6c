-- The walls of SOE/WEB bind the owner too, as those of EPROD do: it sees rows in migrations, in seeds, and in its own functions
-- that say so.
do $$
declare
  target regclass;
  passing regprocedure;
begin
  for target in
    select c.oid from pg_class c where c.relnamespace = 'soe'::regnamespace and c.relkind in ('r', 'p')
  loop
    execute format('alter table %s enable row level security', target);
    execute format('alter table %s force row level security', target);
    execute format('create policy maintenance on %s to current_user using ((select eprod.maintaining())) with check ((select eprod.maintaining()))', target);
  end loop;
  for passing in
    select p.oid from pg_proc p where p.pronamespace = 'soe'::regnamespace and p.prosecdef
  loop
    execute format('alter function %s set eprod.maintenance = ''on''', passing);
  end loop;
end $$;
