-- What the administrator (904) sees of jobs and letters, and what a monitor counts. Jobs and letters stay behind their walls:
-- these functions answer, after asking who asks.
create function eprod.administers() returns void language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if not eprod.holds(904) then raise exception 'administrators only' using errcode = '42501'; end if;
end $$;

-- `state`: failed (no try is left), running, again (failed before, waits for its next try) or waiting.
create function eprod.jobs_now(most int) returns table (id bigint, task text, state text, run_at timestamptz, attempts int,
                                                        max_attempts int, last_error text, created_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform eprod.administers();
  return query
    select j.id::bigint, j.task_identifier, s.state, j.run_at, j.attempts::int, j.max_attempts::int, left(j.last_error, 500), j.created_at
      from graphile_worker.jobs j
      cross join lateral (select case when j.locked_at is not null then 'running' when j.attempts >= j.max_attempts then 'failed'
                                      when j.attempts > 0 then 'again' else 'waiting' end as state) s
     order by array_position(array['failed', 'running', 'again', 'waiting'], s.state), j.run_at, j.id limit most;
end $$;
create function eprod.jobs_count() returns table (task text, waiting bigint, again bigint, failed bigint, running bigint, oldest timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform eprod.administers();
  return query
    select j.task_identifier, count(*) filter (where j.locked_at is null and j.attempts = 0),
           count(*) filter (where j.locked_at is null and j.attempts > 0 and j.attempts < j.max_attempts),
           count(*) filter (where j.locked_at is null and j.attempts >= j.max_attempts),
           count(*) filter (where j.locked_at is not null), min(j.run_at)
      from graphile_worker.jobs j group by 1 order by 1;
end $$;
create function eprod.try_job_again(job bigint, at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform eprod.administers();
  perform graphile_worker.reschedule_jobs(array[j.id], at, attempts => 0)
     from graphile_worker.jobs j where j.id = job and j.locked_at is null;
  return found;
end $$;

-- Letters a mail server refused for good; their text is not shown, it is the receiver's.
create function eprod.refused_letters(most int) returns table (id bigint, recipient text, subject text, failure text, done_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
begin
  perform eprod.administers();
  return query select l.id, l.recipient, l.subject, l.failure, l.done_at from mail.letter l
    where l.state = 'failed' order by l.done_at desc, l.id limit most;
end $$;
create function eprod.send_letter_again(letter bigint) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
begin
  perform eprod.administers();
  update mail.letter l set state = 'waiting', done_at = null, failure = null where l.id = letter and l.state = 'failed';
  if not found then return false; end if;
  perform graphile_worker.add_job('mail.send', json_build_object('id', letter), max_attempts => 17);
  return true;
end $$;

-- Numbers without names, for a monitor.
create function eprod.figures(at timestamptz) returns table (name text, value float8)
language sql stable security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
  select 'queue_age_seconds', coalesce(greatest(0, extract(epoch from at - min(run_at))), 0)
    from graphile_worker.jobs where locked_at is null and attempts < max_attempts and run_at <= at
  union all select 'jobs_waiting', count(*) from graphile_worker.jobs where locked_at is null and attempts < max_attempts and run_at <= at
  union all select 'jobs_failed', count(*) from graphile_worker.jobs where locked_at is null and attempts >= max_attempts
  union all select 'expiry_lag_seconds', coalesce(greatest(0, extract(epoch from at - min(due_at))), 0) from eprod.ticket where due_at <= at
  union all select 'letters_waiting', count(*) from mail.letter where state = 'waiting'
  union all select 'letters_failed', count(*) from mail.letter where state = 'failed'
$$;
revoke all on function eprod.administers, eprod.jobs_now, eprod.jobs_count, eprod.try_job_again, eprod.refused_letters,
  eprod.send_letter_again, eprod.figures from public;
grant execute on function eprod.administers, eprod.jobs_now, eprod.jobs_count, eprod.try_job_again, eprod.refused_letters,
  eprod.send_letter_again, eprod.figures to eprod_staff;
