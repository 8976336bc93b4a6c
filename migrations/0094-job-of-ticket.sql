-- The list of jobs says which ticket a deadline is of: it stands in the job's key.
drop function eprod.jobs_now;
create function eprod.jobs_now(most int) returns table (id bigint, task text, state text, run_at timestamptz, attempts int,
                                                        max_attempts int, last_error text, created_at timestamptz, ticket_id bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform eprod.administers();
  return query
    select j.id::bigint, j.task_identifier, s.state, j.run_at, j.attempts::int, j.max_attempts::int, left(j.last_error, 500), j.created_at,
           substring(j.key from '^tickets\.fire-deadline:(\d{1,18})$')::bigint
      from graphile_worker.jobs j
      cross join lateral (select case when j.locked_at is not null then 'running' when j.attempts >= j.max_attempts then 'failed'
                                      when j.attempts > 0 then 'again' else 'waiting' end as state) s
     order by array_position(array['failed', 'running', 'again', 'waiting'], s.state), j.run_at, j.id limit most;
end $$;
revoke all on function eprod.jobs_now from public;
grant execute on function eprod.jobs_now to eprod_staff;
