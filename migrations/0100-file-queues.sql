-- Files of one institution are checked one after the other, so that however many it sends, the others' are not kept waiting.
create or replace function eprod.enqueue_file_check(institution int, content bytea) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform graphile_worker.add_job('attachments.check-file',
    json_build_object('institutionId', institution, 'sha256', encode(content, 'hex')), queue_name => 'attachments:' || institution,
    job_key => 'attachments.check:' || institution || ':' || encode(content, 'hex'), max_attempts => 25);
end $$;
