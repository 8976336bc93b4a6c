-- Sessions of SOE/WEB as their owner sees them, second factors, and what must be told to the houses that trust it.

-- One row for each session of the provider (`uid`: its name there): from which browser, since when.
create table soe.session (
  uid text primary key,
  account_id uuid not null references soe.account,
  address text not null,
  agent text not null check (length(agent) <= 300),
  methods text[] not null,                         -- how the person showed who it is: RFC 8176 names
  started_at timestamptz not null,
  seen_at timestamptz not null,
  ended_at timestamptz
);
create index session_account on soe.session (account_id) where ended_at is null;
create index provider_state_account on soe.provider_state ((payload->>'accountId')) where model = 'Session';

-- One-time codes by time (RFC 6238). The secret is sealed; `last_step` is the newest step that was used: none counts twice.
create table soe.totp (
  account_id uuid primary key references soe.account,
  sealed_secret text not null,
  last_step bigint not null default 0,
  created_at timestamptz not null
);

create table soe.recovery_code (
  account_id uuid not null references soe.account,
  code_hash bytea not null check (length(code_hash) = 32),
  used_at timestamptz,
  primary key (account_id, code_hash)
);

-- Public keys of passkeys (WebAuthn); the private halves never leave their devices.
create table soe.passkey (
  id text primary key check (length(id) <= 1400),
  account_id uuid not null references soe.account,
  name text not null check (length(name) between 1 and 60),
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  created_at timestamptz not null,
  used_at timestamptz
);
create index passkey_account on soe.passkey (account_id);

-- Notices that a person's access has changed, to be carried to every client (OpenID Connect Back-Channel Logout 1.0).
-- sid null: all sessions of the account. Sent rows are removed with the next cleaning.
create table soe.logout_notice (
  id bigint generated always as identity primary key,
  account_id uuid not null references soe.account,
  sid text,
  created_at timestamptz not null,
  tries int not null default 0,
  next_at timestamptz not null,
  sent_at timestamptz
);
create index logout_notice_due on soe.logout_notice (next_at) where sent_at is null;

-- Whoever takes a class, blocks an account, suspends an institution or sets a password need not remember to tell the
-- clients: the change itself does, in its own transaction.
create function soe.tell_access_changed(who uuid) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into soe.logout_notice (account_id, created_at, next_at) values (who, now(), now())
$$;
create function soe.access_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  case tg_table_name
    when 'account_class' then
      if exists (select from soe.account where id = old.account_id) then perform soe.tell_access_changed(old.account_id); end if;
    when 'account' then perform soe.tell_access_changed(old.id);
    else perform soe.tell_access_changed(a.id) from soe.account a where a.institution_id = old.id;
  end case;
  return null;
end $$;
create trigger class_taken after delete on soe.account_class for each row execute function soe.access_changed();
create trigger account_changed after update on soe.account for each row
  when (new.status = 'blocked' and old.status = 'active' or new.password_hash is distinct from old.password_hash
        or new.institution_id <> old.institution_id)
  execute function soe.access_changed();
create trigger institution_changed after update on soe.institution for each row
  when (new.status = 'suspended' and old.status = 'active') execute function soe.access_changed();

-- A class that ends by its date ends sessions like one that is taken. The end that was told is kept: it is told once.
alter table soe.account_class add column end_told date;
create function soe.tell_ended_classes(today date) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with ended as (
    update soe.account_class set end_told = ends_on
     where ends_on < today and end_told is distinct from ends_on returning account_id)
  insert into soe.logout_notice (account_id, created_at, next_at) select distinct account_id, now(), now() from ended
$$;
create index account_class_ends on soe.account_class (ends_on) where ends_on is not null;

-- Challenges of passkeys that were answered, until they would have expired: an answer counts once.
create table soe.used_challenge (
  id text primary key,
  until timestamptz not null
);

do $$
declare name text;
begin
  foreach name in array array['session', 'totp', 'recovery_code', 'passkey', 'logout_notice', 'used_challenge'] loop
    call soe.wall(('soe.' || name)::regclass, '(select soe.is_house())');
  end loop;
end $$;
revoke execute on all functions in schema soe from public;
grant execute on function soe.tell_ended_classes to eprod_soe;
grant select, insert, update, delete on soe.session, soe.totp, soe.recovery_code, soe.passkey, soe.logout_notice,
  soe.used_challenge to eprod_soe;
