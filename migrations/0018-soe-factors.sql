-- Second factors as masters and the administrator meet them: that an account has one, and taking all of them from who lost
-- them. Their tables are the house's alone (0025); these functions ask the scope of the transaction (0022) themselves.
create function soe.may_manage(account uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return soe.is_house()
      or exists (select from soe.account a where a.id = account and a.institution_id = soe.scope_institution());
end $$;

create function soe.has_factor(account uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return soe.may_manage(account) and (exists (select from soe.totp t where t.account_id = account)
                                   or exists (select from soe.passkey p where p.account_id = account));
end $$;

-- Returns whether there was one.
create function soe.take_factors(account uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare had boolean := soe.has_factor(account);
begin
  if had then
    delete from soe.totp where account_id = account;
    delete from soe.passkey where account_id = account;
    delete from soe.recovery_code where account_id = account;
  end if;
  return had;
end $$;
revoke execute on function soe.may_manage, soe.has_factor, soe.take_factors from public;
grant execute on function soe.has_factor, soe.take_factors to eprod_soe;
