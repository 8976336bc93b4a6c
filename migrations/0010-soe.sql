-- SOE/WEB, a house of its own: institutions, accounts, access classes and the state of its OpenID provider. EPROD knows it
-- only through OpenID Connect: no role of EPROD enters this schema, and eprod_soe has no rights on schema eprod.
create schema soe;
grant usage on schema soe to eprod_soe;

create table soe.institution (
  id int generated always as identity primary key,
  cnpj char(14) not null unique check (cnpj ~ '^[0-9A-Z]{12}[0-9]{2}$'),
  name text not null check (length(name) between 1 and 200),
  status text not null default 'active' check (status in ('active', 'suspended')),
  created_at timestamptz not null
);

create table soe.account (
  id uuid primary key default gen_random_uuid(),   -- the `sub` of the OpenID claims
  institution_id int not null references soe.institution,
  cpf char(11) not null unique check (cpf ~ '^[0-9]{11}$'),
  name text not null check (length(name) between 1 and 200),
  email text not null check (length(email) between 3 and 254),
  password_hash text check (password_hash like '$argon2id$%'),  -- null: no password set yet, nobody enters
  master boolean not null default false,
  status text not null default 'active' check (status in ('active', 'blocked')),
  created_at timestamptz not null
);
create index account_institution on soe.account (institution_id, name);

create table soe.account_class (
  account_id uuid not null references soe.account on delete cascade,
  class int not null check (class between 1 and 9999),
  granted_at timestamptz not null,
  granted_by uuid references soe.account,          -- null: the installation itself
  primary key (account_id, class)
);

-- What oidc-provider keeps: sessions, interactions, codes, tokens, grants.
create table soe.provider_state (
  model text not null,
  id text not null,
  payload jsonb not null,
  grant_id text,
  user_code text,
  uid text,
  consumed_at timestamptz,
  expires_at timestamptz,
  primary key (model, id)
);
create index provider_state_grant on soe.provider_state (grant_id) where grant_id is not null;
create unique index provider_state_uid on soe.provider_state (model, uid) where uid is not null;
create index provider_state_user_code on soe.provider_state (model, user_code) where user_code is not null;
create index provider_state_expiry on soe.provider_state (expires_at);

-- Signing keys, newest first in use; the private half is sealed with the key kept in EPROD_DATA/secrets.
create table soe.signing_key (
  kid text primary key,
  sealed_jwk text not null,
  created_at timestamptz not null,
  retired_at timestamptz
);

-- Tries at the sign-in page, counted to slow an attacker down. 'slowed' was answered without looking at the password.
create table soe.sign_in_attempt (
  id bigint generated always as identity primary key,
  cpf char(11) not null,
  address text not null,
  at timestamptz not null,
  outcome text not null default 'open' check (outcome in ('open', 'in', 'refused', 'slowed'))
);
create index sign_in_attempt_cpf on soe.sign_in_attempt (cpf, at);
create index sign_in_attempt_address on soe.sign_in_attempt (address, at);
create index sign_in_attempt_at on soe.sign_in_attempt (at);

create table soe.audit (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  actor_id uuid,                                   -- who did it; null: nobody signed in, or the installation
  account_id uuid,                                 -- whom it concerns
  institution_id int,
  event text not null,
  facts jsonb not null default '{}'
);
create index audit_account on soe.audit (account_id, at);
create function soe.refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit of SOE/WEB is append-only' using errcode = 'EP001';
end $$;
create trigger append_only before update or delete on soe.audit for each row execute function soe.refuse_audit_change();
create trigger never_emptied before truncate on soe.audit for each statement execute function soe.refuse_audit_change();
revoke all on all functions in schema soe from public;

grant select, insert, update on soe.institution, soe.account, soe.signing_key, soe.sign_in_attempt to eprod_soe;
grant select, insert, update, delete on soe.provider_state to eprod_soe;
grant select, insert, delete on soe.account_class to eprod_soe;
grant delete on soe.sign_in_attempt to eprod_soe;
grant select, insert on soe.audit to eprod_soe;
