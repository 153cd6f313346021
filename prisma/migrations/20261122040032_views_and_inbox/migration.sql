-- CreateEnum
CREATE TYPE "WatchKind" AS ENUM ('actor', 'issue', 'dialogue');

-- CreateTable
CREATE TABLE "audit_subject" (
    "kind" "WatchKind" NOT NULL,
    "subject_id" UUID NOT NULL,
    "act" UUID NOT NULL,
    "event_id" BIGINT NOT NULL,
    "rank" SMALLINT NOT NULL,
    "user_id" UUID,
    "position" BIGINT,

    CONSTRAINT "audit_subject_pkey" PRIMARY KEY ("kind","subject_id","act")
);

-- CreateTable
CREATE TABLE "watch" (
    "user_id" UUID NOT NULL,
    "kind" "WatchKind" NOT NULL,
    "subject_id" UUID NOT NULL,
    "since" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "watch_pkey" PRIMARY KEY ("user_id","kind","subject_id")
);

-- CreateTable
CREATE TABLE "reader" (
    "user_id" UUID NOT NULL,
    "read_up_to" BIGINT NOT NULL DEFAULT 0,
    "visit_at" TIMESTAMPTZ(3),
    "visit_up_to" BIGINT NOT NULL DEFAULT 0,
    "before_at" TIMESTAMPTZ(3),
    "before_up_to" BIGINT NOT NULL DEFAULT 0,
    "digest" BOOLEAN NOT NULL DEFAULT false,
    "digest_since" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "reader_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "digest_mail" (
    "user_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "claimed_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 1,
    "up_to" BIGINT NOT NULL,

    CONSTRAINT "digest_mail_pkey" PRIMARY KEY ("user_id","day")
);

-- CreateTable
CREATE TABLE "saved_view" (
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "note" TEXT,
    "shared" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,
    "removed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "audit_subject_kind_subject_id_position_idx" ON "audit_subject"("kind", "subject_id", "position");

-- CreateIndex
CREATE INDEX "audit_subject_position_idx" ON "audit_subject"("position");

-- CreateIndex
CREATE INDEX "audit_subject_act_idx" ON "audit_subject"("act");

-- CreateIndex
CREATE INDEX "saved_view_owner_id_idx" ON "saved_view"("owner_id");

-- AddForeignKey
ALTER TABLE "watch" ADD CONSTRAINT "watch_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reader" ADD CONSTRAINT "reader_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "digest_mail" ADD CONSTRAINT "digest_mail_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
