-- What a receipt of a filed ticket vouches for, as one text: nothing in it can change after filing (0014-guards.sql). Built
-- here, so that whoever signs it and whoever is asked about it mean the same bytes.
create function eprod.receipt_facts(ticket bigint) returns text language sql stable set search_path = pg_catalog, pg_temp as $$
  select jsonb_build_object(
           'ticket', t.id,
           'openedAt', to_char(t.opened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
           'institution', i.cnpj,
           'title', t.title,
           'formVersion', t.form_version_id,
           'answers', t.answers,
           'files', (select coalesce(jsonb_agg(jsonb_build_object('n', a.n, 'document', a.document, 'name', a.name,
                              'size', a.size, 'sha256', encode(a.sha256, 'hex')) order by a.n), '[]')
                       from eprod.attachment a where a.ticket_id = t.id and a.n is not null and a.follow_up_id is null))::text
    from eprod.ticket t join eprod.institution i on i.id = t.institution_id
   where t.id = receipt_facts.ticket
$$;

-- Anybody may ask whether a receipt is authentic, nobody what stands in it: the hash of the facts of any ticket, for the role
-- of whoever has not signed in.
create function eprod.receipt_digest(ticket bigint) returns bytea
language sql stable security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
  select sha256(convert_to(eprod.receipt_facts(receipt_digest.ticket), 'UTF8'))
$$;
revoke execute on function eprod.receipt_facts, eprod.receipt_digest from public;
grant execute on function eprod.receipt_facts to eprod_web, eprod_staff;
grant execute on function eprod.receipt_digest to eprod_entry;
