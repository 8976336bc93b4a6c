-- Forms as data: a published version never changes; a ticket keeps the version it was filed with. Drafts live on the server.
create table eprod.form (
  id int generated always as identity primary key,
  code text not null unique check (code ~ '^[a-z0-9-]{1,60}$')
);
call eprod.wall('eprod.form', null);
create policy everyone on eprod.form for select to eprod_web using (true);

create table eprod.form_version (
  id int generated always as identity primary key,
  form_id int not null references eprod.form,
  number int not null check (number >= 1),
  status text not null default 'draft' check (status in ('draft', 'published', 'retired')),
  definition jsonb not null,
  created_at timestamptz not null default now(),
  published_at timestamptz,
  unique (form_id, number),
  check ((status = 'draft') = (published_at is null))
);
create unique index one_published_version on eprod.form_version (form_id) where status = 'published';
call eprod.wall('eprod.form_version', null);
create policy everyone on eprod.form_version for select to eprod_web using (status <> 'draft');
grant select on eprod.form, eprod.form_version to eprod_web, eprod_staff, eprod_worker;

create function eprod.keep_published_version() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and old.status = 'draft' then return old; end if;
  if tg_op = 'UPDATE' and old.status = 'draft' then return new; end if;
  if tg_op = 'UPDATE' and old.status = 'published' and new.status = 'retired'
     and to_jsonb(new) - 'status' = to_jsonb(old) - 'status' then return new; end if;
  raise exception 'a published form version never changes' using errcode = 'EP002';
end $$;
create trigger published_never_changes before update or delete on eprod.form_version
  for each row execute function eprod.keep_published_version();

create table eprod.draft (
  id uuid primary key default gen_random_uuid(),
  institution_id int not null references eprod.institution,
  person_id int not null references eprod.person,
  form_version_id int not null references eprod.form_version,
  answers jsonb not null default '{}',
  copied_from bigint,                              -- the closed ticket whose answers it copies; foreign key in 0005
  filed_as bigint unique,                          -- the ticket it became: filing twice gives the same ticket
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index draft_open on eprod.draft (institution_id, updated_at desc) where filed_as is null;
call eprod.wall('eprod.draft', 'institution_id');
grant select, insert, delete on eprod.draft to eprod_web;
grant update (answers, updated_at, filed_as, form_version_id) on eprod.draft to eprod_web;
grant select, delete on eprod.draft to eprod_worker;

-- What was sent after the session had expired: kept for an hour, shown only to the same person once signed in again.
create table eprod.kept_post (
  id uuid primary key,
  person_id int not null references eprod.person,
  path text not null,
  fields jsonb not null,
  files jsonb not null default '[]',               -- [{document, name, size, sha256, mediaType}] of this post's own folder
  kept_until timestamptz not null,
  created_at timestamptz not null
);
create index kept_post_person on eprod.kept_post (person_id);
create index kept_post_until on eprod.kept_post (kept_until);
call eprod.wall('eprod.kept_post', null);
create policy own_posts on eprod.kept_post to eprod_web using (person_id = (select eprod.context_person()));
grant select, delete on eprod.kept_post to eprod_web, eprod_staff, eprod_worker;
drop policy staff on eprod.kept_post;
create policy own_posts_of_staff on eprod.kept_post to eprod_staff using (person_id = (select eprod.context_person()));

-- Called without a session, after the application has verified the signed token that names the person and the path.
create function eprod.keep_post(post uuid, person int, path text, fields jsonb, files jsonb, at timestamptz) returns void
language sql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
  insert into eprod.kept_post (id, person_id, path, fields, files, kept_until, created_at)
  values (post, person, path, fields, files, at + interval '1 hour', at)
$$;
grant execute on function eprod.keep_post to eprod_web, eprod_staff;
