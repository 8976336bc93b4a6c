-- Why a ticket waits, as searches compare it: folded once when it is written, not for each of the thousands that wait.
alter table eprod.ticket add column waiting_plain text generated always as (eprod.fold(waiting_reason)) stored;
