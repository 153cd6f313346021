-- CreateEnum
CREATE TYPE "BatchKind" AS ENUM ('import', 'participants', 'bulk_edit', 'merge');

-- CreateEnum
CREATE TYPE "CodebookStatus" AS ENUM ('draft', 'published');

-- CreateEnum
CREATE TYPE "PositionValue" AS ENUM ('support', 'conditional', 'mixed', 'sceptical', 'oppose');

-- CreateEnum
CREATE TYPE "CrosswalkKind" AS ENUM ('renamed', 'redefined', 'split', 'merged', 'retired', 'added');

-- CreateEnum
CREATE TYPE "ImportKind" AS ENUM ('participants', 'statements', 'memberships', 'actors', 'positions');

-- CreateEnum
CREATE TYPE "ImportStatus" AS ENUM ('reading', 'ready', 'running', 'done', 'failed');

-- CreateEnum
CREATE TYPE "PositionKind" AS ENUM ('position', 'mention', 'signature', 'vote');

-- CreateEnum
CREATE TYPE "Occasion" AS ENUM ('dialogue', 'general_debate', 'agenda_vote', 'letter', 'resolution_vote', 'sponsorship');

-- CreateEnum
CREATE TYPE "Confidence" AS ENUM ('high', 'medium', 'low');

-- CreateEnum
CREATE TYPE "TextKind" AS ENUM ('as_delivered', 'as_prepared', 'verbatim_record', 'translation');

-- CreateEnum
CREATE TYPE "VoteValue" AS ENUM ('yes', 'no', 'abstain', 'not_voting');

-- AlterTable
ALTER TABLE "actor" ADD COLUMN     "merged_into_id" UUID;

-- AlterTable
ALTER TABLE "audit_event" ADD COLUMN     "batch_id" UUID;

