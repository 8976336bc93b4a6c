-- A seal says that something is not as it was; its marks say what: of each row its number and the beginning of its hash.
create table eprod.seal_mark (
  day date not null references eprod.seal,
  kind text not null check (kind in ('entries', 'readings')),
  lot int not null,
  marks bytea not null,                            -- 16 bytes a row: number, first half of 16 bytes of its hash
  primary key (day, kind, lot)
);
call eprod.wall('eprod.seal_mark', null);
drop policy staff on eprod.seal_mark;
create trigger append_only before update or delete on eprod.seal_mark for each row execute function eprod.refuse_audit_change();
create trigger never_emptied before truncate on eprod.seal_mark for each statement execute function eprod.refuse_audit_change();

-- As in 0043, and the marks of what it covers.
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
  made.hash := sha256(convert_to(concat_ws('|', coalesce(encode(made.previous_hash, 'hex'), '-'), to_char(made.day, 'YYYY-MM-DD'), made.entries_to,
    made.readings_to, made.entries, made.readings, encode(made.entries_hash, 'hex'), encode(made.readings_hash, 'hex')), 'UTF8'));
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
