-- As in 0150; which share is too common goes by how many the caller wants: of five thousand tickets more than that many
-- bear it. A list counts along what was collected (2,000: two in five), Pesquisar shows a page and is sooner there by walking.
create or replace function eprod.find_tickets(how text, term text, most int) returns bigint[] language plpgsql
  security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
declare
  own int := case when session_user = 'eprod_staff' then null else coalesce(eprod.context_institution(), -1) end;
  test text := case how when 'words' then 'words @@ eprod.words_asked($1, '''')'
                        when 'follow-ups' then 'words @@ eprod.words_asked($1, '':D'')'
                        when 'pieces' then 'pieces like $1' end;
  hits int;
  ids bigint[];
begin
  if test is null or eprod.context_person() is null then return '{}'; end if;
  if own is null then
    -- Five in a thousand: the caller meets a page of them within some thousand rows.
    execute 'select count(*) from (select pieces, words from eprod.ticket_text order by ticket_id desc limit 1000) x where ' || test
      into hits using term;
    if hits >= 5 then return null; end if;
  else
    -- `offset 0`: the test is not taken to the index of all texts there are.
    execute 'select count(*) from (select x.pieces, x.words
               from (select id from eprod.ticket where institution_id = $2 order by id desc limit 200) t
               join eprod.ticket_text x on x.ticket_id = t.id offset 0) x where ' || test
      into hits using term, own;
    if hits > most / 25 then return null; end if;
    test := test || ' and institution_id = $2';
  end if;
  execute 'select array(select ticket_id from eprod.ticket_text where ' || test || ' limit ' || (most + 1)::text || ')'
    into ids using term, own;
  return case when cardinality(ids) > most then null else ids end;
end $$;
