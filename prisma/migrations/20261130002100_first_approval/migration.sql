-- AlterTable
ALTER TABLE "users" ADD COLUMN     "awaits_approval" BOOLEAN NOT NULL DEFAULT false;

-- The few members whose pastes no list has yet: read by each list, as those who are banned.
CREATE INDEX "users_awaiting_idx" ON "users" ("id") WHERE "awaits_approval";
