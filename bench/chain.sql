-- Writes the journal of the tickets in `plan` (see fill.sql): one pass for each `seq`, each hash over the text of
-- eprod.journal_text and the hash before it. Ends the load: numbers set, indexes, foreign keys and guards back.
create temp table link (ticket_id bigint, hash bytea);
create function pg_temp.write_entries(pass int) returns void language sql as $$
  with entry as materialized (
    select p.id, row(null, 'ticket', p.id::text, pass, p.institution_id,
             case s.side when 'i' then p.requester_id else p.assignee_id end, s.event, p.opened_at + p.pace * (pass - 1),
             jsonb_strip_nulls(jsonb_build_object(
               'followUp', case when s.kind is not null then p.n * 6 + pass end,
               'assignee', case when s.event = 'take' then p.assignee_id end,
               'outcome', case when s.kind = 'solution' then 'granted' end,
               'reason', case when s.kind = 'request' then 'Documento ilegível' end,
               'case', case when pass = 1 then p.code end)) || jsonb_build_object('from', s.was, 'to', s.becomes),
             h.private_part, h.salt, sha256(h.salt || convert_to(h.private_part::text, 'UTF8')), false, l.hash, null)::eprod.journal_entry as e
      from plan p
      join step s on s.status = p.status and s.seq = pass
      left join lateral (select jsonb_build_object('plate', p.plate, 'chassis', p.chassis, 'renavam', null) as private_part,
                                sha256(convert_to('salt ' || p.n, 'UTF8')) as salt where pass = 1) h on true
      left join link l on l.ticket_id = p.id
     order by p.n),
  written as (
    insert into eprod.journal_entry (thing, thing_id, seq, institution_id, actor_id, event, at, public_part, private_part, salt,
        private_digest, staff_only, previous_hash, hash)
      select (e).thing, (e).thing_id, (e).seq, (e).institution_id, (e).actor_id, (e).event, (e).at, (e).public_part, (e).private_part,
             (e).salt, (e).private_digest, (e).staff_only, (e).previous_hash, sha256(convert_to(eprod.journal_text(e), 'UTF8'))
        from entry
      returning thing_id, hash),
  gone as (delete from link)
  insert into link select thing_id::bigint, hash from written;
$$;
select pg_temp.write_entries(1);
analyze link;
select pg_temp.write_entries(2);
select pg_temp.write_entries(3);
select pg_temp.write_entries(4);
select pg_temp.write_entries(5);
select pg_temp.write_entries(6);

select setval(pg_get_serial_sequence('eprod.ticket', 'id'), (select max(id) from eprod.ticket));
select setval(pg_get_serial_sequence('eprod.follow_up', 'id'), (select max(id) from eprod.follow_up));
set maintenance_work_mem = '512MB';
do $$
declare r record;
begin
  for r in select * from plain_index loop execute r.definition; end loop;
  for r in select * from foreign_key loop
    execute format('alter table %s add constraint %I %s', r.target, r.name, r.definition);
  end loop;
  for r in select * from filled loop execute format('alter table eprod.%I enable trigger user', r.name); end loop;
end $$;
