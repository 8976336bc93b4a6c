-- An administrator corrects the name and the source of days in the calendar; the days themselves are removed and added.
grant update (name, source) on eprod.calendar_day to eprod_staff;
create policy administrators_correct on eprod.calendar_day as restrictive for update to eprod_staff using ((select eprod.holds(904)));
