-- AlterEnum
ALTER TYPE "ImportStatus" ADD VALUE 'checking';

-- AlterTable
ALTER TABLE "audit_seal" ADD COLUMN     "form" SMALLINT NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "import" ADD COLUMN     "errors" INTEGER,
ADD COLUMN     "notes" TEXT[],
ADD COLUMN     "warnings" INTEGER;

-- AlterTable
ALTER TABLE "import_row" ADD COLUMN     "issues" JSONB;
