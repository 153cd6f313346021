-- CreateEnum
CREATE TYPE "ActorKind" AS ENUM ('member_state', 'observer', 'regional_organization', 'group', 'un_office', 'civil_society');

-- CreateEnum
CREATE TYPE "ActorNameKind" AS ENUM ('official', 'short', 'alias', 'former');

-- CreateEnum
CREATE TYPE "DialogueKind" AS ENUM ('informal_interactive_dialogue', 'formal_debate');

-- CreateEnum
CREATE TYPE "FigureUnit" AS ENUM ('member_states_spoke', 'observers_spoke', 'regional_organizations_spoke', 'civil_society_spoke', 'states_represented', 'observers_represented', 'group_members');

-- CreateEnum
CREATE TYPE "FigureScope" AS ENUM ('total', 'meeting', 'cumulative');

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('viewer', 'analyst', 'reviewer', 'admin');

-- CreateEnum
CREATE TYPE "TokenScope" AS ENUM ('read', 'write');

-- CreateEnum
CREATE TYPE "LinkPurpose" AS ENUM ('set_up', 'invitation', 'reset');

-- CreateEnum
CREATE TYPE "StatementRole" AS ENUM ('statement', 'joint_statement', 'opening', 'panellist', 'moderator', 'presiding', 'civil_society');

-- CreateEnum
CREATE TYPE "Basis" AS ENUM ('own', 'group', 'named', 'aligned');

-- CreateTable
CREATE TABLE "actor" (
    "id" UUID NOT NULL,
    "kind" "ActorKind" NOT NULL,
    "slug" TEXT NOT NULL,
    "iso2" TEXT,
    "iso3" TEXT,
    "m49" TEXT,
    "admitted_on" DATE,
    "m49_region" TEXT,
    "m49_subregion" TEXT,
    "note" TEXT,
    "source" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "actor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "actor_name" (
    "id" UUID NOT NULL,
    "actor_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "folded" TEXT NOT NULL,
    "kind" "ActorNameKind" NOT NULL,
    "language" TEXT NOT NULL DEFAULT 'en',
    "valid_from" DATE,
    "valid_until" DATE,
    "source" TEXT,

    CONSTRAINT "actor_name_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "id" UUID NOT NULL,
    "group_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "valid_from" DATE,
    "valid_until" DATE,
    "known_on" DATE,
    "source" TEXT NOT NULL,
    "note" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "membership_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "type" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "dialogue_id" UUID,
    "user_id" UUID,
    "user_name" TEXT NOT NULL,
    "session_id" UUID,
    "token_id" UUID,
    "request_id" TEXT,
    "address" TEXT,
    "version" INTEGER,
    "before" JSONB,
    "after" JSONB,
    "reason" TEXT,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_seal" (
    "position" BIGINT NOT NULL,
    "event_id" BIGINT NOT NULL,
    "previous_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_seal_pkey" PRIMARY KEY ("position")
);

