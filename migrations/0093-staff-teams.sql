-- Teams of the DETRAN-RS are told by numbers looked up once, not by a list of institutions made behind its own wall for each
-- statement that names a team: a ticket's page names two. None without a visit.
create function eprod.staff_institutions() returns int[] language sql stable parallel safe
  security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on'
  return array(select id from eprod.institution where side = 'staff' and (select eprod.context_person()) is not null);
revoke execute on function eprod.staff_institutions from public;
grant execute on function eprod.staff_institutions to eprod_web;
alter policy staff_teams on eprod.team using (institution_id = any ((select eprod.staff_institutions())::int[]));
