-- An institution chooses, in searches, among the people of DETRAN-RS who stand on its own tickets: asked for each of them by
-- number, whatever the institution's tickets are.
create index ticket_institution_assignee on eprod.ticket (institution_id, assignee_id) where assignee_id is not null;
create index follow_up_institution_author on eprod.follow_up (institution_id, author_id) where not staff_only;
