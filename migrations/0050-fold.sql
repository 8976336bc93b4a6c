-- How texts are compared in searches: without accents and case (src/criteria/rules/grammar.ts folds the same way). Immutable,
-- so that it may stand in indexes and generated columns; the extension unaccent may not, its dictionary can change.
create function eprod.fold(given text) returns text language sql immutable strict parallel safe
  return translate(lower(normalize(given, nfc)),
    'áàâãäåéèêëíìîïóòôõöúùûüçñýÿ', 'aaaaaaeeeeiiiiooooouuuucnyy');
grant execute on function eprod.fold to eprod_web, eprod_staff, eprod_worker;
