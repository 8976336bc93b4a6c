-- However many files an institution sends, the others' are not kept waiting: a file comes after those of whoever has fewer waiting.
create or replace function eprod.enqueue_file_check(institution int, content bytea) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp set eprod.maintenance = 'on' as $$
begin
  perform graphile_worker.add_job('attachments.check-file',
    json_build_object('institutionId', institution, 'sha256', encode(content, 'hex')),
    priority => (select count(*)::int from (select from eprod.file_check c
      where c.institution_id = institution and c.looked_at is null limit 100) waiting),
    job_key => 'attachments.check:' || institution || ':' || encode(content, 'hex'), max_attempts => 25);
end $$;
