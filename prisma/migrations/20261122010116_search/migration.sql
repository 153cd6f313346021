-- AlterTable
ALTER TABLE "position" ADD COLUMN     "search" tsvector;

-- AlterTable
ALTER TABLE "quotation" ADD COLUMN     "search" tsvector;

-- AlterTable
ALTER TABLE "statement" ADD COLUMN     "search" tsvector;

-- AlterTable
ALTER TABLE "statement_text" ADD COLUMN     "search" tsvector;

-- CreateIndex
CREATE INDEX "position_search_idx" ON "position" USING GIN ("search");

-- CreateIndex
CREATE INDEX "quotation_search_idx" ON "quotation" USING GIN ("search");

-- CreateIndex
CREATE INDEX "statement_search_idx" ON "statement" USING GIN ("search");

-- CreateIndex
CREATE INDEX "statement_text_search_idx" ON "statement_text" USING GIN ("search");
