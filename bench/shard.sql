-- Fills a share of the tickets by set-based SQL: number bench.first to bench.last of bench.tickets, six journal entries with
-- a true chain and three file rows each. Several connections do a share each at once. What is random is taken from hashes
-- of the number, so that two fillings of the same size are alike, however they are shared out.
set eprod.maintenance = 'on';
set timezone = 'UTC';
set work_mem = '256MB';
set statement_timeout = 0;

create function pg_temp.dice(n bigint, salt bigint) returns bigint language sql immutable parallel safe
  return hashint8extended(n, salt) & 1073741823;

create temp table operator as
  select right(left(i.cnpj, 8), 3)::int as house, p.institution_id, g.id as team_id,
         row_number() over (partition by i.id order by p.id)::int as k, p.id, p.email
    from eprod.person p join eprod.institution i on i.id = p.institution_id join eprod.team g on g.institution_id = i.id
   where i.cnpj like '90000%';
create temp table analyst as
  select row_number() over (order by id)::int as k, id from eprod.person where cpf like '0091%';
-- The cases of the catalogue that most tickets are about, with the documents each brings.
create temp table story_case (k int, code text, name text, documents text[]);
insert into story_case values
  (0, '01', 'Veículo com Furto/Roubo', '{bo,requerimento,procuracao}'),
  (1, '02', 'Prazo de cancelamento no SNG expirado', '{tela-sng,requerimento,procuracao}'),
  (2, '07', 'Contrato quitado com baixa rejeitada', '{quitacao,tela-sng,procuracao}'),
  (3, '13', 'Veículo registrado em outra UF', '{requerimento,crv,procuracao}');
-- What a follow-up of each kind says of a plate ($); and what a plain one may add, from rare to common, of a thousand.
create temp table saying (kind text, body text);
insert into saying values
  ('request', 'O documento enviado está ilegível na segunda página. Envie uma cópia legível para a conferência da placa $.'),
  ('solution', 'Documentos conferidos com o cadastro da placa $. O bloqueio foi levantado e o cancelamento já pode ser enviado ao SNG.'),
  ('follow-up', 'Segue a informação sobre o veículo de placa $, conforme o contrato e os documentos anexos.'), ('approval', '');
create temp table aside (low int, below int, body text);
insert into aside values
  (0, 1, ' Consta certidão de óbito do devedor.'), (1, 10, ' Há alienação fiduciária anterior registrada.'),
  (10, 100, ' O inventariante apresentou procuração pública.'), (100, 1000, '');
-- What happened: six steps that end in each status, with the follow-up a step writes.
create temp table step (status text, seq int, event text, was text, becomes text, kind text, side text);
insert into step values
  ('new', 1, 'open', null, 'new', null, 'i'), ('new', 2, 'take', 'new', 'processing', null, 's'),
  ('new', 3, 'follow-up', 'processing', 'processing', 'follow-up', 's'), ('new', 4, 'give-back', 'processing', 'new', null, 's'),
  ('new', 5, 'follow-up', 'new', 'new', 'follow-up', 'i'), ('new', 6, 'follow-up', 'new', 'new', 'follow-up', 's'),
  ('processing', 1, 'open', null, 'new', null, 'i'), ('processing', 2, 'take', 'new', 'processing', null, 's'),
  ('processing', 3, 'ask', 'processing', 'pending', 'request', 's'), ('processing', 4, 'answer', 'pending', 'processing', 'follow-up', 'i'),
  ('processing', 5, 'follow-up', 'processing', 'processing', 'follow-up', 's'), ('processing', 6, 'follow-up', 'processing', 'processing', 'follow-up', 'i'),
  ('pending', 1, 'open', null, 'new', null, 'i'), ('pending', 2, 'take', 'new', 'processing', null, 's'),
  ('pending', 3, 'follow-up', 'processing', 'processing', 'follow-up', 'i'), ('pending', 4, 'ask', 'processing', 'pending', 'request', 's'),
  ('pending', 5, 'answer', 'pending', 'processing', 'follow-up', 'i'), ('pending', 6, 'ask', 'processing', 'pending', 'request', 's'),
  ('solved', 1, 'open', null, 'new', null, 'i'), ('solved', 2, 'take', 'new', 'processing', null, 's'),
  ('solved', 3, 'ask', 'processing', 'pending', 'request', 's'), ('solved', 4, 'answer', 'pending', 'processing', 'follow-up', 'i'),
  ('solved', 5, 'follow-up', 'processing', 'processing', 'follow-up', 's'), ('solved', 6, 'solve', 'processing', 'solved', 'solution', 's'),
  ('closed', 1, 'open', null, 'new', null, 'i'), ('closed', 2, 'take', 'new', 'processing', null, 's'),
  ('closed', 3, 'ask', 'processing', 'pending', 'request', 's'), ('closed', 4, 'answer', 'pending', 'processing', 'follow-up', 'i'),
  ('closed', 5, 'solve', 'processing', 'solved', 'solution', 's'), ('closed', 6, 'approve', 'solved', 'closed', 'approval', 'i');

