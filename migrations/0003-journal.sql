-- Settings, and the journal: every change as one row, chained per thing by hashes.
create table eprod.setting (
  key text primary key,
  value jsonb not null,
  changed_at timestamptz not null default now()
);
call eprod.wall('eprod.setting', null);
create policy everyone on eprod.setting for select to eprod_web using (true);
grant select on eprod.setting to eprod_web, eprod_staff, eprod_worker;

create table eprod.journal_entry (
  id bigint generated always as identity primary key,
  thing text not null,
  thing_id text not null,
  seq int not null check (seq >= 1),
  institution_id int references eprod.institution,
  actor_id int references eprod.person,          -- null: the clock or the system
  event text not null,
  at timestamptz not null,
  public_part jsonb not null,
  private_part jsonb,                            -- what may be erased by law; the chain stays verifiable without it
  salt bytea,
  private_digest bytea,                          -- sha256(salt || private_part)
  staff_only boolean not null default false,     -- private notes never reach the institution in any way
  previous_hash bytea,
  hash bytea not null,
  unique (thing, thing_id, seq),
  check ((seq = 1) = (previous_hash is null)),
  check (private_part is null or (salt is not null and private_digest is not null))
);
create index journal_institution on eprod.journal_entry (institution_id, at);
call eprod.wall('eprod.journal_entry', null);
create policy institution_reads on eprod.journal_entry for select to eprod_web
  using (institution_id = (select eprod.context_institution()) and not staff_only);
grant select on eprod.journal_entry to eprod_web, eprod_staff, eprod_worker;

-- The text a hash is taken over. One definition for the database and for `npm run verify`.
create function eprod.journal_text(e eprod.journal_entry) returns text language sql stable parallel safe
  set timezone = 'UTC' as $$
  select concat_ws(E'\n', coalesce(encode(e.previous_hash, 'hex'), '-'), e.thing, e.thing_id, e.seq,
    coalesce(e.institution_id::text, '-'), coalesce(e.actor_id::text, '-'), e.event,
    to_char(e.at, 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.public_part::text, coalesce(encode(e.private_digest, 'hex'), '-'),
    e.staff_only)
$$;

create function eprod.chain_entry() returns trigger language plpgsql
  security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
declare last record;
begin
  -- The caller holds the lock on the thing itself; the advisory lock covers things that have no row.
  perform pg_advisory_xact_lock(hashtextextended(new.thing || ':' || new.thing_id, 7));
  select seq, hash into last from eprod.journal_entry
   where thing = new.thing and thing_id = new.thing_id order by seq desc limit 1;
  new.seq := coalesce(last.seq, 0) + 1;
  new.previous_hash := last.hash;
  if new.private_part is not null then
    new.salt := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
    new.private_digest := sha256(new.salt || convert_to(new.private_part::text, 'UTF8'));
  end if;
  new.hash := sha256(convert_to(eprod.journal_text(new), 'UTF8'));
  return new;
end $$;
create trigger chain before insert on eprod.journal_entry for each row execute function eprod.chain_entry();

create function eprod.refuse_journal_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.private_part is null and new.salt is null
     and to_jsonb(new) - 'private_part' - 'salt' = to_jsonb(old) - 'private_part' - 'salt' then
    return new; -- erasing the private part and its salt is the one change allowed
  end if;
  raise exception 'the journal is append-only' using errcode = 'EP001';
end $$;
create trigger append_only before update or delete on eprod.journal_entry for each row execute function eprod.refuse_journal_change();
create trigger never_emptied before truncate on eprod.journal_entry for each statement execute function eprod.refuse_journal_change();
grant insert (thing, thing_id, institution_id, actor_id, event, at, public_part, private_part, staff_only) on eprod.journal_entry to eprod_staff, eprod_worker;
grant insert (thing, thing_id, institution_id, actor_id, event, at, public_part, private_part, staff_only) on eprod.journal_entry to eprod_web;
-- An institution writes entries of its own people only.
create policy institution_writes on eprod.journal_entry for insert to eprod_web
  with check (institution_id = (select eprod.context_institution()) and actor_id = (select eprod.context_person()) and not staff_only);
