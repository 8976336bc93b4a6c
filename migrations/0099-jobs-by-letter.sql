-- The administrator sees which letter a job is of, and has all tried again at once, as after an outage; a monitor sees letters
-- that are refused for the time being.
drop function eprod.jobs_now;
create function eprod.jobs_now(most int) returns table (id bigint, task text, state text, run_at timestamptz, attempts int, max_attempts int,
  last_error text, created_at timestamptz, ticket_id bigint, recipient text, subject text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
begin
  perform eprod.administers();
  return query
    select j.id::bigint, j.task_identifier, s.state, j.run_at, j.attempts::int, j.max_attempts::int, left(j.last_error, 500), j.created_at,
           substring(j.key from '^tickets\.fire-deadline:(\d{1,18})$')::bigint, l.recipient, l.subject
      from graphile_worker.jobs j
      cross join lateral (select case when j.locked_at is not null then 'running' when j.attempts >= j.max_attempts then 'failed'
                                      when j.attempts > 0 then 'again' else 'waiting' end as state) s
      left join graphile_worker._private_jobs p on p.id = j.id and j.task_identifier = 'mail.send'
      left join mail.letter l on l.id = (p.payload->>'id')::bigint
     order by array_position(array['failed', 'running', 'again', 'waiting'], s.state), j.run_at, j.id limit most;
end $$;

-- Every job that has failed before and does not run now. Returns how many.
create function eprod.try_jobs_again(at timestamptz) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare done bigint;
begin
  perform eprod.administers();
  select count(*) into done from graphile_worker.reschedule_jobs(
    array(select j.id from graphile_worker.jobs j where j.locked_at is null and j.attempts > 0), at, attempts => 0);
  return done;
end $$;

-- Every letter that was refused for good.
create function eprod.send_letters_again() returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
declare done bigint;
begin
  perform eprod.administers();
  with again as (
    update mail.letter l set state = 'waiting', done_at = null, failure = null where l.state = 'failed' returning l.id)
  select count(graphile_worker.add_job('mail.send', json_build_object('id', again.id), max_attempts => 17)) into done from again;
  return done;
end $$;

-- As in 0042, and letters that a server has refused and that will be tried again.
create or replace function eprod.figures(at timestamptz) returns table (name text, value float8)
language sql stable security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
  select 'queue_age_seconds', coalesce(greatest(0, extract(epoch from at - min(run_at))), 0)
    from graphile_worker.jobs where locked_at is null and attempts < max_attempts and run_at <= at
  union all select 'jobs_waiting', count(*) from graphile_worker.jobs where locked_at is null and attempts < max_attempts and run_at <= at
  union all select 'jobs_failed', count(*) from graphile_worker.jobs where locked_at is null and attempts >= max_attempts
  union all select 'expiry_lag_seconds', coalesce(greatest(0, extract(epoch from at - min(due_at))), 0) from eprod.ticket where due_at <= at
  union all select 'letters_waiting', count(*) from mail.letter where state = 'waiting'
  union all select 'letters_failed', count(*) from mail.letter where state = 'failed'
  union all select 'letters_retrying', count(*) from graphile_worker.jobs
    where task_identifier = 'mail.send' and attempts > 0 and attempts < max_attempts
  union all select 'letter_age_seconds', coalesce(greatest(0, extract(epoch from at - min(posted_at))), 0) from mail.letter where state = 'waiting'
$$;
revoke all on function eprod.jobs_now, eprod.try_jobs_again, eprod.send_letters_again from public;
grant execute on function eprod.jobs_now, eprod.try_jobs_again, eprod.send_letters_again to eprod_staff;

-- The page that lists what the clock will do leaves out the reminders that were sent.
grant select on eprod.reminder to eprod_staff;
