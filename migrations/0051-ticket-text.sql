-- What tickets are found by besides their own columns: words of title and public follow-ups, pieces of title, plate and
-- chassis, and the numbers (CPF, CNPJ, RENAVAM) among the answers. Kept by triggers; a title never changes.
alter table eprod.ticket add column chassis_tail text generated always as (right(chassis, 6)) stored;
create index ticket_chassis_tail on eprod.ticket (chassis_tail) where chassis_tail is not null;
create index ticket_renavam on eprod.ticket (renavam) where renavam is not null;
create index ticket_team on eprod.ticket (team_id, status, updated_at desc, id desc);
create index ticket_closed on eprod.ticket (closed_at desc, id desc) where closed_at is not null;

create table eprod.ticket_text (
  ticket_id bigint primary key references eprod.ticket,
  institution_id int not null references eprod.institution,
  pieces text not null,                            -- folded: title, both spellings of the plate, chassis, RENAVAM
  words tsvector not null                          -- of title and public follow-ups; a private note never comes here
);
call eprod.wall('eprod.ticket_text', 'institution_id');
-- The planner looks at no text index behind a policy that is more than `true` (LIKE and @@ are not leakproof). The owner's
-- functions below say the institution themselves; nobody connects as the owner to serve a request.
drop policy maintenance on eprod.ticket_text;
create policy owner_functions on eprod.ticket_text to current_user using (true) with check (true);
grant select on eprod.ticket_text to eprod_web, eprod_staff, eprod_worker;
-- The institution is in the index: what an institution asks costs by its own tickets, whatever the others' hold.
create extension if not exists pg_trgm schema public;
create extension if not exists btree_gin schema public;
create index ticket_text_words on eprod.ticket_text using gin (institution_id, words);
create index ticket_text_pieces on eprod.ticket_text using gin (institution_id, pieces public.gin_trgm_ops);

create table eprod.ticket_number (
  value text not null,                             -- without separators, capitals
  ticket_id bigint not null references eprod.ticket,
  institution_id int not null references eprod.institution,
  primary key (value, ticket_id)
);
call eprod.wall('eprod.ticket_number', 'institution_id');
grant select on eprod.ticket_number to eprod_web, eprod_staff, eprod_worker;

-- Folded, signs as gaps: the parser would take `furto/roubo` for a path and `a.b` for a host.
create function eprod.parted(given text) returns text language sql immutable strict parallel safe
  return translate(eprod.fold(given), '/-.,_@:()', '         ');
create function eprod.words_of(given text) returns tsvector language sql immutable strict parallel safe
  return to_tsvector('pg_catalog.portuguese', eprod.parted(given));
-- All words of `given`; `weight` D: among the follow-ups only (the title's are kept with weight A).
create function eprod.words_asked(given text, weight text) returns tsquery language sql immutable strict parallel safe
  return (select coalesce(string_agg(quote_literal(lexeme) || weight, ' & '), '')::tsquery from unnest(eprod.words_of(given)));
create function eprod.pieces_of(title text, plate text, chassis text, renavam text) returns text language sql immutable parallel safe
  return eprod.fold(concat_ws(' ', title, plate, case when substr(plate, 5, 1) between 'A' and 'J'
    then overlay(plate placing translate(substr(plate, 5, 1), 'ABCDEFGHIJ', '0123456789') from 5) end, chassis, renavam));
create function eprod.numbers_of(answers jsonb) returns table (value text) language sql immutable parallel safe as $$
  select distinct n.value from jsonb_each_text(answers) a
   cross join lateral (select regexp_replace(upper(a.value), '[^0-9A-Z]', '', 'g') as value) n
   where length(a.value) <= 40 and n.value ~ '^([0-9]{11}|[0-9A-Z]{12}[0-9]{2})$'
$$;

create function eprod.note_ticket_text() returns trigger language plpgsql
  security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
begin
  insert into eprod.ticket_text (ticket_id, institution_id, pieces, words)
    values (new.id, new.institution_id, eprod.pieces_of(new.title, new.plate, new.chassis, new.renavam), setweight(eprod.words_of(new.title), 'A'));
  insert into eprod.ticket_number (value, ticket_id, institution_id)
    select n.value, new.id, new.institution_id from eprod.numbers_of(new.answers) n;
  return null;
end $$;
create trigger text_of_ticket after insert on eprod.ticket for each row execute function eprod.note_ticket_text();
create function eprod.note_follow_up_text() returns trigger language plpgsql
  security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
begin
  update eprod.ticket_text set words = words || eprod.words_of(new.body) where ticket_id = new.ticket_id;
  return null;
end $$;
create trigger text_of_follow_up after insert on eprod.follow_up for each row
  when (new.kind <> 'note' and new.body <> '') execute function eprod.note_follow_up_text();

-- Numbers of the tickets the context may see that hold the words of `term` (how = words; follow-ups: in follow-ups only) or the piece `term` (how = pieces):
-- at most `most`; null when there are more, or too many to look for, so that the caller tests row by row instead.
create function eprod.find_tickets(how text, term text, most int) returns bigint[] language plpgsql
  security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
declare
  own int := case when session_user = 'eprod_staff' then null else coalesce(eprod.context_institution(), -1) end;
  test text := case how when 'words' then 'words @@ eprod.words_asked($1, '''')'
                        when 'follow-ups' then 'words @@ eprod.words_asked($1, '':D'')'
                        when 'pieces' then 'pieces like $1' end;
  statement text;
  plan json;
  ids bigint[];
begin
  if test is null or eprod.context_person() is null then return '{}'; end if;
  if own is not null then test := test || ' and institution_id = $2'; end if;
  statement := 'select ticket_id from eprod.ticket_text where ' || test;
  -- The planner's guess keeps a word that everybody writes from being collected; for one institution collecting is cheap.
  if own is null then
    execute 'explain (format json) ' || statement into plan using term, own;
    if (plan->0->'Plan'->>'Plan Rows')::float8 > 10 * most then return null; end if;
  end if;
  execute 'select array(' || statement || ' limit ' || (most + 1)::text || ')' into ids using term, own;
  return case when cardinality(ids) > most then null else ids end;
end $$;
grant execute on function eprod.find_tickets, eprod.words_asked, eprod.words_of, eprod.parted to eprod_web, eprod_staff, eprod_worker;

insert into eprod.ticket_text (ticket_id, institution_id, pieces, words)
  select t.id, t.institution_id, eprod.pieces_of(t.title, t.plate, t.chassis, t.renavam),
         setweight(eprod.words_of(t.title), 'A')
           || coalesce((select eprod.words_of(string_agg(f.body, ' ')) from eprod.follow_up f where f.ticket_id = t.id and f.kind <> 'note'), '')
    from eprod.ticket t;
insert into eprod.ticket_number (value, ticket_id, institution_id)
  select n.value, t.id, t.institution_id from eprod.ticket t cross join lateral eprod.numbers_of(t.answers) n;
