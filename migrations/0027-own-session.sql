-- What a person may know of the own session: since when, until when, and how the provider's changes reach it.
create function eprod.own_session()
returns table (started_at timestamptz, ends_at timestamptz, idle_seconds int, asked_again boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
  select created_at, ends_at, idle_seconds, fresh_until is not null from eprod.session
   where id = nullif(current_setting('eprod.session', true), '')::bigint
$$;
-- The limits of a session that was just opened, for the warning before they are reached.
create function eprod.session_limits(wanted bigint)
returns table (ends_at timestamptz, idle_seconds int)
language sql stable security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
  select ends_at, idle_seconds from eprod.session where id = wanted
$$;
revoke execute on function eprod.own_session, eprod.session_limits from public;
grant execute on function eprod.own_session to eprod_web, eprod_staff;
grant execute on function eprod.session_limits to eprod_entry;
