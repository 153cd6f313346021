import "server-only";
import { Prisma } from "@/generated/prisma/client";
import type { Field } from "@/lib/formats/data-package";

/** One table of the record: what it holds, and the query that reads it. Texts name actors by ISO3 code or slug. */
export type Resource = {
  /** Name of the file without its extension. */
  name: string;
  title: string;
  fields: Field[];
  sql: Prisma.Sql;
};

/** A text as a spreadsheet may open it: an apostrophe stands before what would run as a formula (lib/formats/csv.ts does the same). */
function safe(column: string): Prisma.Sql {
  const text = Prisma.raw(column);
  return Prisma.sql`CASE WHEN ${text} ~ '^\\s*[=+@\\uFF1D\\uFF0B\\uFF0D\\uFF20-]' OR ${text} ~ '^[\\t\\r]' THEN '''' || ${text} ELSE ${text} END`;
}

const ref = (alias: string): Prisma.Sql => Prisma.raw(`coalesce(${alias}.iso3, ${alias}.slug)`);
const words = (...names: string[]): Field[] => names.map((name) => ({ name, type: "string" }));
const days = (...names: string[]): Field[] => names.map((name) => ({ name, type: "date" }));
const whole = (...names: string[]): Field[] => names.map((name) => ({ name, type: "integer" }));

/** The English name of a kind without a period, the first that was entered. */
function nameOf(kind: "short" | "official"): Prisma.Sql {
  return Prisma.sql`(SELECT ${safe("n.name")} FROM actor_name n WHERE n.actor_id = a.id AND n.kind = ${Prisma.raw(`'${kind}'`)} AND n.language = 'en'
    AND n.valid_until IS NULL ORDER BY n.id LIMIT 1)`;
}

const ACTORS: Resource = {
  name: "actors",
  title: "States, observers, organizations, groups, offices",
  fields: [
    ...words("slug", "kind", "iso2", "iso3", "m49", "short_name", "official_name"),
    ...days("admitted_on"),
    ...words("m49_region", "m49_subregion", "note", "source"),
  ],
  sql: Prisma.sql`
    SELECT a.slug, a.kind, a.iso2, a.iso3, a.m49, ${nameOf("short")} AS short_name, ${nameOf("official")} AS official_name, a.admitted_on,
      ${safe("a.m49_region")} AS m49_region, ${safe("a.m49_subregion")} AS m49_subregion, ${safe("a.note")} AS note, ${safe("a.source")} AS source
    FROM actor a WHERE a.merged_into_id IS NULL ORDER BY a.slug`,
};

const NAMES: Resource = {
  name: "actor-names",
  title: "Every name by which an actor is found",
  fields: [...words("actor", "name", "kind", "language"), ...days("valid_from", "valid_until"), ...words("source")],
  sql: Prisma.sql`
    SELECT a.slug AS actor, ${safe("n.name")} AS name, n.kind, n.language, n.valid_from, n.valid_until, ${safe("n.source")} AS source
    FROM actor_name n JOIN actor a ON a.id = n.actor_id WHERE a.merged_into_id IS NULL ORDER BY a.slug, n.id`,
};

const MEMBERSHIPS: Resource = {
  name: "memberships",
  title: "Who belongs to which group, from and until which day, both included",
  fields: [...words("group", "member"), ...days("valid_from", "valid_until", "known_on"), ...words("source", "note")],
  sql: Prisma.sql`
    SELECT g.slug AS "group", a.slug AS member, m.valid_from, m.valid_until, m.known_on, ${safe("m.source")} AS source, ${safe("m.note")} AS note
    FROM membership m JOIN actor g ON g.id = m.group_id JOIN actor a ON a.id = m.member_id ORDER BY g.slug, a.slug, m.valid_from, m.id`,
};

function meaning(value: string): Prisma.Sql {
  return Prisma.sql`(SELECT ${safe("s.meaning")} FROM scale_step s WHERE s.definition_id = d.id AND s.value = ${Prisma.raw(`'${value}'`)}) AS ${Prisma.raw(value)}`;
}

