-- CreateTable
CREATE TABLE "reveals" (
    "id" UUID NOT NULL,
    "paste_id" UUID NOT NULL,
    "nonce_hash" BYTEA NOT NULL,
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reveals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "burn_records" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "owner_id" UUID,
    "edit_key_hash" BYTEA,
    "read_at" TIMESTAMPTZ(3)[],
    "burned_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "burn_records_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "reveals_paste_id_nonce_hash_key" ON "reveals"("paste_id", "nonce_hash");

-- CreateIndex
CREATE INDEX "burn_records_slug_idx" ON "burn_records"("slug");

-- CreateIndex
CREATE INDEX "burn_records_owner_id_burned_at_idx" ON "burn_records"("owner_id", "burned_at" DESC);

-- CreateIndex
CREATE INDEX "burn_records_burned_at_idx" ON "burn_records"("burned_at");

-- AddForeignKey
ALTER TABLE "reveals" ADD CONSTRAINT "reveals_paste_id_fkey" FOREIGN KEY ("paste_id") REFERENCES "pastes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "burn_records" ADD CONSTRAINT "burn_records_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
