-- What is done without a visit is the entry role's (0013), which no page speaks through: keeping what an expired session
-- sent, the links of letters, the log of readings, the letters the demonstration shows. And instants are of now.
grant execute on function eprod.keep_post, eprod.log_readings, eprod.confirm_address, eprod.stop_address, eprod.stop_mail to eprod_entry;
revoke execute on function eprod.keep_post, eprod.log_readings from eprod_web, eprod_staff;
revoke execute on function eprod.confirm_address, eprod.stop_address, eprod.stop_mail from eprod_web;
grant usage on schema mail to eprod_entry;
grant execute on function mail.kept_letters to eprod_entry;
revoke execute on function mail.kept_letters from eprod_web;
-- Letters are posted by the worker, who follows the journal, and by SOE/WEB.
revoke execute on function mail.post from eprod_web, eprod_staff;
revoke usage on schema mail from eprod_web, eprod_staff;

-- As in 0041; what any role may set of itself silences nobody's entries.
create or replace function eprod.announce_entries() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare entries json; told json; most constant int := 100;
begin
  -- Seeds and the definer functions that maintain tell nobody.
  if eprod.maintaining() and session_user not in ('eprod_web', 'eprod_staff', 'eprod_worker') then return null; end if;
  select json_agg(f.id order by f.id) into entries from fresh f where f.thing in ('ticket', 'ticket-note');
  if entries is null then return null; end if;
  perform graphile_worker.add_job('journal.fan-out', json_build_object('entries', entries), max_attempts => 25);
  -- [ticket, institution, staff only]; ticket 0: so many that each is not named (a payload holds 8,000 bytes).
  if json_array_length(entries) <= most then
    select json_agg(distinct jsonb_build_array(f.thing_id::bigint, f.institution_id, f.staff_only)) into told
      from fresh f where f.thing in ('ticket', 'ticket-note');
  else
    select json_agg(distinct jsonb_build_array(0, f.institution_id, false)) into told
      from fresh f where f.thing in ('ticket', 'ticket-note') and not f.staff_only;
    if length(told::text) > 7000 then told := '[[0, 0, false]]'; end if;
  end if;
  perform pg_notify('eprod_live', coalesce(told, '[]'::json)::text);
  return null;
end $$;

-- The application says what time it is; further than this from the database's own clock a page's role is not believed.
-- The worker handles many tickets under the instant it began with: only the future is closed to it.
create function eprod.clock_slack() returns interval language sql immutable parallel safe return interval '5 minutes';
create function eprod.is_of_now(given timestamptz) returns boolean language sql stable parallel safe
  return session_user not in ('eprod_web', 'eprod_staff', 'eprod_worker') or given is null
    or given <= now() + eprod.clock_slack() and (session_user = 'eprod_worker' or given >= now() - eprod.clock_slack());
revoke execute on function eprod.clock_slack, eprod.is_of_now from public;
grant execute on function eprod.clock_slack, eprod.is_of_now to eprod_web, eprod_staff, eprod_worker;
create function eprod.refuse_other_time() returns trigger language plpgsql as $$
begin
  raise exception 'the instant of a % is not of now: do the clocks of EPROD and of the database agree?', tg_table_name
    using errcode = 'EP004';
end $$;
revoke execute on function eprod.refuse_other_time from public;
create trigger clock before insert on eprod.ticket for each row
  when (not eprod.is_of_now(new.opened_at) or not eprod.is_of_now(new.updated_at)) execute function eprod.refuse_other_time();
create trigger clock_of_change before update on eprod.ticket for each row
  when (new.updated_at is distinct from old.updated_at and not eprod.is_of_now(new.updated_at)
        or new.solved_at is distinct from old.solved_at and not eprod.is_of_now(new.solved_at)
        or new.closed_at is distinct from old.closed_at and not eprod.is_of_now(new.closed_at))
  execute function eprod.refuse_other_time();
create trigger clock before insert on eprod.follow_up for each row
  when (not eprod.is_of_now(new.created_at)) execute function eprod.refuse_other_time();
-- Before `chain`, which never lets an entry be older than the one before.
create trigger a_clock before insert on eprod.journal_entry for each row
  when (not eprod.is_of_now(new.at)) execute function eprod.refuse_other_time();
