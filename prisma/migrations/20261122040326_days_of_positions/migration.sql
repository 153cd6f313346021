-- Positions carry their day, so that an index finds the latest one of an actor on an issue.
ALTER TABLE "position" ADD COLUMN     "day" DATE NOT NULL DEFAULT CURRENT_TIMESTAMP;

UPDATE "position" p SET "day" = coalesce((SELECT d.starts_on FROM dialogue d WHERE d.id = p.dialogue_id), make_date(p."year", 12, 31));
UPDATE "position" SET "year" = extract(year FROM "day") WHERE "year" <> extract(year FROM "day");

-- Whoever writes a position says its dialogue or its year; the day follows. When the dialogue is moved to other days, or the
-- statement to another dialogue, the foreign keys bring the new day or dialogue here, and the year follows.
CREATE FUNCTION public.date_position() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' OR NEW.dialogue_id IS DISTINCT FROM OLD.dialogue_id OR NEW.year IS DISTINCT FROM OLD.year THEN
    NEW.day := coalesce((SELECT starts_on FROM dialogue WHERE id = NEW.dialogue_id), make_date(NEW.year, 12, 31));
  END IF;
  NEW.year := extract(year FROM NEW.day);
  RETURN NEW;
END $$;
CREATE TRIGGER position_day BEFORE INSERT OR UPDATE OF dialogue_id, year, day ON position
  FOR EACH ROW EXECUTE FUNCTION date_position();

-- DropForeignKey
ALTER TABLE "position" DROP CONSTRAINT "position_dialogue_id_fkey";

-- DropIndex
DROP INDEX "position_actor_id_issue_id_idx";

-- CreateIndex
CREATE UNIQUE INDEX "dialogue_id_starts_on_key" ON "dialogue"("id", "starts_on");

-- CreateIndex
CREATE INDEX "position_actor_id_issue_id_day_idx" ON "position"("actor_id", "issue_id", "day" DESC);

-- AddForeignKey
ALTER TABLE "position" ADD CONSTRAINT "position_dialogue_id_day_fkey" FOREIGN KEY ("dialogue_id", "day") REFERENCES "dialogue"("id", "starts_on") ON DELETE RESTRICT ON UPDATE CASCADE;
