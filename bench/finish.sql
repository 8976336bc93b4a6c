-- Ends the filling: numbers set, foreign keys and guards back (the lists are prepare.sql's).
select setval(pg_get_serial_sequence('eprod.ticket', 'id'), (select max(id) from eprod.ticket));
select setval(pg_get_serial_sequence('eprod.follow_up', 'id'), (select max(id) from eprod.follow_up));
set maintenance_work_mem = '512MB';
do $$
declare r record;
begin
  for r in select * from foreign_key loop
    execute format('alter table %s add constraint %I %s', r.target, r.name, r.definition);
  end loop;
  for r in select * from filled loop execute format('alter table eprod.%I enable trigger user', r.name); end loop;
end $$;
