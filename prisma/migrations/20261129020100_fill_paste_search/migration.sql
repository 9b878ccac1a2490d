-- Separate from the migration before, which locks the table: reads continue while this one runs. The text is
-- the same as of `pasteHaystack`.
UPDATE "pastes" p SET "haystack" = replace(lower(normalize(
    E'\n' || CASE WHEN p."title" = '' THEN '' ELSE p."title" || E'\n' END || coalesce((
      SELECT string_agg(CASE WHEN f."name" = '' THEN '' ELSE f."name" || E'\n' END, '' ORDER BY f."position") ||
        string_agg(E'\t' || f."language" || E'\n', '' ORDER BY f."position")
      FROM "revisions" r JOIN "files" f ON f."revision_id" = r."id"
      WHERE r."paste_id" = p."id" AND r."number" = p."revision"), '')
  ) COLLATE "und-x-icu"), 'ё', 'е');

INSERT INTO "feed_languages" ("paste_id", "language", "created_at")
SELECT DISTINCT p."id", f."language", p."created_at"
FROM "pastes" p
  JOIN "revisions" r ON r."paste_id" = p."id" AND r."number" = p."revision"
  JOIN "files" f ON f."revision_id" = r."id"
WHERE p."visibility" = 'public' AND p."deleted_at" IS NULL;
