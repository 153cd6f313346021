-- Of the views that somebody keeps, no two have the same name; a deleted one does not stand in the way.
CREATE UNIQUE INDEX saved_view_name_key ON saved_view (owner_id, lower(name)) WHERE removed_at IS NULL;

-- Runs when the transaction commits, after the trigger that seals its events: the constraint triggers of a transaction run in
-- the order in which its rows were written, and an event is written before what it touches. The lock of the chain is held by
-- then, so that places are given in the order in which transactions come to be seen.
CREATE FUNCTION audit_subject_place() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE audit_subject SET position = (SELECT max(seal.position) FROM audit_seal seal)
    WHERE kind = NEW.kind AND subject_id = NEW.subject_id AND act = NEW.act;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER audit_subject_placed AFTER INSERT ON audit_subject
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.position IS NULL) EXECUTE FUNCTION audit_subject_place();
