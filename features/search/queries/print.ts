import "server-only";
import { printedName, today } from "@/features/actors/queries/actor";
import { actorPath } from "@/features/actors/schema";
import { queryIn, versionId } from "@/features/search/queries/conditions";
import type { SearchQuery } from "@/features/search/rules";
import type { SearchKind } from "@/features/search/schema";
import { Prisma } from "@/generated/prisma/client";
import { address } from "@/lib/address";
import { reading, type Source } from "@/lib/db";
import { dayOf, type Day } from "@/lib/format";

/** Something that was found, before it is printed. */
export type Hit = {
  kind: SearchKind;
  id: string;
  statementId: string | null;
  textId: string | null;
};

/** A piece of the words around what was found. */
export type SnippetPart = { text: string; match: boolean };

/** Something that was found, as pages and the API show it. */
export type SearchResult = {
  kind: SearchKind;
  /** Of the statement, quotation, position (for a note), actor or issue. */
  id: string;
  /** Speaker, actor or issue. */
  title: string;
  /** Page that shows it. */
  path: string;
  statement: string | null;
  dialogue: { slug: string; title: string; day: Day } | null;
  /** Language of the words. */
  language: string | null;
  snippet: SnippetPart[];
};

/** Characters of the private use area that mark what was found; they are taken out of the words before. */
const [START, STOP] = ["\uE000", "\uE001"];
const OPTIONS = `StartSel=${START}, StopSel=${STOP}, MaxFragments=2, MinWords=8, MaxWords=28, ShortWord=0, FragmentDelimiter=" … "`;
/** Characters of a text in which the words to show are looked for. */
const LOOKED_AT = 200_000;
const HAN_SPACE =
  /(?<=[\u2E80-\u9FFF\uF900-\uFAFF\uE001]) +(?=\uE000?[\u2E80-\u9FFF\uF900-\uFAFF])| +(?=[\u2E80-\u9FFF\uF900-\uFAFF])/gu;

/** The marked words as parts, without the spaces that were put between characters to find them. */
function partsOf(headline: string, language: string | null): SnippetPart[] {
  const words = /^(?:zh|ja)/.test(language ?? "") ? headline.replace(HAN_SPACE, "") : headline;
  const parts = words.replace(/\s+/gu, " ").split(new RegExp(`(${START}[^${STOP}]*${STOP})`, "u"));
  return parts
    .filter((part) => part !== "")
    .map((part) => {
      const match = part.startsWith(START);
      return { text: match ? part.slice(1, -1) : part, match };
    });
}

type Headline = { id: string; language: string | null; headline: string };

/** The words of each hit in which it was found, by the id of the hit. */
async function headlines(
  source: Source,
  query: SearchQuery,
  hits: Hit[],
  codebook: number | undefined,
): Promise<Map<string, Headline>> {
  const ids = (kind: SearchKind, withText?: boolean) =>
    hits
      .filter((hit) => hit.kind === kind && (withText === undefined || (hit.textId !== null) === withText))
      .map((hit) => (withText ? (hit.textId ?? "") : hit.id));
  const rows = await reading(source).$queryRaw<Headline[]>`
    SELECT id, language, ts_headline(search_config(language),
      translate(search_words(left(words, ${LOOKED_AT})), ${START + STOP}, ''), ${queryIn(query, Prisma.sql`language`)}, ${OPTIONS}) AS headline
    FROM (
      SELECT statement_id AS id, language, body AS words FROM statement_text WHERE id = ANY(${ids("statement", true)}::uuid[])
      UNION ALL
      SELECT id, 'en', concat_ws(E'\n', printed, person_name, person_title, note) FROM statement WHERE id = ANY(${ids("statement", false)}::uuid[])
      UNION ALL
      SELECT q.id, t.language, q.exact FROM quotation q JOIN statement_text t ON t.id = q.text_id WHERE q.id = ANY(${ids("quotation")}::uuid[])
      UNION ALL
      SELECT id, 'en', note FROM position WHERE id = ANY(${ids("note")}::uuid[])
      UNION ALL
      SELECT d.issue_id, 'en', concat_ws(E'\n', d.definition, d.include, d.exclude)
        FROM issue_definition d WHERE d.issue_id = ANY(${ids("issue")}::uuid[])
        AND d.version_id = ${versionId(codebook)}
    ) found`;
  return new Map(rows.map((row) => [row.id, row]));
}

