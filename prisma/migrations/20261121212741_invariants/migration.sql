-- What the schema file cannot say. Each rule here settles in the database what two writers at once could otherwise get past.

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- Periods of one member in one group never overlap; both days belong to the period, and no day means without end.
ALTER TABLE membership
  ADD CONSTRAINT membership_period_check CHECK (valid_from <= valid_until),
  ADD CONSTRAINT membership_not_of_itself_check CHECK (group_id <> member_id),
  ADD CONSTRAINT membership_period_excl EXCLUDE USING gist (
    group_id WITH =, member_id WITH =, daterange(valid_from, valid_until, '[]') WITH &&);

ALTER TABLE actor_name ADD CONSTRAINT actor_name_period_check CHECK (valid_from <= valid_until);

ALTER TABLE dialogue ADD CONSTRAINT dialogue_days_check CHECK (starts_on <= ends_on);
ALTER TABLE meeting ADD CONSTRAINT meeting_number_check CHECK (number >= 1);

-- Checked at commit, so that one UPDATE, or several, can shift a list of speakers.
DROP INDEX statement_dialogue_id_order_key;
ALTER TABLE statement
  ADD CONSTRAINT statement_dialogue_id_order_key UNIQUE (dialogue_id, "order") DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT statement_order_check CHECK ("order" >= 1),
  ADD CONSTRAINT statement_withdrawal_check CHECK ((withdrawn_at IS NULL) = (withdrawn_reason IS NULL));

-- In its own capacity a speaker names nobody; on every other basis somebody.
ALTER TABLE representation
  ADD CONSTRAINT representation_actor_check CHECK ((basis = 'own') = (actor_id IS NULL)),
  ADD CONSTRAINT representation_position_check CHECK (position >= 1);

-- A typed or printed name is compared by likeness when no spelling fits.
CREATE INDEX actor_name_folded_trgm_idx ON actor_name USING gin (folded gin_trgm_ops);

-- The history cannot be changed, by nobody: not by the application, not by the owner of the tables. ALWAYS: also not by a
-- session that calls itself a replica.
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on % is refused: the history is only added to', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER audit_event_unchanged BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_seal_unchanged BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seal
  FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
ALTER TABLE audit_event ENABLE ALWAYS TRIGGER audit_event_unchanged;
ALTER TABLE audit_seal ENABLE ALWAYS TRIGGER audit_seal_unchanged;

-- The hash of one event: SHA-256, in hex, over the hash before it and the columns by name. jsonb prints its keys in one order;
-- the time zone is fixed because it prints instants in the session's. Columns added later belong into a function of a new name.
CREATE FUNCTION audit_event_hash(previous text, event audit_event) RETURNS text
LANGUAGE sql STABLE SET timezone = 'UTC' AS $$
  SELECT encode(sha256(convert_to(previous || jsonb_build_object(
    'id', event.id, 'at', event.at, 'type', event.type, 'subject_type', event.subject_type, 'subject_id', event.subject_id,
    'dialogue_id', event.dialogue_id, 'user_id', event.user_id, 'user_name', event.user_name, 'session_id', event.session_id,
    'token_id', event.token_id, 'request_id', event.request_id, 'address', event.address, 'version', event.version,
    'before', event.before, 'after', event.after, 'reason', event.reason)::text, 'UTF8')), 'hex')
$$;

-- Adds the link of one event when its transaction commits. Commits that record events pass here one by one, so that the chain
-- has one order. The application's role cannot write the seals: this function does, with the rights of its owner.
CREATE FUNCTION audit_add_seal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  head audit_seal;
BEGIN
  PERFORM pg_advisory_xact_lock(7281931403);
  SELECT * INTO head FROM audit_seal ORDER BY position DESC LIMIT 1;
  INSERT INTO audit_seal (position, event_id, previous_hash, hash)
    VALUES (coalesce(head.position, 0) + 1, NEW.id, coalesce(head.hash, ''), audit_event_hash(coalesce(head.hash, ''), NEW));
  RETURN NULL;
EXCEPTION WHEN unique_violation THEN
  -- A transaction whose snapshot is older than the last link: repeating it helps.
  RAISE EXCEPTION 'the audit chain grew since this transaction began' USING ERRCODE = 'serialization_failure';
END $$;

CREATE CONSTRAINT TRIGGER audit_event_seal AFTER INSERT ON audit_event
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_add_seal();
ALTER TABLE audit_event ENABLE ALWAYS TRIGGER audit_event_seal;

-- Every fault of the chain; no row when the history is whole.
CREATE FUNCTION audit_chain_faults() RETURNS TABLE (seal_position bigint, event_id bigint, fault text) LANGUAGE sql STABLE AS $$
  SELECT linked.position, linked.event_id, CASE
      WHEN linked.id IS NULL THEN 'was removed'
      WHEN linked.position <> linked.place THEN 'follows a missing link'
      WHEN linked.previous_hash <> linked.hash_before THEN 'does not follow the link before it'
      ELSE 'was changed' END
  FROM (
    SELECT seal.position, seal.event_id, seal.previous_hash, seal.hash, event.id,
      row_number() OVER chain AS place,
      coalesce(lag(seal.hash) OVER chain, '') AS hash_before,
      audit_event_hash(seal.previous_hash, event) AS hash_now
    FROM audit_seal seal LEFT JOIN audit_event event ON event.id = seal.event_id
    WINDOW chain AS (ORDER BY seal.position)
  ) linked
  WHERE linked.id IS NULL OR linked.position <> linked.place OR linked.previous_hash <> linked.hash_before OR linked.hash <> linked.hash_now
  UNION ALL
  SELECT NULL, event.id, 'has no link in the chain'
  FROM audit_event event
  WHERE NOT EXISTS (SELECT FROM audit_seal seal WHERE seal.event_id = event.id)
$$;
