-- What masters and administrators of SOE/WEB do: walls between institutions, who runs the house, classes that end or are to
-- be confirmed, the last master, and an audit whose entries are chained.

-- The scope of a transaction: `house` for signing in, the provider and the administrator, an institution's number for the
-- pages of its masters. A connection that set none sees nothing.
create function soe.is_house() returns boolean language sql stable parallel safe
  return coalesce(current_setting('soe.scope', true), '') = 'house';
create function soe.scope_institution() returns int language sql stable parallel safe
  return case when current_setting('soe.scope', true) ~ '^[0-9]{1,9}$' then current_setting('soe.scope', true)::int end;

alter table soe.institution add column runs_soe boolean not null default false;
-- Its classes of the series 900 are granted there alone, and its administrators are those of SOE/WEB.
create unique index institution_runs_soe on soe.institution (runs_soe) where runs_soe;
update soe.institution set runs_soe = true where id = (
  select min(a.institution_id) from soe.account a join soe.account_class c on c.account_id = a.id where c.class >= 900);

alter table soe.account add column request_key uuid unique;   -- of the form that invited: sent twice, it invites once

alter table soe.account_class
  add column ends_on date,                         -- last day it counts, in São Paulo; null: until it is taken
  add column confirmed_at timestamptz,             -- null: not since it was granted
  add column confirmed_by uuid references soe.account;

create table soe.setting (
  key text primary key check (key in ('recertify-months', 'grace-hours')),
  value int not null check (value between 0 and 1000),
  changed_at timestamptz not null
);

-- Walls. The owner works on these tables in migrations and in functions of its own only; the role of the house is bound.
create procedure soe.wall(target regclass, condition text) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('create policy scope on %s to eprod_soe using (%s) with check (%s)', target, condition, condition);
end $$;
call soe.wall('soe.institution', '(select soe.is_house()) or id = (select soe.scope_institution())');
call soe.wall('soe.account', '(select soe.is_house()) or institution_id = (select soe.scope_institution())');
-- Through the account, whose own wall decides.
call soe.wall('soe.account_class', '(select soe.is_house()) or exists (select from soe.account a where a.id = account_id)');
call soe.wall('soe.link', '(select soe.is_house()) or exists (select from soe.account a where a.id = account_id)');
call soe.wall('soe.audit', '(select soe.is_house()) or institution_id = (select soe.scope_institution())');
call soe.wall('soe.provider_state', '(select soe.is_house())');
call soe.wall('soe.signing_key', '(select soe.is_house())');
call soe.wall('soe.sign_in_attempt', '(select soe.is_house())');

-- A person keeps its CPF and its institution: whoever changes houses gets a new account there.
revoke update on soe.account, soe.institution from eprod_soe;
grant update (name, email, password_hash, master, status) on soe.account to eprod_soe;
grant update (name, status, runs_soe) on soe.institution to eprod_soe;
grant update (ends_on, confirmed_at, confirmed_by) on soe.account_class to eprod_soe;
grant select, insert, update on soe.setting to eprod_soe;

-- Does the CPF have an account, wherever? The one fact about other institutions that inviting needs.
create function soe.cpf_taken(wanted text) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from soe.account where cpf = wanted)
$$;

-- Which classes may be granted where.
create function soe.guard_class() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if new.class in (122, 151) then return new; end if;
  if new.class between 900 and 999 and exists (
    select from soe.account a join soe.institution i on i.id = a.institution_id where a.id = new.account_id and i.runs_soe)
  then return new; end if;
  raise exception 'class % is not granted in this institution', new.class using errcode = 'EP004';
end $$;
create trigger guard_class before insert or update on soe.account_class for each row execute function soe.guard_class();

-- An institution that has a master who can sign in keeps one. Two that leave at the same time take turns at its row.
create function soe.guard_last_master() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform from soe.institution where id = old.institution_id for update;
  if not exists (select from soe.account a where a.institution_id = old.institution_id and a.master
                    and a.status = 'active' and a.password_hash is not null) then
    raise exception 'the last master of an institution stays' using errcode = 'EP005';
  end if;
  return null;
end $$;
create trigger last_master after update on soe.account for each row
  when (old.master and old.status = 'active' and old.password_hash is not null
        and not (new.master and new.status = 'active' and new.password_hash is not null))
  execute function soe.guard_last_master();

-- The audit as a chain: each entry is numbered without gaps and carries the hash of the one before.
alter table soe.audit alter id drop identity, add column previous_hash bytea, add column hash bytea;
create table soe.audit_head (one boolean primary key default true check (one), id bigint not null, hash bytea not null);
create function soe.audit_hash(entry soe.audit) returns bytea language sql stable
  return sha256(entry.previous_hash || convert_to(jsonb_build_array(entry.id, (extract(epoch from entry.at) * 1000000)::bigint,
    entry.actor_id, entry.account_id, entry.institution_id, entry.event, entry.facts)::text, 'UTF8'));

alter table soe.audit disable trigger append_only;
do $$
declare entry soe.audit; head bytea := sha256('SOE/WEB'); number bigint := 0;
begin
  for entry in select * from soe.audit order by id loop
    number := number + 1;
    update soe.audit set id = -number, previous_hash = head where id = entry.id;
    entry.id := number;
    entry.previous_hash := head;
    head := soe.audit_hash(entry);
    update soe.audit set id = number, hash = head where id = -number;
  end loop;
  insert into soe.audit_head (id, hash) values (number, head);
end $$;
alter table soe.audit enable trigger append_only;
alter table soe.audit alter previous_hash set not null, alter hash set not null;

-- The head's row is the turn of whoever writes: numbers follow the order of the chain.
create function soe.chain_audit() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  select h.id + 1, h.hash into new.id, new.previous_hash from soe.audit_head h for update;
  new.hash := soe.audit_hash(new);
  update soe.audit_head set id = new.id, hash = new.hash;
  return new;
end $$;
create trigger chain before insert on soe.audit for each row execute function soe.chain_audit();

-- The first entry at which the chain does not hold, 0 when the end is missing, or null: it holds. And how long it is.
create function soe.check_audit(out entries bigint, out broken_at bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with walked as (
    select a.id, a.hash, a.hash = soe.audit_hash(a)
           and a.previous_hash = coalesce(lag(a.hash) over (order by a.id), sha256('SOE/WEB'))
           and a.id = row_number() over (order by a.id) as holds from soe.audit a)
  select (select id from soe.audit_head),
         coalesce((select min(id) from walked where not holds),
                  (select 0 from soe.audit_head h where not exists (select from walked w where w.id = h.id and w.hash = h.hash) and h.id > 0))
$$;
create index audit_institution on soe.audit (institution_id, id desc);

revoke execute on all functions in schema soe from public;
revoke execute on all procedures in schema soe from public;
grant execute on function soe.is_house, soe.scope_institution, soe.cpf_taken, soe.check_audit to eprod_soe;
