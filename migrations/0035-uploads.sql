-- Files on their way: what was announced for a document of a draft. The bytes lie in EPROD_DATA/parts/<id>; how many have
-- come is the length of that file, so that no crash can make row and file disagree.
create table eprod.upload (
  id uuid primary key default gen_random_uuid(),
  institution_id int not null references eprod.institution,
  person_id int not null references eprod.person,
  draft_id uuid not null references eprod.draft on delete cascade,
  document text not null check (length(document) between 1 and 60),
  name text not null check (length(name) between 1 and 255),
  size bigint not null check (size >= 1),
  begun_at timestamptz not null,
  concluded_at timestamptz,                        -- every byte came and the file was taken or refused
  problem jsonb,                                   -- why it was refused
  check (problem is null or concluded_at is not null)
);
create index upload_draft on eprod.upload (draft_id);
create index upload_begun on eprod.upload (begun_at);
call eprod.wall('eprod.upload', null);
drop policy staff on eprod.upload;
-- One's own only: a colleague goes on with the draft, not with what another's browser is sending.
create policy own_uploads on eprod.upload to eprod_web
  using (person_id = (select eprod.context_person()) and institution_id = (select eprod.context_institution()))
  with check (person_id = (select eprod.context_person()) and institution_id = (select eprod.context_institution()));
grant select, insert, delete on eprod.upload to eprod_web;
grant update (concluded_at, problem) on eprod.upload to eprod_web;
grant select, delete on eprod.upload to eprod_worker;
