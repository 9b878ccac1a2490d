-- AlterTable
ALTER TABLE "pastes" ADD COLUMN     "haystack" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "feed_languages" (
    "paste_id" UUID NOT NULL,
    "language" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "feed_languages_pkey" PRIMARY KEY ("paste_id","language")
);

-- CreateTable
CREATE TABLE "job_cursors" (
    "job" TEXT NOT NULL,
    "cursor" TEXT NOT NULL,

    CONSTRAINT "job_cursors_pkey" PRIMARY KEY ("job")
);

-- CreateIndex
CREATE INDEX "feed_languages_language_created_at_paste_id_idx" ON "feed_languages"("language", "created_at" DESC, "paste_id" DESC);

-- AddForeignKey
ALTER TABLE "feed_languages" ADD CONSTRAINT "feed_languages_paste_id_fkey" FOREIGN KEY ("paste_id") REFERENCES "pastes"("id") ON DELETE CASCADE ON UPDATE CASCADE;
