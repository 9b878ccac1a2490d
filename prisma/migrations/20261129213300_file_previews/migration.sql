-- AlterTable
ALTER TABLE "files" ADD COLUMN     "preview" TEXT;
