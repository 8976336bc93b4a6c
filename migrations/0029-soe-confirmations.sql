-- Masters are written to once about each period of a class: what was asked is kept beside the class, as the start of the
-- period (granted or last confirmed). A confirmation starts another.
alter table soe.account_class add column asked_about timestamptz;
grant update (asked_about) on soe.account_class to eprod_soe;
create index account_class_since on soe.account_class ((coalesce(confirmed_at, granted_at)));
