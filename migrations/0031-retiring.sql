-- A version is retired by its status and instant alone. Generated columns are not yet made when a trigger sees the row.
create or replace function eprod.keep_published_version() returns trigger language plpgsql as $$
declare free text[] := '{status,retired_at,size}';
begin
  if old.status = 'draft' then
    if tg_op = 'DELETE' then return old; end if;
    if new.form_id <> old.form_id or new.number <> old.number or new.edition <> old.edition + 1 then
      raise exception 'a draft of a form changes by one edition' using errcode = 'EP002';
    end if;
    return new;
  end if;
  if tg_op = 'UPDATE' and old.status = 'published' and new.status = 'retired'
     and to_jsonb(new) - free = to_jsonb(old) - free then return new; end if;
  raise exception 'a published form version never changes' using errcode = 'EP002';
end $$;
