-- An administrator corrects the days themselves and their kind too; as in 0103 who may is asked by the policy. What cannot be
-- corrected is who added them.
grant update (kind, first_day, last_day) on eprod.calendar_day to eprod_staff;

-- Days of Porto Alegre that the installation laid name where they are found.
update eprod.calendar_day set source = 'Feriado religioso municipal (Lei 9.093/1995, art. 2º), no calendário do Estado (Decreto RS 53.838/2017)'
 where added_by is null and source = 'Feriado municipal de Porto Alegre';
