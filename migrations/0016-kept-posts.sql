-- Kept posts, bounded: three of a person at most, so that a stolen token cannot fill the disk; and each is offered once,
-- so that a post which cannot be taken back does not meet its person at every sign-in.
alter table eprod.kept_post add column offered_at timestamptz;
grant update (offered_at) on eprod.kept_post to eprod_web, eprod_staff;

-- Answers the ids of the older posts that made room: their files are the caller's to forget.
drop function eprod.keep_post;
create function eprod.keep_post(post uuid, person int, path text, fields jsonb, files jsonb, at timestamptz) returns uuid[]
language plpgsql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
declare gone uuid[];
begin
  -- Two posts at one moment would both find room.
  perform pg_advisory_xact_lock(hashtextextended('kept_post:' || person, 7));
  with old as (
    delete from eprod.kept_post k
     where k.person_id = person
       and k.id not in (select n.id from eprod.kept_post n where n.person_id = person and n.kept_until > at
                         order by n.created_at desc, n.id limit 2)
    returning k.id)
  select coalesce(array_agg(id), '{}') into gone from old;
  insert into eprod.kept_post (id, person_id, path, fields, files, kept_until, created_at)
  values (post, person, path, fields, files, at + interval '1 hour', at);
  return gone;
end $$;
revoke all on function eprod.keep_post from public;
grant execute on function eprod.keep_post to eprod_web, eprod_staff;