const CODEBOOK: Resource = {
  name: "codebook",
  title: "The issues of the newest published version of the codebook",
  fields: [
    ...words("code", "title", "definition", "include", "exclude", "examples", "kind", "period"),
    ...words("support", "conditional", "mixed", "sceptical", "oppose", "source"),
  ],
  sql: Prisma.sql`
    SELECT d.code, ${safe("d.title")} AS title, ${safe("d.definition")} AS definition, ${safe("d.include")} AS include,
      ${safe("d.exclude")} AS exclude, ${safe("array_to_string(d.examples, ' | ')")} AS examples, ${safe("d.kind")} AS kind,
      ${safe("d.period")} AS period, ${meaning("support")}, ${meaning("conditional")}, ${meaning("mixed")}, ${meaning("sceptical")},
      ${meaning("oppose")}, ${safe("d.source")} AS source
    FROM issue_definition d
    WHERE d.version_id = (SELECT id FROM codebook_version WHERE status = 'published' ORDER BY number DESC LIMIT 1) ORDER BY d.place`,
};

const REPORTS: Resource = {
  name: "reports",
  title: "Reports of the Secretary-General that dialogues consider",
  fields: [...words("slug", "title", "symbol"), ...days("published_on"), ...words("summary", "source_url")],
  sql: Prisma.sql`
    SELECT slug, ${safe("title")} AS title, ${safe("symbol")} AS symbol, published_on, ${safe("summary")} AS summary, source_url
    FROM report ORDER BY slug`,
};

const REPORT_REQUESTS: Resource = {
  name: "report-requests",
  title: "What the reports ask, in their order",
  fields: [...words("report"), ...whole("place"), ...words("text", "addressee", "paragraph")],
  sql: Prisma.sql`
    SELECT r.slug AS report, q.place, ${safe("q.text")} AS text, ${safe("q.addressee")} AS addressee,
      ${safe("q.paragraph")} AS paragraph
    FROM report_request q JOIN report r ON r.id = q.report_id ORDER BY r.slug, q.place`,
};

const DIALOGUES: Resource = {
  name: "dialogues",
  title: "Dialogues and debates",
  fields: [
    ...words("slug", "title", "kind"),
    ...whole("ordinal"),
    ...words("body"),
    ...days("starts_on", "ends_on"),
    ...words("report", "note", "source_url"),
  ],
  sql: Prisma.sql`
    SELECT d.slug, ${safe("d.title")} AS title, d.kind, d.ordinal, ${safe("d.body")} AS body, d.starts_on, d.ends_on, r.slug AS report,
      ${safe("d.note")} AS note, d.source_url
    FROM dialogue d LEFT JOIN report r ON r.id = d.report_id ORDER BY d.starts_on, d.id`,
};

const MEETINGS: Resource = {
  name: "meetings",
  title: "The days of dialogues",
  fields: [...words("dialogue"), ...whole("number"), ...days("date"), ...words("label", "source")],
  sql: Prisma.sql`
    SELECT d.slug AS dialogue, m.number, m.date, ${safe("m.label")} AS label, NULL AS source
    FROM meeting m JOIN dialogue d ON d.id = m.dialogue_id ORDER BY d.starts_on, d.id, m.number`,
};

const FIGURES: Resource = {
  name: "published-figures",
  title: "Numbers that somebody published: claims",
  fields: [
    ...words("dialogue"),
    ...whole("meeting"),
    ...words("group", "scope", "unit"),
    ...whole("value"),
    ...words("printed", "publisher"),
    ...days("published_on"),
    ...words("rule", "source_url", "note"),
  ],
  sql: Prisma.sql`
    SELECT d.slug AS dialogue, m.number AS meeting, g.slug AS "group", f.scope, f.unit, f.value, ${safe("f.printed")} AS printed,
      ${safe("f.publisher")} AS publisher, f.published_on, f.rule, f.source_url, ${safe("f.note")} AS note
    FROM published_figure f LEFT JOIN dialogue d ON d.id = f.dialogue_id LEFT JOIN meeting m ON m.id = f.meeting_id
      LEFT JOIN actor g ON g.id = f.group_id ORDER BY d.starts_on, d.id, f.id`,
};

