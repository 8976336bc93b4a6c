-- The editor of forms: drafts of versions with their tests, who wrote, published and retired them, and one grammar of conditions.

-- Conditions were trees of all/any/not; they become the lists of the search (room criteria), operators keeping their names.
-- The one time that published versions are rewritten: what they say stays, only its spelling changes.
create function pg_temp.criteria(c jsonb) returns jsonb language plpgsql as $$
declare made jsonb := '[]'; part jsonb; link text := 'and'; parts jsonb;
begin
  if jsonb_typeof(c) <> 'object' then return c; end if;
  if c ? 'not' then
    return jsonb_build_array(jsonb_build_object('link', 'and-not', 'items', pg_temp.criteria(c->'not')));
  end if;
  if not (c ? 'all' or c ? 'any') then
    return jsonb_build_array(jsonb_build_object('link', 'and', 'field', c->'question', 'operator', c->'operator', 'values',
      case jsonb_typeof(c->'value') when 'array' then c->'value' when 'string' then jsonb_build_array(c->'value') else '[]' end));
  end if;
  parts := coalesce(c->'all', c->'any');
  for part in select jsonb_array_elements(parts) loop
    if part ?| array['all', 'any', 'not'] then
      made := made || jsonb_build_array(jsonb_build_object('link', link, 'items', pg_temp.criteria(part)));
    else
      made := made || jsonb_set(pg_temp.criteria(part), '{0,link}', to_jsonb(link));
    end if;
    if c ? 'any' then link := 'or'; end if;
  end loop;
  return made;
end $$;
create function pg_temp.respelled(thing jsonb) returns jsonb language sql as $$
  select coalesce(jsonb_object_agg(key, case
    when key in ('show', 'required') then pg_temp.criteria(value)
    when key = 'need' and value ? 'when' then jsonb_build_object('when', pg_temp.criteria(value->'when'))
    when key in ('sections', 'questions', 'documents') then
      (select coalesce(jsonb_agg(pg_temp.respelled(item) order by n), '[]') from jsonb_array_elements(value) with ordinality as one (item, n))
    else value end), '{}')
    from jsonb_each(thing)
$$;
alter table eprod.form_version disable trigger published_never_changes;
update eprod.form_version set definition = pg_temp.respelled(definition);
alter table eprod.form_version enable trigger published_never_changes;

alter table eprod.form_version
  add column tests jsonb not null default '[]',
  add column edition int not null default 1 check (edition >= 1),   -- each change of a draft counts one: nobody overwrites unseen
  add column changed_at timestamptz not null default now(),
  add column changed_by int references eprod.person,                -- null: the seed
  add column retired_at timestamptz,
  add column size int generated always as (length(definition::text)) stored check (size <= 2000000);
create unique index one_draft_version on eprod.form_version (form_id) where status = 'draft';

create or replace function eprod.keep_published_version() returns trigger language plpgsql as $$
declare past jsonb := to_jsonb(old);
begin
  if old.status = 'draft' then
    if tg_op = 'DELETE' then return old; end if;
    if new.form_id <> old.form_id or new.number <> old.number or new.edition <> old.edition + 1 then
      raise exception 'a draft of a form changes by one edition' using errcode = 'EP002';
    end if;
    return new;
  end if;
  if tg_op = 'UPDATE' and old.status = 'published' and new.status = 'retired'
     and to_jsonb(new) - '{status,retired_at}'::text[] = past - '{status,retired_at}'::text[] then return new; end if;
  raise exception 'a published form version never changes' using errcode = 'EP002';
end $$;
create function eprod.refuse_form_truncate() returns trigger language plpgsql as $$
begin
  raise exception 'a published form version never changes' using errcode = 'EP002';
end $$;
create trigger never_emptied before truncate on eprod.form_version for each statement execute function eprod.refuse_form_truncate();

-- Whoever fills in does so in a version that is or was published, even by raw SQL.
create function eprod.refuse_unpublished_version() returns trigger language plpgsql
  security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
begin
  if exists (select from eprod.form_version v where v.id = new.form_version_id and v.status = 'draft') then
    raise exception 'this form version is not published' using errcode = 'EP002';
  end if;
  return new;
end $$;
create trigger only_published_version before insert or update of form_version_id on eprod.draft
  for each row execute function eprod.refuse_unpublished_version();
create trigger only_published_version before insert or update of form_version_id on eprod.ticket
  for each row execute function eprod.refuse_unpublished_version();

-- Only whose live session holds class 903 writes forms.
create function eprod.manages_forms() returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
  select exists (select from eprod.session s
    where s.id = nullif(current_setting('eprod.session', true), '')::bigint
      and s.person_id = (select eprod.context_person()) and s.ended_at is null and 903 = any (s.classes))
$$;
revoke execute on all functions in schema eprod from public;
grant execute on function eprod.manages_forms() to eprod_staff;

create policy managers_add_forms on eprod.form as restrictive for insert to eprod_staff
  with check ((select eprod.manages_forms()));
create policy managers_add on eprod.form_version as restrictive for insert to eprod_staff
  with check (status = 'draft' and changed_by = (select eprod.context_person()) and (select eprod.manages_forms()));
create policy managers_change on eprod.form_version as restrictive for update to eprod_staff
  using ((select eprod.manages_forms()));
create policy managers_remove on eprod.form_version as restrictive for delete to eprod_staff
  using (status = 'draft' and (select eprod.manages_forms()));
grant insert (code) on eprod.form to eprod_staff;
grant insert (form_id, number, definition, tests, created_at, changed_at, changed_by) on eprod.form_version to eprod_staff;
grant update (status, definition, tests, edition, changed_at, changed_by, published_at, retired_at) on eprod.form_version to eprod_staff;
grant delete on eprod.form_version to eprod_staff;
