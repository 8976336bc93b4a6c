-- A session that was ended stands in the journal as its beginning does; one that merely ran out ends by its own limits.
create function eprod.record_session_end() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
begin
  insert into eprod.journal_entry (thing, thing_id, institution_id, actor_id, event, at, public_part)
    select 'session', new.id::text, p.institution_id, p.id, 'sign-out', new.ended_at, '{}' from eprod.person p where p.id = new.person_id;
  return null;
end $$;
revoke all on function eprod.record_session_end from public;
create trigger recorded after update of ended_at on eprod.session for each row
  when (old.ended_at is null and new.ended_at is not null) execute function eprod.record_session_end();