const STATEMENTS: Resource = {
  name: "statements",
  title: "Who spoke, in which role, for whom",
  fields: [
    ...words("dialogue"),
    ...whole("order", "meeting"),
    ...words("speaker", "printed", "role", "language", "person_name", "person_title"),
    { name: "represents", type: "string", description: "own; group:SLUG-STRUCK; named:REF; aligned:REF" },
    ...words("source_url", "note"),
  ],
  sql: Prisma.sql`
    SELECT d.slug AS dialogue, s."order", m.number AS meeting, ${ref("a")} AS speaker, ${safe("s.printed")} AS printed, s.role, s.language,
      ${safe("s.person_name")} AS person_name, ${safe("s.person_title")} AS person_title,
      coalesce((SELECT string_agg(CASE r.basis WHEN 'own' THEN 'own'
          ELSE r.basis || ':' || ${ref("p")} || coalesce((SELECT string_agg('-' || ${ref("x")}, '' ORDER BY ${ref("x")})
            FROM exclusion e JOIN actor x ON x.id = e.actor_id WHERE e.representation_id = r.id), '') END, '; ' ORDER BY r.position)
        FROM representation r LEFT JOIN actor p ON p.id = r.actor_id WHERE r.statement_id = s.id), 'own') AS represents,
      s.source_url, ${safe("s.note")} AS note
    FROM statement s JOIN dialogue d ON d.id = s.dialogue_id JOIN actor a ON a.id = s.speaker_id LEFT JOIN meeting m ON m.id = s.meeting_id
    WHERE s.withdrawn_at IS NULL ORDER BY d.starts_on, d.id, s."order"`,
};

const TEXTS: Resource = {
  name: "texts",
  title: "Texts of statements",
  fields: [
    ...words("dialogue"),
    ...whole("statement"),
    ...words("kind", "language", "sha256", "source", "source_url"),
    ...days("accessed_on"),
    {
      name: "text",
      type: "string",
      description: "sha256 is that of this text in UTF-8 without an apostrophe in front",
    },
  ],
  sql: Prisma.sql`
    SELECT d.slug AS dialogue, s."order" AS statement, t.kind, t.language, t.sha256, ${safe("t.source")} AS source, t.source_url, t.accessed_on,
      ${safe("t.body")} AS text
    FROM statement_text t JOIN statement s ON s.id = t.statement_id JOIN dialogue d ON d.id = s.dialogue_id
    WHERE s.withdrawn_at IS NULL ORDER BY d.starts_on, d.id, s."order", t.kind, t.language`,
};

const QUOTATIONS: Resource = {
  name: "quotations",
  title: "Quotations and where they stand: W3C TextQuoteSelector and TextPositionSelector",
  fields: [
    ...words("dialogue"),
    ...whole("statement"),
    ...words("kind", "language", "exact", "prefix", "suffix"),
    ...whole("start", "end", "paragraph", "page"),
    { name: "orphaned", type: "boolean" },
  ],
  sql: Prisma.sql`
    SELECT d.slug AS dialogue, s."order" AS statement, t.kind, t.language, ${safe("q.exact")} AS exact, ${safe("q.prefix")} AS prefix,
      ${safe("q.suffix")} AS suffix, q.start, q."end", q.paragraph, q.page, (q.orphaned_at IS NOT NULL)::text AS orphaned
    FROM quotation q JOIN statement_text t ON t.id = q.text_id JOIN statement s ON s.id = t.statement_id
      JOIN dialogue d ON d.id = s.dialogue_id
    WHERE s.withdrawn_at IS NULL ORDER BY d.starts_on, d.id, s."order", t.kind, t.language, q.start, q.id`,
};

