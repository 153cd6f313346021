import "server-only";
import { findActorIds } from "@/features/actors/queries/resolve";
import { checkVersion } from "@/features/codebook/queries/reading";
import { findDialogue } from "@/features/dialogues/queries";
import { fits, namesFit, tsQuery, versionId } from "@/features/search/queries/conditions";
import { printHits, type Hit, type SearchResult } from "@/features/search/queries/print";
import { findsSomething, parseSearch, type SearchQuery } from "@/features/search/rules";
import type { SearchFilters, SearchKind } from "@/features/search/schema";
import { Prisma } from "@/generated/prisma/client";
import { reading, type Source } from "@/lib/db";
import { invalid } from "@/lib/errors";

/** A value to filter by, and how many results it leaves. */
export type Facet<Value extends string = string> = { value: Value; label: string; count: number };

export type SearchResults = {
  results: SearchResult[];
  total: number;
  facets: { kind: Facet<SearchKind>[]; dialogue: Facet[]; language: Facet[]; actor: Facet[] };
};

const NOTHING: SearchResults = { results: [], total: 0, facets: { kind: [], dialogue: [], language: [], actor: [] } };

/** Most values of one facet. */
const MOST_VALUES = 20;

/**
 * Everything that fits, once each: a statement by any of its texts or by its own words. Withdrawn statements are left out. The
 * issues are those of one version of the codebook.
 */
function foundBy(query: SearchQuery, codebook: number | undefined): Prisma.Sql {
  return Prisma.sql`
    SELECT 'statement' AS kind, statement_id AS id, statement_id, id AS text_id, split_part(language, '-', 1) AS language
      FROM statement_text t WHERE ${fits(query, Prisma.sql`t.search`, Prisma.sql`t.language`)}
    UNION ALL
    SELECT 'statement', id, id, NULL, split_part(language, '-', 1) FROM statement t WHERE t.search @@ ${tsQuery("search_en", query)}
    UNION ALL
    SELECT 'quotation', q.id, t.statement_id, q.text_id, split_part(t.language, '-', 1)
      FROM quotation q JOIN statement_text t ON t.id = q.text_id
      WHERE ${fits(query, Prisma.sql`q.search`, Prisma.sql`t.language`)}
    UNION ALL
    SELECT 'note', id, statement_id, NULL, NULL FROM position t WHERE t.search @@ ${tsQuery("search_en", query)}
    UNION ALL
    SELECT 'actor', a.id, NULL, NULL, NULL FROM actor a WHERE a.merged_into_id IS NULL AND ${namesFit(query)}
    UNION ALL
    SELECT 'issue', d.issue_id, NULL, NULL, NULL FROM issue_definition d
      WHERE d.version_id = ${versionId(codebook)}
      AND to_tsvector('public.search_en', concat_ws(E'\n', replace(d.code, '_', ' '), d.code, d.title, d.definition, d.include,
        d.exclude, array_to_string(d.examples, E'\n'))) @@ ${tsQuery("search_en", query)}`;
}

type Chosen = { kind?: SearchKind; dialogueId?: string; actorId?: string; language?: string };

async function chosenBy(source: Source, { kind, dialogue, actor, language }: SearchFilters): Promise<Chosen> {
  const dialogueId = dialogue === undefined ? undefined : (await findDialogue(source, dialogue))?.id;
  if (dialogue !== undefined && !dialogueId) throw invalid("dialogue", `There is no dialogue "${dialogue}".`);
  const actorId = actor === undefined ? undefined : (await findActorIds(source, [actor])).get(actor);
  if (actor !== undefined && !actorId) throw invalid("actor", `No actor is known as "${actor}".`);
  return {
    ...(kind ? { kind } : {}),
    ...(dialogueId ? { dialogueId } : {}),
    ...(actorId ? { actorId } : {}),
    ...(language ? { language: language.toLowerCase() } : {}),
  };
}

/** The filters but one: a facet counts what choosing another of its values would leave. */
function filtered({ kind, dialogueId, actorId, language }: Chosen, but?: keyof Chosen): Prisma.Sql {
  const all = [
    kind && but !== "kind" ? Prisma.sql`one.kind = ${kind}` : null,
    dialogueId && but !== "dialogueId" ? Prisma.sql`one.dialogue_id = ${dialogueId}::uuid` : null,
    actorId && but !== "actorId" ? Prisma.sql`one.actor_id = ${actorId}::uuid` : null,
    language && but !== "language" ? Prisma.sql`${language} = ANY(one.languages)` : null,
  ].filter((one) => one !== null);
  return all.length === 0 ? Prisma.sql`TRUE` : Prisma.join(all, " AND ");
}

