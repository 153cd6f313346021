-- AlterEnum
ALTER TYPE "BatchKind" ADD VALUE 'withdrawal';

-- CreateTable
CREATE TABLE "withdrawn_record" (
    "batch_id" UUID NOT NULL,
    "subject_id" UUID NOT NULL,
    "subject_type" TEXT NOT NULL,
    "record" JSONB NOT NULL,

    CONSTRAINT "withdrawn_record_pkey" PRIMARY KEY ("batch_id","subject_id")
);