-- CreateTable
CREATE TABLE "dialogue" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "kind" "DialogueKind" NOT NULL,
    "ordinal" INTEGER,
    "body" TEXT NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "report_id" UUID,
    "note" TEXT,
    "source_url" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dialogue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "meeting" (
    "id" UUID NOT NULL,
    "dialogue_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "date" DATE NOT NULL,
    "label" TEXT NOT NULL,

    CONSTRAINT "meeting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "report" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "symbol" TEXT,
    "published_on" DATE,
    "summary" TEXT,
    "source_url" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "published_figure" (
    "id" UUID NOT NULL,
    "dialogue_id" UUID,
    "meeting_id" UUID,
    "group_id" UUID,
    "scope" "FigureScope" NOT NULL,
    "unit" "FigureUnit" NOT NULL,
    "value" INTEGER NOT NULL,
    "printed" TEXT,
    "publisher" TEXT NOT NULL,
    "published_on" DATE,
    "rule" TEXT,
    "source_url" TEXT NOT NULL,
    "note" TEXT,

    CONSTRAINT "published_figure_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "Role" NOT NULL,
    "password_hash" TEXT,
    "disabled_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "user_agent" TEXT,
    "address" TEXT,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "token" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "scope" "TokenScope" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "one_time_link" (
    "id" UUID NOT NULL,
    "purpose" "LinkPurpose" NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "user_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "one_time_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "throttle" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "throttle_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "user_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "result" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("user_id","key")
);

-- CreateTable
CREATE TABLE "statement" (
    "id" UUID NOT NULL,
    "dialogue_id" UUID NOT NULL,
    "meeting_id" UUID,
    "speaker_id" UUID NOT NULL,
    "order" INTEGER NOT NULL,
    "role" "StatementRole" NOT NULL,
    "printed" TEXT,
    "language" TEXT,
    "person_name" TEXT,
    "person_title" TEXT,
    "source_url" TEXT,
    "note" TEXT,
    "withdrawn_at" TIMESTAMPTZ(3),
    "withdrawn_reason" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "statement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "representation" (
    "id" UUID NOT NULL,
    "statement_id" UUID NOT NULL,
    "basis" "Basis" NOT NULL,
    "actor_id" UUID,
    "position" INTEGER NOT NULL,

    CONSTRAINT "representation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "exclusion" (
    "representation_id" UUID NOT NULL,
    "actor_id" UUID NOT NULL,

    CONSTRAINT "exclusion_pkey" PRIMARY KEY ("representation_id","actor_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "actor_slug_key" ON "actor"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "actor_iso2_key" ON "actor"("iso2");

-- CreateIndex
CREATE UNIQUE INDEX "actor_iso3_key" ON "actor"("iso3");

-- CreateIndex
CREATE UNIQUE INDEX "actor_m49_key" ON "actor"("m49");

-- CreateIndex
CREATE INDEX "actor_kind_idx" ON "actor"("kind");

-- CreateIndex
CREATE INDEX "actor_name_folded_idx" ON "actor_name"("folded");

-- CreateIndex
CREATE UNIQUE INDEX "actor_name_actor_id_name_kind_language_key" ON "actor_name"("actor_id", "name", "kind", "language");

-- CreateIndex
CREATE INDEX "membership_group_id_valid_from_idx" ON "membership"("group_id", "valid_from");

-- CreateIndex
CREATE INDEX "membership_member_id_idx" ON "membership"("member_id");

-- CreateIndex
CREATE INDEX "audit_event_subject_id_id_idx" ON "audit_event"("subject_id", "id");

-- CreateIndex
CREATE INDEX "audit_event_dialogue_id_id_idx" ON "audit_event"("dialogue_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_seal_event_id_key" ON "audit_seal"("event_id");

-- CreateIndex
CREATE UNIQUE INDEX "dialogue_slug_key" ON "dialogue"("slug");

-- CreateIndex
CREATE INDEX "dialogue_starts_on_idx" ON "dialogue"("starts_on");

-- CreateIndex
CREATE INDEX "dialogue_report_id_idx" ON "dialogue"("report_id");

-- CreateIndex
CREATE UNIQUE INDEX "meeting_dialogue_id_number_key" ON "meeting"("dialogue_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "report_slug_key" ON "report"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "report_symbol_key" ON "report"("symbol");

-- CreateIndex
CREATE INDEX "published_figure_dialogue_id_idx" ON "published_figure"("dialogue_id");

-- CreateIndex
CREATE INDEX "published_figure_meeting_id_idx" ON "published_figure"("meeting_id");

-- CreateIndex
CREATE INDEX "published_figure_group_id_idx" ON "published_figure"("group_id");

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "token_secret_hash_key" ON "token"("secret_hash");

-- CreateIndex
CREATE INDEX "token_user_id_idx" ON "token"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "one_time_link_secret_hash_key" ON "one_time_link"("secret_hash");

-- CreateIndex
CREATE INDEX "one_time_link_user_id_idx" ON "one_time_link"("user_id");

-- CreateIndex
CREATE INDEX "idempotency_key_created_at_idx" ON "idempotency_key"("created_at");

-- CreateIndex
CREATE INDEX "statement_meeting_id_idx" ON "statement"("meeting_id");

-- CreateIndex
CREATE INDEX "statement_speaker_id_idx" ON "statement"("speaker_id");

-- CreateIndex
CREATE UNIQUE INDEX "statement_dialogue_id_order_key" ON "statement"("dialogue_id", "order");

-- CreateIndex
CREATE INDEX "representation_actor_id_idx" ON "representation"("actor_id");

-- CreateIndex
CREATE UNIQUE INDEX "representation_statement_id_position_key" ON "representation"("statement_id", "position");

-- CreateIndex
CREATE INDEX "exclusion_actor_id_idx" ON "exclusion"("actor_id");

-- AddForeignKey
ALTER TABLE "actor_name" ADD CONSTRAINT "actor_name_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dialogue" ADD CONSTRAINT "dialogue_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "report"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meeting" ADD CONSTRAINT "meeting_dialogue_id_fkey" FOREIGN KEY ("dialogue_id") REFERENCES "dialogue"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "published_figure" ADD CONSTRAINT "published_figure_dialogue_id_fkey" FOREIGN KEY ("dialogue_id") REFERENCES "dialogue"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "published_figure" ADD CONSTRAINT "published_figure_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "meeting"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "published_figure" ADD CONSTRAINT "published_figure_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "token" ADD CONSTRAINT "token_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "one_time_link" ADD CONSTRAINT "one_time_link_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statement" ADD CONSTRAINT "statement_dialogue_id_fkey" FOREIGN KEY ("dialogue_id") REFERENCES "dialogue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statement" ADD CONSTRAINT "statement_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "meeting"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statement" ADD CONSTRAINT "statement_speaker_id_fkey" FOREIGN KEY ("speaker_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "representation" ADD CONSTRAINT "representation_statement_id_fkey" FOREIGN KEY ("statement_id") REFERENCES "statement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "representation" ADD CONSTRAINT "representation_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exclusion" ADD CONSTRAINT "exclusion_representation_id_fkey" FOREIGN KEY ("representation_id") REFERENCES "representation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exclusion" ADD CONSTRAINT "exclusion_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