-- One row a ticket: numbers follow the instants of three years; the newest tenth is still open, a quarter in each status.
create temp table plan as
  select x.n, x.n + 24150 as id, o.institution_id, o.id as requester_id, o.team_id as own_team, o.email, a.id as assignee_id,
         x.status, c.code, c.name as case_name, c.documents, y.body as aside, x.opened_at, x.opened_at + (x.last_at - x.opened_at) / 5 * 5 as last_at,
         (x.last_at - x.opened_at) / 5 as pace,
         chr(65 + (x.n / 2600000 % 26)::int) || chr(65 + (x.n / 100000 % 26)::int) || chr(65 + (pg_temp.dice(x.n, 3) % 26)::int)
           || x.n / 10000 % 10 || chr(65 + (x.n / 1000 % 10)::int) || lpad((x.n / 10 % 100)::text, 2, '0') as plate,
         '9BM' || lpad((x.n % 10000000)::text, 7, '0') || lpad((pg_temp.dice(x.n, 4) % 10000000)::text, 7, '0') as chassis
    from (select d.n, d.status, d.opened_at,
                 case d.status when 'closed' then d.opened_at + make_interval(hours => 30 + (pg_temp.dice(d.n, 5) % 500)::int)
                               else greatest(d.opened_at + interval '1 hour', d.today - make_interval(mins => (pg_temp.dice(d.n, 6) % 8640)::int)) end as last_at
            from (select n, date_trunc('minute', now()) as today,
                         date_trunc('minute', now()) - interval '3 years'
                           + (interval '3 years' / current_setting('bench.tickets')::float8) * n
                           - make_interval(hours => 2) as opened_at,
                         case when n <= current_setting('bench.tickets')::bigint * 9 / 10 then 'closed'
                              else (array['new', 'processing', 'pending', 'solved'])[1 + pg_temp.dice(n, 1) % 4] end as status
                    from generate_series(current_setting('bench.first')::bigint, current_setting('bench.last')::bigint) n) d) x
    join operator o on o.house = x.n % 200 and o.k = 1 + x.n / 200 % 10
    join analyst a on a.k = 1 + pg_temp.dice(x.n, 2) % 20
    join story_case c on c.k = pg_temp.dice(x.n, 7) % 4
    join aside y on pg_temp.dice(x.n, 10) % 1000 >= y.low and pg_temp.dice(x.n, 10) % 1000 < y.below;
create unique index on plan (n);
analyze plan;

insert into eprod.ticket (id, institution_id, status, version, subject, form_version_id, case_code, answers, plate, chassis, renavam,
    requester_id, assignee_id, team_id, notify_email, waiting_type_id, waiting_reason, due_at, opened_at, updated_at, solved_at, closed_at)
  select p.id, p.institution_id, p.status, 6,
         'Instituições Financeiras - Desbloqueio para Cancelamento de Gravame - ' || p.case_name || ' - ' || p.plate,
         v.id, p.code,
         jsonb_build_object('tipo', 'desbloqueio', 'caso', p.code, 'placa', p.plate, 'chassi', p.chassis, 'email', p.email,
           'bo-numero', (100000 + p.n)::text || '/2026', 'bo-uf', 'RS', 'fato-data', '2026-03-02', 'recuperado', 'nao', 'indenizado', 'nao',
           'emitido', 'nao', 'estatutario', 'sim', 'declaro', 'sim',
           'arrendatario-cpf', lpad((p.n * 7919 % 100000000000)::text, 11, '0'),
           'justificativa', 'O contrato foi cancelado e a instituição precisa cancelar o gravame que permaneceu ativo no cadastro.'),
         p.plate, p.chassis, lpad((p.n * 104729 % 100000000000)::text, 11, '0'), p.requester_id, case when p.status <> 'new' then p.assignee_id end, t.id, p.email,
         case when p.status = 'pending' then w.id end, case when p.status = 'pending' then 'Documento ilegível' end,
         case p.status when 'pending' then p.last_at + interval '7 days' when 'solved' then p.last_at + interval '10 days' end,
         p.opened_at, p.last_at,
         case p.status when 'solved' then p.last_at when 'closed' then p.opened_at + p.pace * 4 end,
         case when p.status = 'closed' then p.last_at end
    from plan p
   cross join (select id from eprod.form_version where status = 'published' order by id limit 1) v
   cross join (select id from eprod.team where name = 'RECONET' limit 1) t
   cross join (select id from eprod.waiting_type order by position limit 1) w
   order by p.n;

