-- A declaration is of the person who made it: a colleague who goes on with the draft makes it anew.
alter table eprod.draft add column declared_by int references eprod.person;
grant update (declared_by) on eprod.draft to eprod_web;
