-- The least each role needs: of jobs, but for the worker, a ticket's own deadline; no address of the staff; and nothing
-- emptied at once.
create function eprod.enqueue_deadline(ticket bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
declare due timestamptz;
begin
  select t.due_at into due from eprod.ticket t where t.id = ticket;
  if due is null then raise exception 'ticket % has no deadline', ticket using errcode = 'EP003'; end if;
  perform graphile_worker.add_job('tickets.fire-deadline', json_build_object('ticketId', ticket), run_at => due,
                                  job_key => 'tickets.fire-deadline:' || ticket, max_attempts => 25);
end $$;
revoke all on function eprod.enqueue_deadline from public;
grant execute on function eprod.enqueue_deadline to eprod_staff, eprod_worker;
revoke execute on function eprod.enqueue from eprod_web, eprod_staff;

-- The institutions' role shows names of the staff, never an address.
revoke select on eprod.person from eprod_web;
grant select (id, institution_id, name, side) on eprod.person to eprod_web;

create function eprod.refuse_truncate() returns trigger language plpgsql as $$
begin
  raise exception '% is never emptied', tg_table_name using errcode = 'EP003';
end $$;
create trigger never_emptied before truncate on eprod.ticket for each statement execute function eprod.refuse_truncate();
create trigger never_emptied before truncate on eprod.follow_up for each statement execute function eprod.refuse_truncate();
create trigger never_emptied before truncate on eprod.requested_document for each statement execute function eprod.refuse_truncate();
create trigger never_emptied before truncate on eprod.ticket_observer for each statement execute function eprod.refuse_truncate();
create trigger never_emptied before truncate on eprod.attachment for each statement execute function eprod.refuse_truncate();
