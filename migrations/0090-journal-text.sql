-- The text of an entry, letter for letter as before, without a setting of its own: one is set and put back at each call,
-- which cost four times the text itself, and keeps the planner from taking the function's body into the statement.
create or replace function eprod.journal_text(e eprod.journal_entry) returns text language sql stable parallel safe as $$
  select concat_ws(E'\n', coalesce(encode(e.previous_hash, 'hex'), '-'), e.thing, e.thing_id, e.seq,
    coalesce(e.institution_id::text, '-'), coalesce(e.actor_id::text, '-'), e.event,
    to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), e.public_part::text,
    coalesce(encode(e.private_digest, 'hex'), '-'), e.staff_only)
$$;
