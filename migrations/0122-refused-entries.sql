-- Whom EPROD refuses at its door, although the provider signed the person in, stands in the journal: when, why, and who by the CPF,
-- masked where it is shown; the whole one can be erased. A person known from an earlier entry is named.
create function eprod.refuse_entry(told jsonb, at timestamptz) returns void
language sql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
  insert into eprod.journal_entry (thing, thing_id, institution_id, actor_id, event, at, public_part, private_part, staff_only)
  select 'entry', coalesce(told->>'cnpj', '-'), i.id, p.id, 'entry-refused', refuse_entry.at,
         jsonb_build_object('why', told->>'why', 'cpf', told->>'masked'),
         case when told->>'cpf' is not null then jsonb_build_object('cpf', told->>'cpf') end, true
    from (select) one
    left join eprod.institution i on i.cnpj = told->>'cnpj'
    left join eprod.person p on p.institution_id = i.id and p.cpf = told->>'cpf'
$$;
revoke all on function eprod.refuse_entry from public;
grant execute on function eprod.refuse_entry to eprod_entry;
-- An auditor looks for the tries of one person by the whole CPF.
create index journal_refused on eprod.journal_entry ((private_part->>'cpf')) where event = 'entry-refused';
