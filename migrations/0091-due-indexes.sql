-- What a person's and a team's home and queue begin with, along an index however many tickets there are: the nearest
-- deadlines, and one's own by their opening.
create index ticket_team_due on eprod.ticket (team_id, status, due_at, id) where status in ('solved', 'pending');
create index ticket_assignee_due on eprod.ticket (assignee_id, status, due_at, id) where status in ('solved', 'pending');
create index ticket_assignee_opened on eprod.ticket (assignee_id, status, opened_at, id) where status in ('processing', 'pending');
