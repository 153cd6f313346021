-- Full-text search: each text in the stems of its own language, accents folded.

-- The languages of the United Nations that Postgres has stems for, and one without stems for all others.
CREATE TEXT SEARCH CONFIGURATION public.search_simple (COPY = pg_catalog.simple);
CREATE TEXT SEARCH CONFIGURATION public.search_en (COPY = pg_catalog.english);
CREATE TEXT SEARCH CONFIGURATION public.search_fr (COPY = pg_catalog.french);
CREATE TEXT SEARCH CONFIGURATION public.search_es (COPY = pg_catalog.spanish);
CREATE TEXT SEARCH CONFIGURATION public.search_ru (COPY = pg_catalog.russian);
CREATE TEXT SEARCH CONFIGURATION public.search_ar (COPY = pg_catalog.arabic);
ALTER TEXT SEARCH CONFIGURATION public.search_simple ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple;
ALTER TEXT SEARCH CONFIGURATION public.search_en ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_fr ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_es ALTER MAPPING FOR hword, hword_part, word WITH unaccent, spanish_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_ru ALTER MAPPING FOR hword, hword_part, word WITH unaccent, russian_stem;
ALTER TEXT SEARCH CONFIGURATION public.search_ar ALTER MAPPING FOR hword, hword_part, word WITH unaccent, arabic_stem;

-- The configuration of a BCP 47 tag.
CREATE FUNCTION public.search_config(language text) RETURNS regconfig LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE lower(split_part(language, '-', 1))
    WHEN 'en' THEN 'public.search_en'::regconfig
    WHEN 'fr' THEN 'public.search_fr'::regconfig
    WHEN 'es' THEN 'public.search_es'::regconfig
    WHEN 'ru' THEN 'public.search_ru'::regconfig
    WHEN 'ar' THEN 'public.search_ar'::regconfig
    ELSE 'public.search_simple'::regconfig END
$$;

-- Chinese and Japanese have no spaces between words: each character becomes a word of its own, and a query a phrase of them.
CREATE FUNCTION public.search_words(body text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN body ~ '[\u2E80-\u9FFF\uF900-\uFAFF]'
    THEN regexp_replace(body, '([\u2E80-\u9FFF\uF900-\uFAFF])', ' \1 ', 'g') ELSE body END
$$;

-- The stems of a body. Postgres keeps at most 1 MB of them; of a longer text the beginning is found.
CREATE FUNCTION public.search_vector(language text, body text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  part text := body;
BEGIN
  LOOP
    BEGIN
      RETURN to_tsvector(search_config(language), search_words(part));
    EXCEPTION WHEN program_limit_exceeded THEN
      part := left(part, length(part) / 2);
    END;
  END LOOP;
END $$;

CREATE FUNCTION public.search_statement_text() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  NEW.search := search_vector(NEW.language, NEW.body);
  RETURN NEW;
END $$;
CREATE TRIGGER statement_text_search BEFORE INSERT OR UPDATE OF body, language ON statement_text
  FOR EACH ROW EXECUTE FUNCTION search_statement_text();

CREATE FUNCTION public.search_quotation() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  NEW.search := search_vector((SELECT language FROM statement_text WHERE id = NEW.text_id), NEW.exact);
  RETURN NEW;
END $$;
CREATE TRIGGER quotation_search BEFORE INSERT OR UPDATE OF exact, text_id ON quotation
  FOR EACH ROW EXECUTE FUNCTION search_quotation();

CREATE FUNCTION public.search_quotations_of_text() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE quotation SET search = search_vector(NEW.language, exact) WHERE text_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER statement_text_language_search AFTER UPDATE OF language ON statement_text
  FOR EACH ROW WHEN (OLD.language IS DISTINCT FROM NEW.language) EXECUTE FUNCTION search_quotations_of_text();

-- Notes are the analysts' own, and English.
CREATE FUNCTION public.search_position() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  NEW.search := CASE WHEN NEW.note IS NOT NULL THEN search_vector('en', NEW.note) END;
  RETURN NEW;
END $$;
CREATE TRIGGER position_search BEFORE INSERT OR UPDATE OF note ON position FOR EACH ROW EXECUTE FUNCTION search_position();

CREATE FUNCTION public.search_statement() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  words text := concat_ws(E'\n', NEW.printed, NEW.person_name, NEW.person_title, NEW.note);
BEGIN
  NEW.search := CASE WHEN words <> '' THEN search_vector('en', words) END;
  RETURN NEW;
END $$;
CREATE TRIGGER statement_search BEFORE INSERT OR UPDATE OF printed, person_name, person_title, note ON statement
  FOR EACH ROW EXECUTE FUNCTION search_statement();

UPDATE statement_text SET body = body;
UPDATE quotation SET exact = exact;
UPDATE position SET note = note;
UPDATE statement SET note = note;
