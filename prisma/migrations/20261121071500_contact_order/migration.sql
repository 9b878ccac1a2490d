-- Names are sorted as people sort them: Ё after Е, É after E. Prisma has no word for a collation.
ALTER TABLE "contacts" ALTER COLUMN "sort_name" SET DATA TYPE TEXT COLLATE "und-x-icu";

-- What a search looks into also holds the name turned round, and letters in the one form that is searched for.
UPDATE "contacts" SET
  "sort_name" = lower(normalize("sort_name")),
  "haystack" = replace(lower(normalize(concat_ws(E'\n',
    trim("first_name" || ' ' || "last_name"),
    CASE WHEN "last_name" = '' THEN NULL ELSE "last_name" || ' ' || "first_name" END,
    "email",
    "phone"))), 'ё', 'е');
