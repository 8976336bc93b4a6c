-- Settings of SOE/WEB: every page reads them, the house alone writes them; not a master, whatever a statement asks for.
alter table soe.setting enable row level security;
create policy readable on soe.setting for select to eprod_soe
  using ((select soe.is_house()) or (select soe.scope_institution()) is not null);
create policy house_adds on soe.setting for insert to eprod_soe with check ((select soe.is_house()));
create policy house_changes on soe.setting for update to eprod_soe
  using ((select soe.is_house())) with check ((select soe.is_house()));
