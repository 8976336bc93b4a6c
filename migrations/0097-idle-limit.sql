-- For how long somebody may be away and still come back without the password: the administrator's limit of a session, known
-- before anybody has signed in.
create function eprod.idle_limit() returns int language sql stable
  security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
  select (value #>> '{}')::int from eprod.setting where key = 'idleSeconds' and jsonb_typeof(value) = 'number'
$$;
revoke all on function eprod.idle_limit from public;
grant execute on function eprod.idle_limit to eprod_entry;
