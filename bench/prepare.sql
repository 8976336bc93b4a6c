-- Begins the filling of a migrated, empty database, past the guards: 200 institutions and their people. The tickets are
-- shard.sql's, finish.sql puts guards, keys and indexes back.
set eprod.maintenance = 'on';
set timezone = 'UTC';
set statement_timeout = 0;

-- Triggers off; foreign keys and plain indexes away until the end (finish.sql): set-based checks of millions of rows take
-- seconds, one check a row takes minutes.
create temp table filled (name text);
insert into filled values ('ticket'), ('follow_up'), ('attachment'), ('journal_entry'), ('ticket_observer'),
  ('ticket_text'), ('ticket_number');
create temp table foreign_key as
  select 'eprod.' || f.name as target, c.conname as name, pg_get_constraintdef(c.oid) as definition
    from filled f join pg_constraint c on c.conrelid = ('eprod.' || f.name)::regclass and c.contype = 'f';
create temp table plain_index as
  select 'eprod.' || i.indexname as name, i.indexdef as definition
    from pg_indexes i join filled f on i.schemaname = 'eprod' and i.tablename = f.name
   where not exists (select from pg_constraint c where c.conindid = ('eprod.' || i.indexname)::regclass);
do $$
declare r record;
begin
  for r in select * from filled loop execute format('alter table eprod.%I disable trigger user', r.name); end loop;
  for r in select * from foreign_key loop execute format('alter table %s drop constraint %I', r.target, r.name); end loop;
  for r in select * from plain_index loop execute 'drop index ' || r.name; end loop;
end $$;

insert into eprod.institution (cnpj, name)
  select lpad((90000000 + n)::text, 8, '0') || '000100', 'Instituição de Medida ' || lpad(n::text, 3, '0')
    from generate_series(0, 199) n;
insert into eprod.person (institution_id, cpf, name, email, side)
  select i.id, lpad((900000000 + right(left(i.cnpj, 8), 3)::bigint * 1000 + k)::text, 11, '0'),
         (array['Ana', 'Bruno', 'Clara', 'Davi', 'Elisa', 'Fábio', 'Gabriela', 'Hugo', 'Inês', 'João'])[k]
           || ' da Medida ' || right(left(i.cnpj, 8), 3), 'medida' || i.id || '.' || k || '@example.com', 'institution'
    from eprod.institution i cross join generate_series(1, 10) k where i.cnpj like '90000%';
insert into eprod.person (institution_id, cpf, name, email, side)
  select i.id, lpad((910000000 + k)::text, 11, '0'), 'Analista de Medida ' || k, 'analista' || k || '@example.com', 'staff'
    from eprod.institution i cross join generate_series(1, 20) k where i.side = 'staff';
insert into eprod.team_member (team_id, person_id)
  select t.id, p.id from eprod.team t join eprod.person p on p.institution_id = t.institution_id
   where t.name = 'RECONET' and p.cpf like '0091%';
insert into eprod.team (institution_id, name) select id, 'Gravames' from eprod.institution where cnpj like '90000%';
