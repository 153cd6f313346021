-- The positions of the statements that change are found by their index: joined with the rows that changed, all positions were read, and
-- for each of them it was looked up how its statement was delivered.
CREATE OR REPLACE FUNCTION public.voice_positions_of_statements() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE position p SET own_capacity = NOT p.own_capacity
  WHERE p.statement_id = ANY (ARRAY(SELECT DISTINCT statement_id FROM changed)) AND p.own_capacity <> in_own_capacity(p.statement_id);
  RETURN NULL;
END $$;
