-- Jobs are added inside the transaction, through this function only: graphile-worker enables row-level security on its
-- own tables without a policy, so a plain role can neither add nor read jobs. Its schema is migrated before this file.
create function eprod.enqueue(task text, payload jsonb, at timestamptz default null, job_key text default null) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform graphile_worker.add_job(task, payload::json, run_at => at, job_key => enqueue.job_key, max_attempts => 25);
end $$;
grant execute on function eprod.enqueue to eprod_web, eprod_staff, eprod_worker;

grant usage on schema graphile_worker to eprod_worker;
grant select, insert, update, delete on all tables in schema graphile_worker to eprod_worker;
grant usage, select on all sequences in schema graphile_worker to eprod_worker;
grant execute on all functions in schema graphile_worker to eprod_worker;
do $$
declare t record;
begin
  for t in select c.oid::regclass as name from pg_class c where c.relnamespace = 'graphile_worker'::regnamespace and c.relkind = 'r' loop
    execute format('create policy eprod_worker on %s to eprod_worker using (true) with check (true)', t.name);
  end loop;
end $$;
