-- What the schema file cannot say about imports, and links of the audit chain that a transaction of a hundred thousand events
-- makes in a second: while it holds the chain, every other write waits.

-- The rows in which a check found something are few and looked for first.
CREATE INDEX import_row_issues_idx ON import_row (import_id, "row") WHERE issues IS NOT NULL;

-- SHA-256 over the columns of an event by name. jsonb prints its keys in one order; the instant is printed without a time zone,
-- which would be the session's. Columns added later belong into a function of a new name and a form of their own.
CREATE FUNCTION audit_event_digest(event audit_event) RETURNS bytea LANGUAGE sql STABLE AS $$
  SELECT sha256(convert_to(jsonb_build_object(
    'id', event.id, 'at', event.at AT TIME ZONE 'UTC', 'type', event.type, 'subject_type', event.subject_type,
    'subject_id', event.subject_id, 'dialogue_id', event.dialogue_id, 'user_id', event.user_id, 'user_name', event.user_name,
    'session_id', event.session_id, 'token_id', event.token_id, 'request_id', event.request_id, 'address', event.address,
    'version', event.version, 'before', event.before, 'after', event.after, 'reason', event.reason,
    'batch_id', event.batch_id)::text, 'UTF8'))
$$;

-- The link of an event in form 2: SHA-256, in hex, over the link before it and the event's digest, both in hex.
CREATE FUNCTION audit_link(previous text, digest bytea) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT encode(sha256(convert_to(previous || encode(digest, 'hex'), 'UTF8')), 'hex')
$$;

-- The first event of a transaction links all of that transaction. What takes long, the digests, is made before the chain is held.
CREATE OR REPLACE FUNCTION audit_add_seal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  head audit_seal;
  events bigint[];
  digests bytea[];
  links text[];
  link text;
BEGIN
  IF EXISTS (SELECT FROM audit_seal WHERE event_id = NEW.id) THEN RETURN NULL; END IF;
  -- What a savepoint wrote has a number of its own and comes here by its own trigger.
  SELECT array_agg(event.id ORDER BY event.id), array_agg(audit_event_digest(event) ORDER BY event.id) INTO events, digests
    FROM audit_event event
    WHERE event.id = NEW.id OR (event.id > NEW.id AND event.xmin = pg_current_xact_id()::xid);
  PERFORM pg_advisory_xact_lock(7281931403);
  SELECT * INTO head FROM audit_seal ORDER BY position DESC LIMIT 1;
  head.position := coalesce(head.position, 0);
  link := coalesce(head.hash, '');
  FOR place IN 1 .. array_length(events, 1) LOOP
    links[place - 1] := link;
    link := encode(sha256(convert_to(link || encode(digests[place], 'hex'), 'UTF8')), 'hex');
  END LOOP;
  links[array_length(events, 1)] := link;
  INSERT INTO audit_seal (position, event_id, previous_hash, hash, form)
    SELECT head.position + made.place, made.event, made.before, made.after, 2
    FROM unnest(events, links[0 : array_length(events, 1) - 1], links[1 : array_length(events, 1)])
      WITH ORDINALITY AS made (event, before, after, place);
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
      CASE seal.form WHEN 1 THEN audit_event_hash_with_batch(seal.previous_hash, event)
        WHEN 2 THEN audit_link(seal.previous_hash, audit_event_digest(event)) ELSE '' END AS hash_now
    FROM audit_seal seal LEFT JOIN audit_event event ON event.id = seal.event_id
    WINDOW chain AS (ORDER BY seal.position)
  ) linked
  WHERE linked.id IS NULL OR linked.position <> linked.place OR linked.previous_hash <> linked.hash_before OR linked.hash <> linked.hash_now
  UNION ALL
  SELECT NULL, event.id, 'has no link in the chain'
  FROM audit_event event
  WHERE NOT EXISTS (SELECT FROM audit_seal seal WHERE seal.event_id = event.id)
$$;
