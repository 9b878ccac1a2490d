CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateTable
CREATE TABLE "contacts" (
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "first_name" TEXT NOT NULL,
    "last_name" TEXT NOT NULL DEFAULT '',
    "email" TEXT,
    "phone" TEXT,
    "birthday" DATE,
    "info" TEXT NOT NULL DEFAULT '',
    "favorite" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "haystack" TEXT NOT NULL,
    "sort_name" TEXT NOT NULL,
    "birthday_day" SMALLINT,

    CONSTRAINT "contacts_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "contacts_owner_id_favorite_sort_name_id_idx" ON "contacts"("owner_id", "favorite" DESC, "sort_name", "id");

-- CreateIndex
CREATE INDEX "contacts_owner_id_birthday_day_idx" ON "contacts"("owner_id", "birthday_day");

-- CreateIndex
CREATE INDEX "contacts_haystack_idx" ON "contacts" USING GIN ("haystack" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "contacts_owner_id_email_key" ON "contacts"("owner_id", "email");

-- CreateIndex
CREATE UNIQUE INDEX "contacts_owner_id_phone_key" ON "contacts"("owner_id", "phone");

-- AddForeignKey
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
