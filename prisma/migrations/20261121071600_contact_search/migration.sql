-- What a search looks into also holds the name turned round, and letters in the one form that is searched for.
UPDATE "contacts" SET
  "sort_name" = lower(normalize("sort_name") COLLATE "und-x-icu"),
  "haystack" = replace(lower(normalize(concat_ws(E'\n',
    trim("first_name" || ' ' || "last_name"),
    CASE WHEN "last_name" = '' THEN NULL ELSE "last_name" || ' ' || "first_name" END,
    "email",
    "phone")) COLLATE "und-x-icu"), 'ё', 'е');
