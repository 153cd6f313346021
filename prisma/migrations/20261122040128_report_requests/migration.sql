-- CreateTable
CREATE TABLE "report_request" (
    "id" UUID NOT NULL,
    "report_id" UUID NOT NULL,
    "place" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "addressee" TEXT,
    "paragraph" TEXT,

    CONSTRAINT "report_request_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "report_request_report_id_place_key" ON "report_request"("report_id", "place");

-- AddForeignKey
ALTER TABLE "report_request" ADD CONSTRAINT "report_request_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "report"("id") ON DELETE CASCADE ON UPDATE CASCADE;
