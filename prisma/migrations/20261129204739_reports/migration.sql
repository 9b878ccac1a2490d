-- CreateEnum
CREATE TYPE "ReportReason" AS ENUM ('spam', 'malware', 'personal_data', 'illegal', 'other');

-- CreateEnum
CREATE TYPE "CaseDecision" AS ENUM ('dismissed', 'hidden', 'deleted', 'restored');

-- CreateTable
CREATE TABLE "report_cases" (
    "id" UUID NOT NULL,
    "paste_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "owner_id" UUID,
    "is_open" BOOLEAN NOT NULL DEFAULT true,
    "reports" INTEGER NOT NULL DEFAULT 0,
    "reported_at" TIMESTAMPTZ(3) NOT NULL,
    "announced" BOOLEAN NOT NULL DEFAULT false,
    "decision" "CaseDecision",
    "decided_at" TIMESTAMPTZ(3),
    "appeal" TEXT,
    "appealed_at" TIMESTAMPTZ(3),

    CONSTRAINT "report_cases_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reports" (
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "reason" "ReportReason" NOT NULL,
    "details" TEXT NOT NULL DEFAULT '',
    "sealed_email" TEXT,
    "sealed_key" TEXT,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "reporter_hash" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "blocked_hashes" (
    "sha256" BYTEA NOT NULL,
    "reason" TEXT NOT NULL,
    "blocked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "blocked_hashes_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "audit_entries" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_id" UUID,
    "action" TEXT NOT NULL,
    "target_kind" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "details" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "report_cases_paste_id_key" ON "report_cases"("paste_id");

-- CreateIndex
CREATE INDEX "report_cases_is_open_reported_at_id_idx" ON "report_cases"("is_open", "reported_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "report_cases_is_open_reports_id_idx" ON "report_cases"("is_open", "reports" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "report_cases_owner_id_idx" ON "report_cases"("owner_id");

-- CreateIndex
CREATE INDEX "reports_created_at_idx" ON "reports"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "reports_case_id_reporter_hash_key" ON "reports"("case_id", "reporter_hash");

-- CreateIndex
CREATE INDEX "blocked_hashes_blocked_at_sha256_idx" ON "blocked_hashes"("blocked_at" DESC, "sha256");

-- AddForeignKey
ALTER TABLE "report_cases" ADD CONSTRAINT "report_cases_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reports" ADD CONSTRAINT "reports_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "report_cases"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What moderators and admins did is never changed. To remove entries all the same, the owner of the table disables
-- the trigger: docs/moderation.md.
CREATE FUNCTION reject_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit_entries is append-only';
END
$$;

CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_entries"
    FOR EACH STATEMENT EXECUTE FUNCTION reject_audit_change();
