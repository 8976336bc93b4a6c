-- Signing in happens before there is anybody whose context could be set: this tells the one fact the entry rules need.
create function eprod.side_of(wanted text) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
  select coalesce((select side from eprod.institution where cnpj = wanted), 'institution')
$$;
revoke all on function eprod.side_of from public;
grant execute on function eprod.side_of to eprod_web;
