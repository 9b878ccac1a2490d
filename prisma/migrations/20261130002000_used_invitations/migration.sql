-- CreateTable
CREATE TABLE "used_invitations" (
    "hash" BYTEA NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "used_invitations_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE INDEX "used_invitations_until_idx" ON "used_invitations"("until");
