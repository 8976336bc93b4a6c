-- What is known of each stored content: what a look into it found, and what the virus scanner said. One row for each content
-- of an institution, made when a file of it comes; written by the worker alone. Only a ticket's own facts are told by it:
-- the identifiers found in a text are compared with those of whoever shows the file.
create table eprod.file_check (
  institution_id int not null references eprod.institution,
  sha256 bytea not null check (length(sha256) = 32),
  looked_at timestamptz,
  look jsonb,
  identifiers text[] not null default '{}',        -- plates (Mercosul spelling) and what may be a chassis, as the text has them
  scanned_at timestamptz,
  scan text check (scan in ('none', 'clean', 'infected')),   -- none: there was no scanner then
  virus text check (length(virus) <= 200),
  scan_failed_at timestamptz,                      -- the scanner did not answer
  primary key (institution_id, sha256),
  check ((looked_at is null) = (look is null)),
  check ((scanned_at is null) = (scan is null)),
  check ((virus is not null) = (scan is not distinct from 'infected'))
);
create index file_check_waiting on eprod.file_check (institution_id, sha256) where looked_at is null or scan is null;
create index file_check_unscanned on eprod.file_check (institution_id, sha256) where scan = 'none';
call eprod.wall('eprod.file_check', null);
drop policy staff on eprod.file_check;
-- Whoever may see a file may see what is known of it; the question goes through the walls of the files themselves.
create policy of_a_seen_file on eprod.file_check for select to eprod_web, eprod_staff
  using (exists (select from eprod.attachment a
                  where a.sha256 = file_check.sha256 and a.institution_id = file_check.institution_id));
grant select on eprod.file_check to eprod_web, eprod_staff;
grant select, delete, update (looked_at, look, identifiers, scanned_at, scan, virus, scan_failed_at) on eprod.file_check to eprod_worker;

-- Adds the job of a content, of no queue: a queue stays locked for hours when its worker is killed.
create function eprod.enqueue_file_check(institution int, content bytea) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform graphile_worker.add_job('attachments.check-file',
    json_build_object('institutionId', institution, 'sha256', encode(content, 'hex')),
    job_key => 'attachments.check:' || institution || ':' || encode(content, 'hex'), max_attempts => 25);
end $$;
revoke all on function eprod.enqueue_file_check from public;
grant execute on function eprod.enqueue_file_check to eprod_worker;

create function eprod.check_new_files() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
declare made record;
begin
  for made in
    insert into eprod.file_check (institution_id, sha256) select distinct institution_id, sha256 from fresh
    on conflict do nothing returning institution_id, sha256
  loop
    perform eprod.enqueue_file_check(made.institution_id, made.sha256);
  end loop;
  return null;
end $$;
revoke all on function eprod.check_new_files from public;
create trigger check_new after insert on eprod.attachment referencing new table as fresh
  for each statement execute function eprod.check_new_files();

-- Files that are there already: the worker's clock takes them up a few at a time.
insert into eprod.file_check (institution_id, sha256) select distinct institution_id, sha256 from eprod.attachment;
