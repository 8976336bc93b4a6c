-- Applications that trust SOE/WEB besides the one it is installed with: their addresses, and their secrets as hashes.
create table soe.client (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{2,39}$'),
  name text not null check (length(name) between 1 and 100),
  redirect_uris text[] not null check (cardinality(redirect_uris) between 1 and 10),
  post_logout_uris text[] not null check (cardinality(post_logout_uris) <= 10),
  backchannel_logout_uri text,
  status text not null default 'active' check (status in ('active', 'suspended')),
  created_at timestamptz not null
);

-- Of several secrets all count until their end: a rotated one for a time of grace, so that nobody is shut out meanwhile.
create table soe.client_secret (
  id bigint generated always as identity primary key,
  client_id text not null references soe.client,
  secret_hash bytea not null unique check (length(secret_hash) = 32),
  made_at timestamptz not null,
  made_by uuid references soe.account,
  ends_at timestamptz                              -- null: the one in use
);
create unique index client_secret_in_use on soe.client_secret (client_id) where ends_at is null;
create index client_secret_client on soe.client_secret (client_id, ends_at);

call soe.wall('soe.client', '(select soe.is_house())');
call soe.wall('soe.client_secret', '(select soe.is_house())');
grant select, insert on soe.client, soe.client_secret to eprod_soe;
grant update (name, redirect_uris, post_logout_uris, backchannel_logout_uri, status) on soe.client to eprod_soe;
grant update (ends_at) on soe.client_secret to eprod_soe;
