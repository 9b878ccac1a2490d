-- Random slugs without a capital letter could be chosen by another member once their paste is gone.
INSERT INTO "chosen_slugs" ("slug", "owner_id")
SELECT "slug", NULL FROM "pastes" WHERE "slug" ~ '^[a-z0-9-]+$'
ON CONFLICT ("slug") DO NOTHING;
