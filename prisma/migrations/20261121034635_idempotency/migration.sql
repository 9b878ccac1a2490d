-- CreateTable
CREATE TABLE "idempotent_creates" (
    "scope" BYTEA NOT NULL,
    "request" BYTEA NOT NULL,
    "paste_id" UUID NOT NULL,
    "sealed" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotent_creates_pkey" PRIMARY KEY ("scope")
);

-- CreateIndex
CREATE INDEX "idempotent_creates_created_at_idx" ON "idempotent_creates"("created_at");

-- CreateIndex
CREATE INDEX "idempotent_creates_paste_id_idx" ON "idempotent_creates"("paste_id");

-- AddForeignKey
ALTER TABLE "idempotent_creates" ADD CONSTRAINT "idempotent_creates_paste_id_fkey" FOREIGN KEY ("paste_id") REFERENCES "pastes"("id") ON DELETE CASCADE ON UPDATE CASCADE;
