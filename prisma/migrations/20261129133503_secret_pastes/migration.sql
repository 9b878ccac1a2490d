-- AlterTable
ALTER TABLE "pastes" DROP COLUMN "password_hash",
ADD COLUMN     "lock" BYTEA,
ADD COLUMN     "proof_hash" BYTEA;