insert into eprod.follow_up (id, ticket_id, institution_id, kind, author_id, body, outcome, waiting_type_id, waiting_reason, due_at, created_at)
  overriding system value
  select p.n * 6 + s.seq, p.id, p.institution_id, s.kind, case s.side when 'i' then p.requester_id else p.assignee_id end,
         replace(w.body, '$', p.plate) || case when s.kind = 'follow-up' then p.aside else '' end,
         case when s.kind = 'solution' then 'granted' end, case when s.kind = 'request' then e.id end,
         case when s.kind = 'request' then 'Documento ilegível' end,
         case s.kind when 'request' then p.opened_at + p.pace * (s.seq - 1) + interval '7 days'
                     when 'solution' then p.opened_at + p.pace * (s.seq - 1) + interval '10 days' end,
         p.opened_at + p.pace * (s.seq - 1)
    from plan p join step s on s.status = p.status and s.kind is not null
    join saying w on w.kind = s.kind
   cross join (select id from eprod.waiting_type order by position limit 1) e
   order by p.n, s.seq;

insert into eprod.attachment (institution_id, ticket_id, follow_up_id, n, document, name, size, sha256, media_type, uploaded_by, uploaded_at)
  select p.institution_id, p.id, case when f.n = 3 then a.id end, f.n, p.documents[f.n],
         p.documents[f.n] || '-' || lower(p.plate) || '.pdf', 40000 + pg_temp.dice(p.n * 3 + f.n, 8) % 900000,
         sha256(convert_to(p.n || ':' || f.n, 'UTF8')), 'application/pdf', p.requester_id, p.opened_at
    from plan p cross join generate_series(1, 3) f(n)
    left join lateral (select p.n * 6 + s.seq as id from step s
                        where s.status = p.status and s.side = 'i' and s.kind = 'follow-up' order by s.seq limit 1) a on true
   order by p.n, f.n;

insert into eprod.ticket_observer (ticket_id, team_id, institution_id)
  select p.id, p.own_team, p.institution_id from plan p where pg_temp.dice(p.n, 9) % 10 = 0;

-- What the triggers of these two would have kept, word for word: each sentence is parsed and folded once, not for each ticket.
create temp table said as
  select s.status, y.body as aside, eprod.words_of(string_agg(replace(w.body, '$', '') || case when s.kind = 'follow-up' then y.body else '' end, ' ')) as words
    from step s join saying w on w.kind = s.kind cross join aside y group by s.status, y.body;
create temp table titled as
  select c.code, eprod.fold(x.title) as pieces, setweight(eprod.words_of(x.title), 'A') as words
    from story_case c
   cross join lateral (select 'Instituições Financeiras - Desbloqueio para Cancelamento de Gravame - ' || c.name as title) x;
insert into eprod.ticket_text (ticket_id, institution_id, pieces, words)
  select p.id, p.institution_id,
         c.pieces || eprod.pieces_of(' - ' || p.plate || ' - (' || p.id || ')', p.plate, p.chassis, lpad((p.n * 104729 % 100000000000)::text, 11, '0')),
         c.words || (lower(p.plate) || ':90A ' || p.id || ':91A')::tsvector || s.words || (lower(p.plate) || ':92')::tsvector
    from plan p
    join titled c on c.code = p.code join said s on s.status = p.status and s.aside = p.aside
   order by p.n;
insert into eprod.ticket_number (value, ticket_id, institution_id)
  select lpad((p.n * 7919 % 100000000000)::text, 11, '0'), p.id, p.institution_id from plan p order by 1;

-- The journal: one pass for each `seq`, each hash over the text of eprod.journal_text and the hash before it.
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
