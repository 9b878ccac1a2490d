-- AlterTable
ALTER TABLE "shares" ADD COLUMN     "mailed_at" TIMESTAMPTZ(3);
