-- What was changed by a letter's link says so: nobody is signed in there, and it was not the clock.

-- As in 0098, and the link.
create or replace function eprod.record_mail_choice() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
begin
  if tg_op = 'UPDATE' and (old.scope, old.digest, old.lang) = (new.scope, new.digest, new.lang) then return null; end if;
  insert into eprod.journal_entry (thing, thing_id, institution_id, actor_id, event, at, public_part)
    values ('mail-choice', new.person_id::text, new.institution_id, eprod.context_person(), 'choose-mail', new.changed_at,
      jsonb_build_object('after', new.scope, 'digest', new.digest, 'lang', new.lang)
      || case when tg_op = 'UPDATE' then jsonb_build_object('before', old.scope) else '{}' end
      || case when eprod.context_person() is null then '{"link": true}'::jsonb else '{}' end);
  return null;
end $$;

-- As in 0098, and the link: an address is confirmed or stopped by nothing else.
create or replace function eprod.record_mail_address() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
begin
  if (old.confirmed_at, old.stopped_at) is not distinct from (new.confirmed_at, new.stopped_at) then return null; end if;
  insert into eprod.journal_entry (thing, thing_id, institution_id, actor_id, event, at, public_part, private_part)
    values ('mail-address', new.institution_id::text, new.institution_id, null,
      case when new.stopped_at is null then 'confirm-address' else 'stop-address' end,
      case when new.stopped_at is not null then new.stopped_at
           when old.confirmed_at is null then new.confirmed_at else clock_timestamp() end,
      '{"link": true}', jsonb_build_object('address', new.address));
  return null;
end $$;
