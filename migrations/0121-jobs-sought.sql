-- Jobs are sought by task, state, ticket and recipient, a page at a time; what a letter that has no try left is called, and how
-- it is laid aside.

alter table mail.letter add column laid_aside_at timestamptz;  -- refused or out of tries, and nobody wants it sent again

drop function eprod.jobs_now;
drop function eprod.jobs_count;
drop function eprod.refused_letters;

-- The ticket a letter is of stands in its Message-ID: by the entry it tells of, or by itself.
create function eprod.ticket_of_letter(message_id text) returns bigint
language sql stable security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
  select coalesce(substring(message_id from '^confirmar-(\d{1,15})-')::bigint,
    (select e.thing_id::bigint from eprod.journal_entry e
      where e.id = substring(message_id from '^aviso-(\d{1,15})-')::bigint and e.thing in ('ticket', 'ticket-note')))
$$;

-- What there is to do. A deadline that its ticket no longer has is none: its job runs at its time and finds nothing. `at`: when
-- it is due; of what has failed, when it was tried last. `about`: the ticket of a deadline; `letter`, `entry`: what a job is of.
create function eprod.jobs_seen() returns table (id bigint, task text, state text, rank int, at timestamptz, attempts int,
  max_attempts int, last_error text, about bigint, letter bigint, entry bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
  with seen as (
    select j.id, j.task_identifier as task, j.run_at, j.updated_at, j.attempts, j.max_attempts, j.last_error, p.payload,
           case when j.locked_at is not null then 2 when j.attempts >= j.max_attempts then 1 when j.attempts > 0 then 3 else 4 end as rank,
           -- A regular expression over all of them would take seconds.
           case when starts_with(j.key, 'tickets.fire-deadline:') then substr(j.key, length('tickets.fire-deadline:') + 1)::bigint end as about
      from graphile_worker.jobs j join graphile_worker._private_jobs p on p.id = j.id)
  select s.id, s.task, (array['failed', 'running', 'again', 'waiting'])[s.rank], s.rank,
         case when s.rank = 1 then s.updated_at else s.run_at end, s.attempts::int, s.max_attempts::int, left(s.last_error, 500), s.about,
         case when s.task = 'mail.send' then (s.payload->>'id')::bigint end,
         case when s.task = 'journal.fan-out' then (s.payload->'entries'->>0)::bigint end
    from seen s left join eprod.ticket t on t.id = s.about
   where s.about is null or s.rank < 3 or t.due_at is not null
$$;

-- A page of them, failed ones first; what is not named in `wanted` may be any. `after`: the place of the last row of the page
-- before, as rank, microseconds and number.
create function eprod.jobs_page(wanted jsonb, after bigint[], most int) returns table (id bigint, task text, state text, at timestamptz,
  attempts int, max_attempts int, last_error text, ticket_id bigint, recipient text, subject text, place text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
begin
  perform eprod.administers();
  return query
    with entries as materialized (
      select e.id from eprod.journal_entry e where e.thing in ('ticket', 'ticket-note') and e.thing_id = wanted->>'ticket'),
    letters as materialized (
      select l.id from mail.letter l
       where (wanted->>'recipient' is null or strpos(lower(l.recipient), lower(wanted->>'recipient')) > 0)
         and (wanted->>'ticket' is null or starts_with(l.message_id, 'confirmar-' || (wanted->>'ticket') || '-')
              or starts_with(l.message_id, 'aviso-') and split_part(l.message_id, '-', 2) in (select x.id::text from entries x))
         and coalesce(wanted->>'recipient', wanted->>'ticket') is not null),
    page as (
      select s.* from eprod.jobs_seen() s
       where (wanted->>'task' is null or s.task = wanted->>'task') and (wanted->>'state' is null or s.state = wanted->>'state')
         and (wanted->>'recipient' is null or s.letter in (select x.id from letters x))
         and (wanted->>'ticket' is null or s.about = (wanted->>'ticket')::bigint or s.entry in (select x.id from entries x)
              or s.letter in (select x.id from letters x))
         and (after is null or (s.rank, (extract(epoch from s.at) * 1000000)::bigint, s.id) > (after[1], after[2], after[3]))
       order by s.rank, s.at, s.id limit most)
    select s.id, s.task, s.state, s.at, s.attempts, s.max_attempts, s.last_error,
           coalesce(s.about, eprod.ticket_of_letter(l.message_id), eprod.ticket_of_letter('aviso-' || s.entry || '-')), l.recipient, l.subject,
           concat_ws('.', s.rank, (extract(epoch from s.at) * 1000000)::bigint, s.id)
      from page s left join mail.letter l on l.id = s.letter
     order by s.rank, s.at, s.id;
end $$;
create function eprod.jobs_count() returns table (task text, waiting bigint, again bigint, failed bigint, running bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform eprod.administers();
  return query
    select s.task, count(*) filter (where s.state = 'waiting'), count(*) filter (where s.state = 'again'),
           count(*) filter (where s.state = 'failed'), count(*) filter (where s.state = 'running')
      from eprod.jobs_seen() s group by 1 order by 1;
end $$;

-- Letters a mail server refused for good, and nobody has laid aside.
create function eprod.refused_letters(most int) returns table (id bigint, recipient text, subject text, failure text, done_at timestamptz,
  ticket_id bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
begin
  perform eprod.administers();
  return query select l.id, l.recipient, l.subject, l.failure, l.done_at, eprod.ticket_of_letter(l.message_id) from mail.letter l
    where l.state = 'failed' and l.laid_aside_at is null order by l.done_at desc, l.id limit most;
end $$;
create or replace function eprod.send_letters_again() returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
declare done bigint;
begin
  perform eprod.administers();
  with again as (
    update mail.letter l set state = 'waiting', done_at = null, failure = null
     where l.state = 'failed' and l.laid_aside_at is null returning l.id)
  select count(graphile_worker.add_job('mail.send', json_build_object('id', again.id), max_attempts => 17)) into done from again;
  return done;
end $$;
create or replace function eprod.send_letter_again(letter bigint) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
begin
  perform eprod.administers();
  update mail.letter l set state = 'waiting', done_at = null, failure = null
   where l.id = letter and l.state = 'failed' and l.laid_aside_at is null;
  if not found then return false; end if;
  perform graphile_worker.add_job('mail.send', json_build_object('id', letter), max_attempts => 17);
  return true;
end $$;
create function eprod.lay_letter_aside(letter bigint, at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
begin
  perform eprod.administers();
  update mail.letter l set laid_aside_at = at where l.id = letter and l.state = 'failed' and l.laid_aside_at is null;
  return found;
end $$;

-- A job that has no try left goes; the letter it was to send is one that failed, and stays so.
create function eprod.lay_job_aside(job bigint, at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
begin
  perform eprod.administers();
  perform from graphile_worker._private_jobs j
    where j.id = job and j.locked_at is null and j.attempts >= j.max_attempts for update;
  if not found then return false; end if;
  update mail.letter l set state = 'failed', done_at = at, failure = left(j.last_error, 500), laid_aside_at = at
    from graphile_worker.jobs j join graphile_worker._private_jobs p on p.id = j.id
   where j.id = job and j.task_identifier = 'mail.send' and l.id = (p.payload->>'id')::bigint and l.state = 'waiting';
  perform graphile_worker.complete_jobs(array[job]);
  return true;
end $$;

-- As in 0099. A letter that has no try left has failed, and waits for nothing.
create or replace function eprod.figures(at timestamptz) returns table (name text, value float8)
language sql stable security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
  with dead as materialized (
    select (p.payload->>'id')::bigint as id from graphile_worker.jobs j join graphile_worker._private_jobs p on p.id = j.id
     where j.task_identifier = 'mail.send' and j.locked_at is null and j.attempts >= j.max_attempts),
  waiting as materialized (
    select l.posted_at from mail.letter l where l.state = 'waiting' and not exists (select from dead d where d.id = l.id))
  select 'queue_age_seconds', coalesce(greatest(0, extract(epoch from at - min(run_at))), 0)
    from graphile_worker.jobs where locked_at is null and attempts < max_attempts and run_at <= at
  union all select 'jobs_waiting', count(*) from graphile_worker.jobs where locked_at is null and attempts < max_attempts and run_at <= at
  union all select 'jobs_failed', count(*) from graphile_worker.jobs where locked_at is null and attempts >= max_attempts
  union all select 'expiry_lag_seconds', coalesce(greatest(0, extract(epoch from at - min(due_at))), 0) from eprod.ticket where due_at <= at
  union all select 'letters_waiting', count(*) from waiting
  union all select 'letters_failed', (select count(*) from mail.letter where state = 'failed' and laid_aside_at is null) + (select count(*) from dead)
  union all select 'letters_retrying', count(*) from graphile_worker.jobs
    where task_identifier = 'mail.send' and attempts > 0 and attempts < max_attempts
  union all select 'letter_age_seconds', coalesce(greatest(0, extract(epoch from at - min(posted_at))), 0) from waiting
$$;
revoke all on function eprod.ticket_of_letter, eprod.jobs_seen, eprod.jobs_page, eprod.jobs_count, eprod.refused_letters,
  eprod.lay_letter_aside, eprod.lay_job_aside from public;
grant execute on function eprod.jobs_page, eprod.jobs_count, eprod.refused_letters, eprod.lay_letter_aside, eprod.lay_job_aside to eprod_staff;
