-- What an open page asks for by itself is no use of the session: such a visit leaves its idle limit as it was.
drop function eprod.open_visit(bytea, timestamptz);

-- As in 0026, and `used`.
create function eprod.open_visit(token bytea, at timestamptz, used boolean default true)
returns table (session_id bigint, person_id int, institution_id int, name text, email text, cpf text, side text,
               institution_name text, classes int[], teams int[], ends_at timestamptz, idle_until timestamptz)
language plpgsql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
#variable_conflict use_column
declare
  wanted text := case session_user when 'eprod_web' then 'institution' when 'eprod_staff' then 'staff' else null end;
  idle int;
  was text;
begin
  select s.id, p.id, p.institution_id, p.name, p.email, p.cpf::text, s.side, i.name, s.classes,
         array(select m.team_id from eprod.team_member m where m.person_id = p.id), s.ends_at, s.idle_until, s.idle_seconds
    into session_id, person_id, institution_id, name, email, cpf, side, institution_name, classes, teams, ends_at, idle_until, idle
    from eprod.session s
    join eprod.person p on p.id = s.person_id
    join eprod.institution i on i.id = p.institution_id
   where s.token_hash = token and s.side = wanted and i.side = wanted and s.ended_at is null
     and s.idle_until > at and s.ends_at > at and (s.fresh_until is null or s.fresh_until > at);
  if not found then return; end if;
  -- Assignments are evaluated without a query of their own.
  was := set_config('eprod.person', open_visit.person_id::text, true);
  was := set_config('eprod.institution', open_visit.institution_id::text, true);
  was := set_config('eprod.session', open_visit.session_id::text, true);
  if used and open_visit.idle_until < at + make_interval(secs => idle - 60) then
    update eprod.session s set idle_until = at + make_interval(secs => s.idle_seconds)
     where s.token_hash = token and s.idle_until < at + make_interval(secs => s.idle_seconds - 60);
  end if;
  return next;
end $$;
revoke all on function eprod.open_visit from public;
grant execute on function eprod.open_visit to eprod_web, eprod_staff;
