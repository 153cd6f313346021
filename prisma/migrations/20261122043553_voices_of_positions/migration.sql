-- Whether a position was said in own capacity stands on it, so that an index finds the latest own one however often the actor
-- spoke for others alone. It follows the statement's representation: own capacity is said so, or nothing is said.

-- DropIndex
DROP INDEX "position_actor_id_issue_id_day_idx";

-- AlterTable
ALTER TABLE "position" ADD COLUMN     "own_capacity" BOOLEAN NOT NULL DEFAULT true;

CREATE FUNCTION public.in_own_capacity(statement uuid) RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT NOT EXISTS (SELECT FROM representation WHERE statement_id = statement)
    OR EXISTS (SELECT FROM representation WHERE statement_id = statement AND basis = 'own');
$$;

UPDATE "position" SET "own_capacity" = in_own_capacity(statement_id) WHERE statement_id IS NOT NULL;

CREATE FUNCTION public.voice_position() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.statement_id IS NULL THEN
    NEW.own_capacity := true;
  ELSE
    -- Whoever is changing for whom the statement was delivered ends first.
    PERFORM FROM statement WHERE id = NEW.statement_id FOR SHARE;
    NEW.own_capacity := in_own_capacity(NEW.statement_id);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER position_voice BEFORE INSERT OR UPDATE OF statement_id, own_capacity ON position
  FOR EACH ROW EXECUTE FUNCTION voice_position();

CREATE FUNCTION public.voice_positions_of_statements() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE position p SET own_capacity = NOT p.own_capacity
  WHERE p.statement_id IN (SELECT statement_id FROM changed) AND p.own_capacity <> in_own_capacity(p.statement_id);
  RETURN NULL;
END $$;
CREATE TRIGGER representation_added AFTER INSERT ON representation
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION voice_positions_of_statements();
CREATE TRIGGER representation_removed AFTER DELETE ON representation
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION voice_positions_of_statements();
CREATE TRIGGER representation_revised AFTER UPDATE ON representation
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION voice_positions_of_statements();

-- CreateIndex
CREATE INDEX "position_actor_id_issue_id_own_capacity_day_idx" ON "position"("actor_id", "issue_id", "own_capacity", "day" DESC);
