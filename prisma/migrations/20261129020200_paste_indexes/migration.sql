-- Partial indexes: a create or a change enters its row only in those that can return it. Reads continue while
-- they are built; the indexes that they replace are dropped at the end, because that locks the table.

-- The feed and profiles. A profile does not ask for "deleted_at", so that the planner cannot read the feed for it.
CREATE INDEX "pastes_feed_idx" ON "pastes" ("created_at" DESC, "id" DESC)
  WHERE "visibility" = 'public' AND "deleted_at" IS NULL;
CREATE INDEX "pastes_profile_idx" ON "pastes" ("owner_id", "created_at" DESC, "id" DESC)
  WHERE "visibility" = 'public' AND "owner_id" IS NOT NULL;
CREATE INDEX "users_banned_idx" ON "users" ("id") WHERE "banned_at" IS NOT NULL;

-- The orders of one's own list. The first has tombstones too, for the foreign key.
CREATE INDEX "pastes_owner_newest_idx" ON "pastes" ("owner_id", "created_at" DESC, "id" DESC)
  WHERE "owner_id" IS NOT NULL;
CREATE INDEX "pastes_owner_changed_idx" ON "pastes" ("owner_id", "updated_at" DESC, "id" DESC)
  WHERE "deleted_at" IS NULL AND "owner_id" IS NOT NULL;
CREATE INDEX "pastes_owner_expiring_idx" ON "pastes" ("owner_id", coalesce("expires_at", 'infinity'), "id")
  WHERE "deleted_at" IS NULL AND "owner_id" IS NOT NULL;
CREATE INDEX "pastes_owner_title_idx" ON "pastes" ("owner_id", lower("title"), "id")
  WHERE "deleted_at" IS NULL AND "owner_id" IS NOT NULL;

-- The clean-up.
CREATE INDEX "pastes_expiring_idx" ON "pastes" ("expires_at")
  WHERE "deleted_at" IS NULL AND "expires_at" IS NOT NULL;
CREATE INDEX "pastes_burned_idx" ON "pastes" ("id") WHERE "deleted_at" IS NULL AND "reads" >= "burn_after";
CREATE INDEX "pastes_deleted_idx" ON "pastes" ("deleted_at") WHERE "deleted_at" IS NOT NULL;

-- Search. With the default of 4 MB, the create that finds the list of pending entries full waits for 0.4 s.
CREATE INDEX "pastes_haystack_idx" ON "pastes" USING GIN ("haystack" gin_trgm_ops)
  WITH (gin_pending_list_limit = 256)
  WHERE "deleted_at" IS NULL AND ("visibility" = 'public' OR "owner_id" IS NOT NULL);

ANALYZE "pastes";
ANALYZE "feed_languages";

DROP INDEX "pastes_visibility_created_at_id_idx";
DROP INDEX "pastes_owner_id_created_at_idx";
DROP INDEX "pastes_expires_at_idx";
DROP INDEX "pastes_deleted_at_idx";
