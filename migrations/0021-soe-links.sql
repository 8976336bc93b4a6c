-- One-time links of SOE/WEB: an invitation to set the first password, a reset, the first administrator. Only the hash of
-- what stands in the link is kept.
create table soe.link (
  id bigint generated always as identity primary key,
  token_hash bytea not null unique check (length(token_hash) = 32),
  account_id uuid not null references soe.account,
  purpose text not null check (purpose in ('invitation', 'reset')),
  made_by uuid references soe.account,             -- null: the person itself, or the installation
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  replaced_at timestamptz                          -- a later link of the same account and purpose took its place
);
-- Of two made at the same time one is in force.
create unique index link_in_force on soe.link (account_id, purpose) where used_at is null and replaced_at is null;
create index link_expiry on soe.link (expires_at);
grant select, insert, delete, update (used_at, replaced_at) on soe.link to eprod_soe;
