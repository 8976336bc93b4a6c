-- How much an institution holds in files that no ticket has taken: of drafts, of messages not sent, on their way. Colleagues
-- do not see each other's uploads, but share the room for them.
create index attachment_unclaimed on eprod.attachment (institution_id) include (size) where n is null;
create function eprod.unclaimed_bytes() returns bigint language sql stable security definer
  set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
  select (coalesce((select sum(a.size) from eprod.attachment a where a.institution_id = eprod.context_institution() and a.n is null), 0)
        + coalesce((select sum(u.size) from eprod.upload u where u.institution_id = eprod.context_institution() and u.concluded_at is null), 0))::bigint
$$;
revoke all on function eprod.unclaimed_bytes from public;
grant execute on function eprod.unclaimed_bytes to eprod_web;
