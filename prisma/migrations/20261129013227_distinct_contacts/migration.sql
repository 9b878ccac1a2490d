-- AlterTable
ALTER TABLE "contacts" ADD COLUMN     "distinct_as" TEXT;
