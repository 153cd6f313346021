import "server-only";
import { foldName } from "@/features/actors/rules";
import type { SearchQuery, Term } from "@/features/search/rules";
import { Prisma } from "@/generated/prisma/client";

/** The id of the version of the codebook with a number, else of the newest published one. */
export function versionId(codebook: number | undefined): Prisma.Sql {
  return codebook === undefined
    ? Prisma.sql`(SELECT id FROM codebook_version WHERE status = 'published' ORDER BY number DESC LIMIT 1)`
    : Prisma.sql`(SELECT id FROM codebook_version WHERE number = ${codebook})`;
}

/** The text search configurations of the migration: one for each language that has stems, and one for all others. */
const CONFIGS = ["search_en", "search_fr", "search_es", "search_ru", "search_ar", "search_simple"] as const;
type Config = (typeof CONFIGS)[number];

function tsTerm(config: Config, { text, kind, excluded }: Term): Prisma.Sql {
  const name = Prisma.sql`${`public.${config}`}::regconfig`;
  const found =
    kind === "prefix"
      ? // A quoted lexeme: whatever was typed is one.
        Prisma.sql`to_tsquery(${name}, ${`'${text.replaceAll("\\", "").replaceAll("'", "''")}':*`})`
      : Prisma.sql`phraseto_tsquery(${name}, search_words(${text}))`;
  return excluded ? Prisma.sql`!!${found}` : found;
}

/** The query in the stems of one language. */
export function tsQuery(config: Config, query: SearchQuery): Prisma.Sql {
  const groups = query.map((group) => {
    const terms = group.map((term) => tsTerm(config, term));
    return Prisma.sql`(${Prisma.join(terms, " || ")})`;
  });
  return Prisma.sql`(${Prisma.join(groups, " && ")})`;
}

/** That a column of stems in the language of a row fits: each language is asked for in its own stems. */
export function fits(query: SearchQuery, search: Prisma.Sql, language: Prisma.Sql): Prisma.Sql {
  const each = CONFIGS.map(
    (config) =>
      Prisma.sql`(${search} @@ ${tsQuery(config, query)} AND search_config(${language}) = ${`public.${config}`}::regconfig)`,
  );
  return Prisma.sql`(${Prisma.join(each, " OR ")})`;
}

/** The query in the stems of a row's own language. */
export function queryIn(query: SearchQuery, language: Prisma.Sql): Prisma.Sql {
  const each = CONFIGS.map(
    (config) => Prisma.sql`WHEN ${`public.${config}`}::regconfig THEN ${tsQuery(config, query)}`,
  );
  return Prisma.sql`CASE search_config(${language}) ${Prisma.join(each, " ")} END`;
}

/** That an actor has names, or the ISO3 code, with all that was asked for; a word fits from its beginning. */
export function namesFit(query: SearchQuery): Prisma.Sql {
  const groups = query.map((group) => {
    const terms = group.map(({ text, excluded }) => {
      const folded = foldName(text);
      // Folded text has letters, digits and spaces only, so nothing in it is a wildcard. The first LIKE is for the index.
      const named = Prisma.sql`EXISTS (SELECT FROM actor_name n WHERE n.actor_id = a.id
        AND n.folded LIKE ${`%${folded}%`} AND ' ' || n.folded LIKE ${`% ${folded}%`})`;
      const found = Prisma.sql`(${folded !== ""} AND (a.iso3 = ${text.toUpperCase()} OR ${named}))`;
      return excluded ? Prisma.sql`NOT ${found}` : found;
    });
    return Prisma.sql`(${Prisma.join(terms, " OR ")})`;
  });
  return Prisma.sql`(${Prisma.join(groups, " AND ")})`;
}
