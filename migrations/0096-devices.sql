-- The browser a try at signing in comes from, as a hash of its name: one that has signed in as this person before is held up by
-- its own tries alone, wherever it is and whoever else tries.
alter table soe.sign_in_attempt add column device text;
