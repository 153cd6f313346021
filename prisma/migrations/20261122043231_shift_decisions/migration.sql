-- CreateEnum
CREATE TYPE "ShiftVerdict" AS ENUM ('confirmed', 'dismissed');

-- CreateTable
CREATE TABLE "shift_decision" (
    "id" UUID NOT NULL,
    "actor_id" UUID NOT NULL,
    "earlier_id" UUID NOT NULL,
    "later_id" UUID NOT NULL,
    "earlier_version" INTEGER NOT NULL,
    "later_version" INTEGER NOT NULL,
    "verdict" "ShiftVerdict" NOT NULL,
    "reason" TEXT NOT NULL,
    "decided_by_id" UUID,
    "decided_by" TEXT NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "shift_decision_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "shift_decision_earlier_id_idx" ON "shift_decision"("earlier_id");

-- CreateIndex
CREATE INDEX "shift_decision_later_id_idx" ON "shift_decision"("later_id");

-- CreateIndex
CREATE UNIQUE INDEX "shift_decision_actor_id_earlier_id_later_id_key" ON "shift_decision"("actor_id", "earlier_id", "later_id");

-- AddForeignKey
ALTER TABLE "shift_decision" ADD CONSTRAINT "shift_decision_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shift_decision" ADD CONSTRAINT "shift_decision_earlier_id_fkey" FOREIGN KEY ("earlier_id") REFERENCES "position"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shift_decision" ADD CONSTRAINT "shift_decision_later_id_fkey" FOREIGN KEY ("later_id") REFERENCES "position"("id") ON DELETE CASCADE ON UPDATE CASCADE;
