-- Deadlines are changed by supervisors (902) too: days, working-day rule and calendar, nothing else of the settings.
drop policy administrators_add on eprod.calendar_day;
drop policy administrators_remove on eprod.calendar_day;
drop policy administrators_correct on eprod.calendar_day;
create policy who_sets_deadlines_adds on eprod.calendar_day as restrictive for insert to eprod_staff
  with check ((select eprod.holds(904) or eprod.holds(902)) and added_by = (select eprod.context_person()));
create policy who_sets_deadlines_removes on eprod.calendar_day as restrictive for delete to eprod_staff
  using ((select eprod.holds(904) or eprod.holds(902)));
create policy who_sets_deadlines_corrects on eprod.calendar_day as restrictive for update to eprod_staff
  using ((select eprod.holds(904) or eprod.holds(902)));

drop policy administrators_add on eprod.setting;
drop policy administrators_change on eprod.setting;
create policy by_kind_adds on eprod.setting as restrictive for insert to eprod_staff
  with check ((select eprod.holds(904)) or (key in ('pendingDays', 'solvedDays', 'workingDays') and (select eprod.holds(902))));
create policy by_kind_changes on eprod.setting as restrictive for update to eprod_staff
  using ((select eprod.holds(904)) or (key in ('pendingDays', 'solvedDays', 'workingDays') and (select eprod.holds(902))));
