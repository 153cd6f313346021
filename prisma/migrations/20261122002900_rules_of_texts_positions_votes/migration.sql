-- What the schema file cannot say about batches, texts, the codebook, positions and votes.

-- At most one version of the codebook is a draft.
CREATE UNIQUE INDEX codebook_version_one_draft_key ON codebook_version (status) WHERE status = 'draft';
ALTER TABLE codebook_version
  ADD CONSTRAINT codebook_version_number_check CHECK (number >= 1),
  ADD CONSTRAINT codebook_version_published_check CHECK ((status = 'published') = (published_at IS NOT NULL));
ALTER TABLE crosswalk_step ADD CONSTRAINT crosswalk_step_ends_check CHECK (
  (from_id IS NOT NULL OR kind = 'added') AND (to_id IS NOT NULL OR kind = 'retired'));

-- A position has a value, and a quotation or the reason why there is none. What is not a statement's own says where it was taken.
ALTER TABLE position
  ADD CONSTRAINT position_value_check CHECK (kind <> 'position' OR value IS NOT NULL),
  ADD CONSTRAINT position_evidence_check CHECK (kind <> 'position' OR quotation_id IS NOT NULL OR no_quote_reason IS NOT NULL),
  ADD CONSTRAINT position_statement_check CHECK (statement_id IS NULL OR (dialogue_id IS NOT NULL AND occasion = 'dialogue')),
  ADD CONSTRAINT position_occasion_check CHECK (occasion <> 'dialogue' OR dialogue_id IS NOT NULL);

-- A quotation stands in its text, or is orphaned.
ALTER TABLE quotation
  ADD CONSTRAINT quotation_place_check CHECK (
    (orphaned_at IS NULL) = (start IS NOT NULL) AND (start IS NULL) = ("end" IS NULL) AND start >= 0 AND start < "end");

ALTER TABLE recorded_vote ADD CONSTRAINT recorded_vote_result_check CHECK (yes >= 0 AND no >= 0 AND abstain >= 0 AND not_voting >= 0);
ALTER TABLE actor ADD CONSTRAINT actor_merged_check CHECK (merged_into_id <> id);

-- The hash of one event, as before, and the batch of an event that belongs to one.
CREATE FUNCTION audit_event_hash_with_batch(previous text, event audit_event) RETURNS text
LANGUAGE sql STABLE SET timezone = 'UTC' AS $$
  SELECT encode(sha256(convert_to(previous || (jsonb_build_object(
    'id', event.id, 'at', event.at, 'type', event.type, 'subject_type', event.subject_type, 'subject_id', event.subject_id,
    'dialogue_id', event.dialogue_id, 'user_id', event.user_id, 'user_name', event.user_name, 'session_id', event.session_id,
    'token_id', event.token_id, 'request_id', event.request_id, 'address', event.address, 'version', event.version,
    'before', event.before, 'after', event.after, 'reason', event.reason)
    || CASE WHEN event.batch_id IS NULL THEN '{}' ELSE jsonb_build_object('batch_id', event.batch_id) END)::text, 'UTF8')), 'hex')
$$;

-- The first event of a transaction links all of that transaction: an import has a hundred thousand.
CREATE OR REPLACE FUNCTION audit_add_seal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  head audit_seal;
  event audit_event;
  link text;
BEGIN
  IF EXISTS (SELECT FROM audit_seal WHERE event_id = NEW.id) THEN RETURN NULL; END IF;
  PERFORM pg_advisory_xact_lock(7281931403);
  SELECT * INTO head FROM audit_seal ORDER BY position DESC LIMIT 1;
  head.position := coalesce(head.position, 0);
  head.hash := coalesce(head.hash, '');
  -- What a savepoint wrote has a number of its own and comes here by its own trigger.
  FOR event IN
    SELECT * FROM audit_event WHERE id = NEW.id OR (id > NEW.id AND xmin = pg_current_xact_id()::xid) ORDER BY id
  LOOP
    link := audit_event_hash_with_batch(head.hash, event);
    head.position := head.position + 1;
    INSERT INTO audit_seal (position, event_id, previous_hash, hash) VALUES (head.position, event.id, head.hash, link);
    head.hash := link;
  END LOOP;
  RETURN NULL;
EXCEPTION WHEN unique_violation THEN
  -- A transaction whose snapshot is older than the last link: repeating it helps.
  RAISE EXCEPTION 'the audit chain grew since this transaction began' USING ERRCODE = 'serialization_failure';
END $$;

CREATE OR REPLACE FUNCTION audit_chain_faults() RETURNS TABLE (seal_position bigint, event_id bigint, fault text) LANGUAGE sql STABLE AS $$
  SELECT linked.position, linked.event_id, CASE
      WHEN linked.id IS NULL THEN 'was removed'
      WHEN linked.position <> linked.place THEN 'follows a missing link'
      WHEN linked.previous_hash <> linked.hash_before THEN 'does not follow the link before it'
      ELSE 'was changed' END
  FROM (
    SELECT seal.position, seal.event_id, seal.previous_hash, seal.hash, event.id,
      row_number() OVER chain AS place,
      coalesce(lag(seal.hash) OVER chain, '') AS hash_before,
      audit_event_hash_with_batch(seal.previous_hash, event) AS hash_now
    FROM audit_seal seal LEFT JOIN audit_event event ON event.id = seal.event_id
    WINDOW chain AS (ORDER BY seal.position)
  ) linked
  WHERE linked.id IS NULL OR linked.position <> linked.place OR linked.previous_hash <> linked.hash_before OR linked.hash <> linked.hash_now
  UNION ALL
  SELECT NULL, event.id, 'has no link in the chain'
  FROM audit_event event
  WHERE NOT EXISTS (SELECT FROM audit_seal seal WHERE seal.event_id = event.id)
$$;

DROP FUNCTION audit_event_hash(text, audit_event);