const NAMES = { orderBy: { id: "asc" } } as const;

/** Where a statement was delivered and by whom, as a result shows it. */
async function placesOf(source: Source, hits: Hit[]) {
  const ids = hits.flatMap(({ statementId }) => (statementId ? [statementId] : []));
  const rows = await reading(source).statement.findMany({
    where: { id: { in: ids } },
    select: {
      id: true,
      dialogue: { select: { slug: true, title: true, startsOn: true } },
      speaker: { select: { slug: true, names: NAMES } },
    },
  });
  return new Map(
    rows.map(({ id, dialogue, speaker }) => {
      const day = dayOf(dialogue.startsOn);
      return [id, { title: printedName(speaker, day), dialogue: { slug: dialogue.slug, title: dialogue.title, day } }];
    }),
  );
}

async function actorsOf(source: Source, hits: Hit[]) {
  const rows = await reading(source).actor.findMany({
    where: { id: { in: hits.flatMap(({ kind, id }) => (kind === "actor" ? [id] : [])) } },
    select: { id: true, kind: true, slug: true, names: NAMES },
  });
  const day = await today(source);
  return new Map(
    rows.map((actor) => {
      const others = actor.names.filter(({ kind }) => kind !== "short").slice(0, 4);
      return [
        actor.id,
        { title: printedName(actor, day), path: actorPath(actor), names: others.map(({ name }) => name) },
      ];
    }),
  );
}

async function attributedOf(source: Source, hits: Hit[]) {
  const rows = await reading(source).position.findMany({
    where: { id: { in: hits.flatMap(({ kind, id, statementId }) => (kind === "note" && !statementId ? [id] : [])) } },
    select: { id: true, year: true, actor: { select: { kind: true, slug: true, names: NAMES } } },
  });
  return new Map(
    rows.map(({ id, year, actor }) => [id, { title: printedName(actor, `${year}-12-31`), path: actorPath(actor) }]),
  );
}

async function issuesOf(source: Source, hits: Hit[], codebook: number | undefined) {
  const rows = await reading(source).issueDefinition.findMany({
    where: {
      issueId: { in: hits.flatMap(({ kind, id }) => (kind === "issue" ? [id] : [])) },
      version: codebook === undefined ? { status: "published" } : { number: codebook },
    },
    select: { issueId: true, code: true, title: true },
    orderBy: { version: { number: "asc" } },
  });
  return new Map(rows.map(({ issueId, code, title }) => [issueId, { title, path: `/codebook/${code}` }]));
}

/**
 * Hits with what a reader needs to choose among them, in their order. Issues are those of the version with this number, the newest
 * published one without.
 */
export async function printHits(
  source: Source,
  query: SearchQuery,
  hits: Hit[],
  codebook: number | undefined,
): Promise<SearchResult[]> {
  if (hits.length === 0) return [];
  const words = await headlines(source, query, hits, codebook);
  const places = await placesOf(source, hits);
  const actors = await actorsOf(source, hits);
  const attributed = await attributedOf(source, hits);
  const issues = await issuesOf(source, hits, codebook);
  return hits.map((hit): SearchResult => {
    const { kind, id, statementId } = hit;
    const found = words.get(id);
    const place = statementId ? places.get(statementId) : undefined;
    const named = actors.get(id) ?? attributed.get(id) ?? issues.get(id);
    const snippet = partsOf(found?.headline ?? actors.get(id)?.names.join(" · ") ?? "", found?.language ?? null);
    return {
      kind,
      id,
      title: place?.title ?? named?.title ?? "",
      path: address(place ? `/dialogues/${place.dialogue.slug}/statements/${statementId}` : (named?.path ?? "/"), {
        codebook,
      }),
      statement: statementId,
      dialogue: place?.dialogue ?? null,
      language: kind === "statement" || kind === "quotation" ? (found?.language ?? null) : null,
      snippet,
    };
  });
}