const POSITIONS: Resource = {
  name: "positions",
  title: "Positions as they were coded; who inherits them follows from statements and memberships",
  fields: [
    ...words("dialogue"),
    ...whole("year"),
    ...words("occasion", "actor"),
    ...whole("statement"),
    ...words("issue", "kind", "value", "through", "note", "source_url", "quote", "no_quote_reason", "confidence"),
    ...whole("codebook"),
  ],
  sql: Prisma.sql`
    SELECT d.slug AS dialogue, p.year, p.occasion, ${ref("a")} AS actor, s."order" AS statement,
      (SELECT i.code FROM issue_definition i JOIN codebook_version v ON v.id = i.version_id
        WHERE i.issue_id = p.issue_id AND v.status = 'published' ORDER BY v.number DESC LIMIT 1) AS issue,
      p.kind, p.value, ${ref("g")} AS through, ${safe("p.note")} AS note, p.source_url, ${safe("q.exact")} AS quote,
      ${safe("p.no_quote_reason")} AS no_quote_reason, p.confidence, c.number AS codebook
    FROM position p JOIN actor a ON a.id = p.actor_id JOIN codebook_version c ON c.id = p.version_id
      LEFT JOIN dialogue d ON d.id = p.dialogue_id LEFT JOIN statement s ON s.id = p.statement_id
      LEFT JOIN actor g ON g.id = p.through_id LEFT JOIN quotation q ON q.id = p.quotation_id
    WHERE s.withdrawn_at IS NULL ORDER BY p.year, d.starts_on, d.id, s."order", a.slug, p.id`,
};

const SHIFT_DECISIONS: Resource = {
  name: "shift-decisions",
  title: "Shifts of positions that somebody confirmed or dismissed, while both codings are as they were looked at",
  fields: [
    ...words("actor", "issue", "earlier_value", "earlier_dialogue"),
    ...whole("earlier_year"),
    ...words("later_value", "later_dialogue"),
    ...whole("later_year"),
    ...words("verdict", "reason", "decided_by"),
  ],
  sql: Prisma.sql`
    SELECT ${ref("a")} AS actor, (SELECT i.code FROM issue_definition i JOIN codebook_version v ON v.id = i.version_id
        WHERE i.issue_id = l.issue_id AND v.status = 'published' ORDER BY v.number DESC LIMIT 1) AS issue,
      e.value AS earlier_value, ed.slug AS earlier_dialogue, e.year AS earlier_year,
      l.value AS later_value, ld.slug AS later_dialogue, l.year AS later_year, s.verdict, ${safe("s.reason")} AS reason,
      ${safe("s.decided_by")} AS decided_by
    FROM shift_decision s JOIN actor a ON a.id = s.actor_id
      JOIN position e ON e.id = s.earlier_id AND e.version = s.earlier_version
      JOIN position l ON l.id = s.later_id AND l.version = s.later_version
      LEFT JOIN dialogue ed ON ed.id = e.dialogue_id LEFT JOIN dialogue ld ON ld.id = l.dialogue_id
    WHERE NOT EXISTS (SELECT FROM statement w WHERE w.id IN (e.statement_id, l.statement_id) AND w.withdrawn_at IS NOT NULL)
    ORDER BY l.year, a.slug, s.id`,
};

const VOTES: Resource = {
  name: "votes",
  title: "Recorded votes and their stated results",
  fields: [
    ...words("slug", "symbol", "title"),
    ...days("date"),
    ...words("dialogue"),
    ...whole("yes", "no", "abstain", "not_voting"),
    ...words("source_url", "note"),
  ],
  sql: Prisma.sql`
    SELECT v.slug, ${safe("v.symbol")} AS symbol, ${safe("v.title")} AS title, v.date, d.slug AS dialogue, v.yes, v.no, v.abstain, v.not_voting,
      v.source_url, ${safe("v.note")} AS note
    FROM recorded_vote v LEFT JOIN dialogue d ON d.id = v.dialogue_id ORDER BY v.date, v.slug`,
};

const ROLL_CALLS: Resource = {
  name: "roll-calls",
  title: "How each state voted",
  fields: words("vote", "actor", "value", "printed"),
  sql: Prisma.sql`
    SELECT v.slug AS vote, ${ref("a")} AS actor, c.value, ${safe("c.printed")} AS printed
    FROM vote c JOIN recorded_vote v ON v.id = c.recorded_vote_id JOIN actor a ON a.id = c.actor_id ORDER BY v.date, v.slug, a.slug`,
};

/** The whole record, each table after those that it names. */
export const RESOURCES: readonly Resource[] = [
  ACTORS,
  NAMES,
  MEMBERSHIPS,
  CODEBOOK,
  REPORTS,
  REPORT_REQUESTS,
  DIALOGUES,
  MEETINGS,
  FIGURES,
  STATEMENTS,
  TEXTS,
  QUOTATIONS,
  POSITIONS,
  SHIFT_DECISIONS,
  VOTES,
  ROLL_CALLS,
];
