-- CreateTable
CREATE TABLE "held_usernames" (
    "username" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "held_usernames_pkey" PRIMARY KEY ("username")
);

-- CreateIndex
CREATE INDEX "held_usernames_until_idx" ON "held_usernames"("until");
