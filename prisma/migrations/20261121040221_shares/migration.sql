-- CreateEnum
CREATE TYPE "ShareRole" AS ENUM ('reader', 'editor');

-- CreateTable
CREATE TABLE "shares" (
    "id" UUID NOT NULL,
    "paste_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "contact_id" UUID,
    "role" "ShareRole" NOT NULL DEFAULT 'reader',
    "link_hash" BYTEA NOT NULL,
    "code_hash" BYTEA,
    "code_sent" TIMESTAMPTZ(3),
    "guesses" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "opened_at" TIMESTAMPTZ(3),

    CONSTRAINT "shares_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "shares_link_hash_key" ON "shares"("link_hash");

-- CreateIndex
CREATE INDEX "shares_email_created_at_idx" ON "shares"("email", "created_at" DESC);

-- CreateIndex
CREATE INDEX "shares_contact_id_idx" ON "shares"("contact_id");

-- CreateIndex
CREATE UNIQUE INDEX "shares_paste_id_email_key" ON "shares"("paste_id", "email");

-- AddForeignKey
ALTER TABLE "shares" ADD CONSTRAINT "shares_paste_id_fkey" FOREIGN KEY ("paste_id") REFERENCES "pastes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shares" ADD CONSTRAINT "shares_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contacts"("id") ON DELETE SET NULL ON UPDATE CASCADE;