type Counted = { value: string; label: string; count: number }[] | null;
type Row = {
  total: bigint;
  hits: { kind: SearchKind; id: string; statement_id: string | null; text_id: string | null }[] | null;
  kinds: Counted;
  dialogues: Counted;
  languages: Counted;
  actors: Counted;
};

/**
 * Looks for a query in statements and their texts, quotations, notes, actors and issues: one statement to the database, with
 * the counts of every filter. Actors and issues come first, then the newest dialogue; of one dialogue in the order of speaking.
 * @param at `offset` is how many results are passed over, `limit` how many are read after them
 * @throws DomainError INVALID for a dialogue or actor that does not exist
 */
export async function search(
  source: Source,
  q: string,
  filters: SearchFilters,
  { offset, limit }: { offset: number; limit: number },
): Promise<SearchResults> {
  const query = parseSearch(q);
  const chosen = await chosenBy(source, filters);
  const { codebook } = filters;
  if (codebook !== undefined) await checkVersion(source, codebook);
  if (!findsSomething(query)) return NOTHING;
  const [row] = await reading(source).$queryRaw<Row[]>`
    WITH found AS (${foundBy(query, codebook)}),
    one AS MATERIALIZED (
      SELECT f.kind, f.id, f.statement_id, min(f.text_id::text)::uuid AS text_id, array_remove(array_agg(DISTINCT f.language), NULL) AS languages,
        coalesce(s.dialogue_id, p.dialogue_id) AS dialogue_id,
        CASE f.kind WHEN 'actor' THEN f.id ELSE coalesce(s.speaker_id, p.actor_id) END AS actor_id, s."order"
      FROM found f
        LEFT JOIN statement s ON s.id = f.statement_id
        LEFT JOIN position p ON f.kind = 'note' AND p.id = f.id
      WHERE s.withdrawn_at IS NULL
      GROUP BY f.kind, f.id, f.statement_id, s.dialogue_id, p.dialogue_id, s.speaker_id, p.actor_id, s."order"
    )
    SELECT
      (SELECT count(*) FROM one WHERE ${filtered(chosen)}) AS total,
      (SELECT json_agg(h) FROM (
        SELECT one.kind, one.id, one.statement_id, one.text_id FROM one LEFT JOIN dialogue d ON d.id = one.dialogue_id
        WHERE ${filtered(chosen)}
        ORDER BY d.starts_on DESC NULLS FIRST, one.dialogue_id, one.kind, one."order", one.id OFFSET ${offset} LIMIT ${limit}) h) AS hits,
      (SELECT json_agg(c) FROM (
        SELECT one.kind AS value, one.kind AS label, count(*)::int AS count FROM one WHERE ${filtered(chosen, "kind")} GROUP BY one.kind) c) AS kinds,
      (SELECT json_agg(c) FROM (
        SELECT d.slug AS value, d.title AS label, count(*)::int AS count FROM one JOIN dialogue d ON d.id = one.dialogue_id
        WHERE ${filtered(chosen, "dialogueId")} GROUP BY d.id ORDER BY d.starts_on DESC LIMIT ${MOST_VALUES}) c) AS dialogues,
      (SELECT json_agg(c) FROM (
        SELECT language AS value, language AS label, count(*)::int AS count FROM one, unnest(languages) AS language
        WHERE ${filtered(chosen, "language")} GROUP BY language ORDER BY count(*) DESC, language LIMIT ${MOST_VALUES}) c) AS languages,
      (SELECT json_agg(c) FROM (
        SELECT a.slug AS value, coalesce(
            (SELECT n.name FROM actor_name n WHERE n.actor_id = a.id AND n.kind = 'short' AND n.language = 'en' ORDER BY n.id LIMIT 1),
            a.slug) AS label, k.count
        FROM (SELECT actor_id, count(*)::int AS count FROM one WHERE ${filtered(chosen, "actorId")} AND actor_id IS NOT NULL
          GROUP BY actor_id ORDER BY count(*) DESC, actor_id LIMIT ${MOST_VALUES}) k JOIN actor a ON a.id = k.actor_id
        ORDER BY k.count DESC, a.slug) c) AS actors`;
  if (!row) return NOTHING;
  const hits = (row.hits ?? []).map(({ statement_id, text_id, ...hit }): Hit => ({
    ...hit,
    statementId: statement_id,
    textId: text_id,
  }));
  return {
    results: await printHits(source, query, hits, codebook),
    total: Number(row.total),
    facets: {
      kind: (row.kinds ?? []) as Facet<SearchKind>[],
      dialogue: row.dialogues ?? [],
      language: row.languages ?? [],
      actor: row.actors ?? [],
    },
  };
}
