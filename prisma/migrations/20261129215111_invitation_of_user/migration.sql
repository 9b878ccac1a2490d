-- AlterTable
ALTER TABLE "users" ADD COLUMN     "invitation" BYTEA;

-- CreateIndex
CREATE UNIQUE INDEX "users_invitation_key" ON "users"("invitation");
