-- Names are sorted as people sort them: Ё after Е, É after E. Prisma has no word for a collation. Needs ICU, which
-- every distribution of PostgreSQL is built with.
ALTER TABLE "contacts" ALTER COLUMN "sort_name" SET DATA TYPE TEXT COLLATE "und-x-icu";