-- CreateTable
CREATE TABLE "batch" (
    "id" UUID NOT NULL,
    "kind" "BatchKind" NOT NULL,
    "title" TEXT NOT NULL,
    "user_id" UUID,
    "user_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "undone_at" TIMESTAMPTZ(3),
    "undone_by" TEXT,

    CONSTRAINT "batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "codebook_version" (
    "id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "status" "CodebookStatus" NOT NULL DEFAULT 'draft',
    "note" TEXT,
    "published_at" TIMESTAMPTZ(3),
    "published_by" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "codebook_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "issue" (
    "id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "issue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "issue_definition" (
    "id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "issue_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "definition" TEXT NOT NULL,
    "include" TEXT,
    "exclude" TEXT,
    "examples" TEXT[],
    "kind" TEXT,
    "period" TEXT,
    "source" TEXT,
    "place" INTEGER NOT NULL,

    CONSTRAINT "issue_definition_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scale_step" (
    "definition_id" UUID NOT NULL,
    "value" "PositionValue" NOT NULL,
    "meaning" TEXT NOT NULL,

    CONSTRAINT "scale_step_pkey" PRIMARY KEY ("definition_id","value")
);

-- CreateTable
CREATE TABLE "crosswalk_step" (
    "id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "kind" "CrosswalkKind" NOT NULL,
    "from_id" UUID,
    "to_id" UUID,

    CONSTRAINT "crosswalk_step_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "draft" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "form" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "values" JSONB NOT NULL,
    "based_on" INTEGER,
    "saved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "draft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import" (
    "id" UUID NOT NULL,
    "kind" "ImportKind" NOT NULL,
    "status" "ImportStatus" NOT NULL DEFAULT 'reading',
    "user_id" UUID,
    "file_name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "headers" TEXT[],
    "mapping" JSONB,
    "defaults" JSONB,
    "row_count" INTEGER NOT NULL DEFAULT 0,
    "progress" INTEGER NOT NULL DEFAULT 0,
    "problem" TEXT,
    "batch_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_row" (
    "import_id" UUID NOT NULL,
    "row" INTEGER NOT NULL,
    "cells" TEXT[],

    CONSTRAINT "import_row_pkey" PRIMARY KEY ("import_id","row")
);

-- CreateTable
CREATE TABLE "column_mapping" (
    "kind" "ImportKind" NOT NULL,
    "headers" TEXT NOT NULL,
    "mapping" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "column_mapping_pkey" PRIMARY KEY ("kind","headers")
);

-- CreateTable
CREATE TABLE "coding" (
    "statement_id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "submitted_at" TIMESTAMPTZ(3),
    "coder_id" UUID,
    "coder_name" TEXT NOT NULL,
    "memo" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "coding_pkey" PRIMARY KEY ("statement_id")
);

-- CreateTable
CREATE TABLE "position" (
    "id" UUID NOT NULL,
    "kind" "PositionKind" NOT NULL DEFAULT 'position',
    "occasion" "Occasion" NOT NULL DEFAULT 'dialogue',
    "statement_id" UUID,
    "dialogue_id" UUID,
    "actor_id" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "issue_id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "value" "PositionValue",
    "quotation_id" UUID,
    "no_quote_reason" TEXT,
    "note" TEXT,
    "confidence" "Confidence",
    "source_url" TEXT,
    "through_id" UUID,
    "coder_id" UUID,
    "coder_name" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "position_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "document" (
    "id" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "size" INTEGER NOT NULL,
    "media_type" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "document_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "statement_text" (
    "id" UUID NOT NULL,
    "statement_id" UUID NOT NULL,
    "kind" "TextKind" NOT NULL DEFAULT 'as_delivered',
    "language" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "document_id" UUID,
    "source" TEXT,
    "source_url" TEXT,
    "accessed_on" DATE,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "statement_text_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "earlier_text" (
    "text_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "user_name" TEXT NOT NULL,

    CONSTRAINT "earlier_text_pkey" PRIMARY KEY ("text_id","version")
);

-- CreateTable
CREATE TABLE "quotation" (
    "id" UUID NOT NULL,
    "text_id" UUID NOT NULL,
    "exact" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "suffix" TEXT NOT NULL,
    "start" INTEGER,
    "end" INTEGER,
    "paragraph" INTEGER,
    "page" INTEGER,
    "orphaned_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "quotation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recorded_vote" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "symbol" TEXT,
    "title" TEXT NOT NULL,
    "date" DATE NOT NULL,
    "dialogue_id" UUID,
    "yes" INTEGER NOT NULL,
    "no" INTEGER NOT NULL,
    "abstain" INTEGER NOT NULL,
    "not_voting" INTEGER NOT NULL,
    "source_url" TEXT,
    "note" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "recorded_vote_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "vote" (
    "recorded_vote_id" UUID NOT NULL,
    "actor_id" UUID NOT NULL,
    "value" "VoteValue" NOT NULL,
    "printed" TEXT,

    CONSTRAINT "vote_pkey" PRIMARY KEY ("recorded_vote_id","actor_id")
);

-- CreateIndex
CREATE INDEX "batch_created_at_idx" ON "batch"("created_at");

-- CreateIndex
CREATE INDEX "batch_user_id_created_at_idx" ON "batch"("user_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "codebook_version_number_key" ON "codebook_version"("number");

-- CreateIndex
CREATE INDEX "issue_definition_issue_id_idx" ON "issue_definition"("issue_id");

-- CreateIndex
CREATE UNIQUE INDEX "issue_definition_version_id_code_key" ON "issue_definition"("version_id", "code");

-- CreateIndex
CREATE UNIQUE INDEX "issue_definition_version_id_issue_id_key" ON "issue_definition"("version_id", "issue_id");

-- CreateIndex
CREATE INDEX "crosswalk_step_version_id_idx" ON "crosswalk_step"("version_id");

-- CreateIndex
CREATE INDEX "crosswalk_step_from_id_idx" ON "crosswalk_step"("from_id");

-- CreateIndex
CREATE INDEX "crosswalk_step_to_id_idx" ON "crosswalk_step"("to_id");

-- CreateIndex
CREATE UNIQUE INDEX "draft_user_id_form_key" ON "draft"("user_id", "form");

-- CreateIndex
CREATE INDEX "import_user_id_created_at_idx" ON "import"("user_id", "created_at");

-- CreateIndex
CREATE INDEX "import_created_at_idx" ON "import"("created_at");

-- CreateIndex
CREATE INDEX "coding_version_id_idx" ON "coding"("version_id");

-- CreateIndex
CREATE INDEX "position_actor_id_issue_id_idx" ON "position"("actor_id", "issue_id");

-- CreateIndex
CREATE INDEX "position_issue_id_value_idx" ON "position"("issue_id", "value");

-- CreateIndex
CREATE INDEX "position_dialogue_id_issue_id_idx" ON "position"("dialogue_id", "issue_id");

-- CreateIndex
CREATE INDEX "position_through_id_idx" ON "position"("through_id");

-- CreateIndex
CREATE INDEX "position_quotation_id_idx" ON "position"("quotation_id");

-- CreateIndex
CREATE INDEX "position_version_id_idx" ON "position"("version_id");

-- CreateIndex
CREATE UNIQUE INDEX "position_statement_id_issue_id_kind_key" ON "position"("statement_id", "issue_id", "kind");

-- CreateIndex
CREATE UNIQUE INDEX "document_sha256_key" ON "document"("sha256");

-- CreateIndex
CREATE INDEX "statement_text_document_id_idx" ON "statement_text"("document_id");

-- CreateIndex
CREATE UNIQUE INDEX "statement_text_statement_id_kind_language_key" ON "statement_text"("statement_id", "kind", "language");

-- CreateIndex
CREATE INDEX "quotation_text_id_start_idx" ON "quotation"("text_id", "start");

-- CreateIndex
CREATE UNIQUE INDEX "recorded_vote_slug_key" ON "recorded_vote"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "recorded_vote_symbol_key" ON "recorded_vote"("symbol");

-- CreateIndex
CREATE INDEX "recorded_vote_dialogue_id_idx" ON "recorded_vote"("dialogue_id");

-- CreateIndex
CREATE INDEX "recorded_vote_date_idx" ON "recorded_vote"("date");

-- CreateIndex
CREATE INDEX "vote_actor_id_idx" ON "vote"("actor_id");

-- CreateIndex
CREATE INDEX "actor_merged_into_id_idx" ON "actor"("merged_into_id");

-- CreateIndex
CREATE INDEX "audit_event_batch_id_id_idx" ON "audit_event"("batch_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "statement_id_dialogue_id_speaker_id_key" ON "statement"("id", "dialogue_id", "speaker_id");

-- AddForeignKey
ALTER TABLE "actor" ADD CONSTRAINT "actor_merged_into_id_fkey" FOREIGN KEY ("merged_into_id") REFERENCES "actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "issue_definition" ADD CONSTRAINT "issue_definition_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "codebook_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "issue_definition" ADD CONSTRAINT "issue_definition_issue_id_fkey" FOREIGN KEY ("issue_id") REFERENCES "issue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "scale_step" ADD CONSTRAINT "scale_step_definition_id_fkey" FOREIGN KEY ("definition_id") REFERENCES "issue_definition"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "crosswalk_step" ADD CONSTRAINT "crosswalk_step_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "codebook_version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "crosswalk_step" ADD CONSTRAINT "crosswalk_step_from_id_fkey" FOREIGN KEY ("from_id") REFERENCES "issue"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "crosswalk_step" ADD CONSTRAINT "crosswalk_step_to_id_fkey" FOREIGN KEY ("to_id") REFERENCES "issue"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draft" ADD CONSTRAINT "draft_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import" ADD CONSTRAINT "import_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_row" ADD CONSTRAINT "import_row_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "import"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coding" ADD CONSTRAINT "coding_statement_id_fkey" FOREIGN KEY ("statement_id") REFERENCES "statement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "coding" ADD CONSTRAINT "coding_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "codebook_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "position" ADD CONSTRAINT "position_statement_id_dialogue_id_actor_id_fkey" FOREIGN KEY ("statement_id", "dialogue_id", "actor_id") REFERENCES "statement"("id", "dialogue_id", "speaker_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "position" ADD CONSTRAINT "position_dialogue_id_fkey" FOREIGN KEY ("dialogue_id") REFERENCES "dialogue"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "position" ADD CONSTRAINT "position_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "position" ADD CONSTRAINT "position_through_id_fkey" FOREIGN KEY ("through_id") REFERENCES "actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "position" ADD CONSTRAINT "position_issue_id_fkey" FOREIGN KEY ("issue_id") REFERENCES "issue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "position" ADD CONSTRAINT "position_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "codebook_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "position" ADD CONSTRAINT "position_quotation_id_fkey" FOREIGN KEY ("quotation_id") REFERENCES "quotation"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statement_text" ADD CONSTRAINT "statement_text_statement_id_fkey" FOREIGN KEY ("statement_id") REFERENCES "statement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statement_text" ADD CONSTRAINT "statement_text_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "document"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "earlier_text" ADD CONSTRAINT "earlier_text_text_id_fkey" FOREIGN KEY ("text_id") REFERENCES "statement_text"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quotation" ADD CONSTRAINT "quotation_text_id_fkey" FOREIGN KEY ("text_id") REFERENCES "statement_text"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recorded_vote" ADD CONSTRAINT "recorded_vote_dialogue_id_fkey" FOREIGN KEY ("dialogue_id") REFERENCES "dialogue"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vote" ADD CONSTRAINT "vote_recorded_vote_id_fkey" FOREIGN KEY ("recorded_vote_id") REFERENCES "recorded_vote"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vote" ADD CONSTRAINT "vote_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
