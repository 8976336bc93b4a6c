-- A search shared with others stays when its owner has left; who answers for the institution's or the team's things removes it.
create function eprod.search_is_left(search bigint) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
  select exists (select from eprod.saved_search s join eprod.person p on p.id = s.owner_id
                  where s.id = search and s.institution_id = eprod.context_institution() and s.shared <> 'private'
                    and (p.institution_id <> s.institution_id or p.access_ended_at >= p.seen_at))
$$;
revoke all on function eprod.search_is_left from public;
grant execute on function eprod.search_is_left to eprod_web, eprod_staff;
grant execute on function eprod.holds to eprod_web;

-- Beside own_removal (0053). Institutions: who may write for them (122 and 151); DETRAN-RS: supervisors and administrators.
create policy left_removal on eprod.saved_search for delete to eprod_web, eprod_staff
  using (institution_id = (select eprod.context_institution())
         and (shared = 'institution' or (shared = 'team' and team_id = any ((select eprod.context_teams())::int[])))
         and ((select eprod.holds(122) and eprod.holds(151)) or (select eprod.holds(902) or eprod.holds(904)))
         and eprod.search_is_left(id));
