-- AlterTable
ALTER TABLE "reports" ADD COLUMN     "revision" INTEGER;

-- CreateIndex
CREATE INDEX "report_cases_is_open_decided_at_idx" ON "report_cases"("is_open", "decided_at");

-- CreateIndex
CREATE INDEX "audit_entries_action_id_idx" ON "audit_entries"("action", "id" DESC);
