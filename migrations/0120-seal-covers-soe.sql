-- The seal of a day covers the audit of SOE/WEB too: number and hash of its last entry, under which its chain holds all before.
alter table eprod.seal add column audit_to bigint, add column audit_hash bytea;  -- null: sealed before this was covered

-- As in 0102, and the head of that audit.
create or replace function eprod.seal_day(sealed date, at timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' set timezone = 'UTC' as $$
declare last eprod.seal; made eprod.seal;
begin
  lock table eprod.journal_entry, eprod.reading in share mode;
  select * into last from eprod.seal order by day desc limit 1;
  if last.day >= sealed then return false; end if;
  made.day := sealed; made.made_at := at; made.previous_hash := last.hash;
  select coalesce(max(e.id), coalesce(last.entries_to, 0)), count(*), sha256(coalesce(string_agg(e.hash, ''::bytea order by e.id), ''))
    into made.entries_to, made.entries, made.entries_hash
    from eprod.journal_entry e where e.id > coalesce(last.entries_to, 0);
  select coalesce(max(r.id), coalesce(last.readings_to, 0)), count(*),
         sha256(convert_to(coalesce(string_agg(eprod.reading_text(r) || E'\n', '' order by r.id), ''), 'UTF8'))
    into made.readings_to, made.readings, made.readings_hash
    from eprod.reading r where r.id > coalesce(last.readings_to, 0);
  select h.id, h.hash into made.audit_to, made.audit_hash from soe.audit_head h;
  made.hash := sha256(convert_to(concat_ws('|', coalesce(encode(made.previous_hash, 'hex'), '-'), to_char(made.day, 'YYYY-MM-DD'), made.entries_to,
    made.readings_to, made.entries, made.readings, encode(made.entries_hash, 'hex'), encode(made.readings_hash, 'hex'),
    made.audit_to, encode(made.audit_hash, 'hex')), 'UTF8'));
  insert into eprod.seal select (made).*;
  insert into eprod.seal_mark (day, kind, lot, marks)
  select sealed, x.kind, x.lot, string_agg(int8send(x.id) || substring(x.hash from 1 for 8), ''::bytea order by x.id)
    from (select 'entries' as kind, e.id, e.hash, ((row_number() over (order by e.id) - 1) / 1000)::int as lot
            from eprod.journal_entry e where e.id > coalesce(last.entries_to, 0) and e.id <= made.entries_to
          union all
          select 'readings', r.id, sha256(convert_to(eprod.reading_text(r) || E'\n', 'UTF8')), ((row_number() over (order by r.id) - 1) / 1000)::int
            from eprod.reading r where r.id > coalesce(last.readings_to, 0) and r.id <= made.readings_to) x
   group by x.kind, x.lot;
  return true;
end $$;
