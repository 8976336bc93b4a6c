-- What the administrator's pages of SOE/WEB need: institutions added once, applications told each by itself, the log of
-- sign-ins as a list.

alter table soe.institution add column request_key uuid unique;   -- of the form that added it: sent twice, it adds once

-- With several applications one that does not answer must not have the others told anew.
alter table soe.logout_notice
  add column client_id text,                       -- whose session `sid` is; null: every application
  add column told text[] not null default '{}';    -- applications that have taken it

create index audit_sign_in on soe.audit (at desc, id desc) where event in ('signed-in', 'sign-in-refused');
create index audit_application on soe.audit ((facts->>'application'), id desc) where facts->>'application' is not null;
create index sign_in_slowed on soe.sign_in_attempt (at desc, id desc) where outcome = 'slowed';
-- What has changed, without who came in.
create index audit_changes on soe.audit (id desc) where event not in ('signed-in', 'sign-in-refused');
