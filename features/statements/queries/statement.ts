import "server-only";
import type { Cast } from "@/features/actors/queries/register";
import { loadCast } from "@/features/actors/queries/register";
import type { ActorKind } from "@/features/actors/rules";
import { findVersion } from "@/features/audit/queries";
import type { Snapshot } from "@/features/audit/schema";
import { statementPatch, type Basis, type StatementRole } from "@/features/statements/schema";
import { coverageOf } from "@/features/statements/rules";
import {
  actorsIn,
  dayOfStatement,
  toCounted,
  WITH_REPRESENTATIONS,
  type StatementRow,
} from "@/features/statements/queries/rows";
import { reading, type Source } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { formatDay, type Day } from "@/lib/format";
import { uuidOf } from "@/lib/uuid";

/** One party for whom a statement was delivered, by reference. */
export type RepresentsDto =
  | { basis: "own" }
  | { basis: "group"; group: string; exclude: string[] }
  | { basis: "named" | "aligned"; actor: string };

/** One actor that a statement covers, or expressly does not. */
export type CoveredDto = {
  ref: string;
  slug: string;
  name: string;
  kind: ActorKind;
  routes: string[];
  /** The same routes in words: "own voice", "Nordic countries", "named by Denmark", "aligned with Denmark". */
  by: string[];
  bases: Basis[];
  countedAs: "member_state" | "observer" | null;
  notCounted: "organization" | "struck_out" | "not_admitted" | null;
  membershipKnown: boolean;
};

/** A statement as pages and the API show it. Names are those valid on its day. */
export type StatementDto = {
  id: string;
  dialogue: string;
  day: Day;
  speaker: string;
  speakerName: string;
  speakerSlug: string;
  speakerKind: ActorKind;
  printed: string | null;
  role: StatementRole;
  order: number;
  meeting: number | null;
  language: string | null;
  person: { name: string; title: string | null } | null;
  sourceUrl: string | null;
  note: string | null;
  represents: RepresentsDto[];
  /** How many of each it covers, each once. */
  covers: { states: number; observers: number; organizations: number };
  withdrawn: { at: string; reason: string | null } | null;
  version: number;
};

export type StatementDetail = StatementDto & {
  covered: CoveredDto[];
  /** What is odd, but stops nobody: a group without members on the day of the statement. */
  warnings: string[];
};

function representsDto(row: StatementRow["representations"][number], cast: Cast): RepresentsDto {
  const { basis, actorId, exclusions } = row;
  if (basis === "own" || !actorId) return { basis: "own" };
  const { ref } = cast.brief(actorId);
  if (basis !== "group") return { basis, actor: ref };
  return { basis, group: ref, exclude: exclusions.map((exclusion) => cast.brief(exclusion.actorId).ref).sort() };
}

/** How the routes of a statement read on a page. */
function routesInWords(row: StatementRow, cast: Cast, day: Day): (route: string) => string {
  const speaker = cast.nameOn(row.speakerId, day);
  const words = new Map<string, string>();
  for (const { basis, actorId } of row.representations) {
    if (basis === "group" && actorId) words.set(`group:${cast.brief(actorId).ref}`, cast.nameOn(actorId, day));
  }
  return (route) => {
    if (route.startsWith("named:")) return `named by ${speaker}`;
    if (route.startsWith("aligned:")) return `aligned with ${speaker}`;
    return words.get(route) ?? "own voice";
  };
}

/** A stored statement with whom it covers. */
export function statementDetail(row: StatementRow, cast: Cast): StatementDetail {
  const day = dayOfStatement(row);
  const speaker = cast.brief(row.speakerId);
  const inWords = routesInWords(row, cast, day);
  const covered = coverageOf(toCounted(row), cast.register).map(({ actorId, ...rest }) => {
    const { slug } = cast.brief(actorId);
    const { ref, kind, routes, bases, countedAs, notCounted, membershipKnown } = rest;
    const name = cast.nameOn(actorId, day);
    return { ref, slug, name, kind, routes, by: routes.map(inWords), bases, countedAs, notCounted, membershipKnown };
  });
  const count = (test: (one: CoveredDto) => boolean): number => covered.filter(test).length;
  return {
    id: row.id,
    dialogue: row.dialogue.slug,
    day,
    speaker: speaker.ref,
    speakerName: cast.nameOn(speaker.id, day),
    speakerSlug: speaker.slug,
    speakerKind: speaker.kind,
    printed: row.printed,
    role: row.role,
    order: row.order,
    meeting: row.meeting?.number ?? null,
    language: row.language,
    person: row.personName === null ? null : { name: row.personName, title: row.personTitle },
    sourceUrl: row.sourceUrl,
    note: row.note,
    represents: row.representations.map((represents) => representsDto(represents, cast)),
    covers: {
      states: count((one) => one.countedAs === "member_state"),
      observers: count((one) => one.countedAs === "observer"),
      organizations: count((one) => one.notCounted === "organization"),
    },
    withdrawn: row.withdrawnAt && { at: row.withdrawnAt.toISOString(), reason: row.withdrawnReason },
    version: row.version,
    covered: covered.sort((a, b) => a.name.localeCompare(b.name, "en")),
    warnings: row.representations
      .filter(
        ({ basis, actorId }) => basis === "group" && actorId && cast.register.membersOn(actorId, day).length === 0,
      )
      .map(({ actorId }) => `${cast.nameOn(actorId ?? "", day)} has no members on record on ${formatDay(day)}.`),
  };
}

/** The statement without the list of whom it covers. */
export function brief({ covered: _, warnings: __, ...statement }: StatementDetail): StatementDto {
  return statement;
}

/** What the audit trail keeps of a statement: its fields as in the API. */
export function statementSnapshot(statement: StatementDto): Snapshot {
  const { dialogue, speaker, printed, role, order, meeting, language, person, sourceUrl, note, represents, withdrawn } =
    statement;
  return {
    dialogue,
    speaker,
    printed,
    role,
    order,
    meeting,
    language,
    person,
    sourceUrl,
    note,
    represents,
    withdrawn: withdrawn && { reason: withdrawn.reason },
  };
}

/** The statement with this id and whom it covers, or NOT_FOUND. */
export async function getStatement(source: Source, ref: string): Promise<StatementDetail> {
  const id = uuidOf(ref);
  const row = id && (await reading(source).statement.findUnique({ where: { id }, include: WITH_REPRESENTATIONS }));
  if (!row) throw notFound("statement", ref);
  return statementDetail(row, await loadCast(source, actorsIn([row])));
}

/** A statement as it was at an earlier version, and who made it so. */
export type EarlierStatement = { statement: StatementDto; by: string; at: string };

/**
 * A statement as an earlier version had it, or null. It has the id and version that stand now, and the place in the order,
 * which belongs to all statements together.
 */
export async function findEarlier(
  source: Source,
  statement: StatementDto,
  version: number,
): Promise<EarlierStatement | null> {
  if (version >= statement.version) return null;
  const found = await findVersion(source, statement.id, version);
  if (!found?.after) return null;
  const { dialogue: _, order: __, withdrawn: ___, ...fields } = found.after;
  const earlier = statementPatch.safeParse(fields);
  if (!earlier.success) return null;
  return { statement: { ...statement, ...(earlier.data as Partial<StatementDto>) }, by: found.by, at: found.at };
}

type Page = { limit: number; after?: number; withdrawn?: boolean };

/** The statements of a dialogue in the order of speaking, at most `limit` after the place `after`. */
export async function listStatements(
  source: Source,
  dialogueId: string,
  { limit, after = 0, withdrawn = false }: Page,
): Promise<{ statements: StatementDto[]; total: number }> {
  const db = reading(source);
  const where = { dialogueId, ...(withdrawn ? {} : { withdrawnAt: null }) };
  const rows = await db.statement.findMany({
    where: { ...where, order: { gt: after } },
    include: WITH_REPRESENTATIONS,
    orderBy: { order: "asc" },
    take: limit,
  });
  const total = await db.statement.count({ where });
  const cast = await loadCast(source, actorsIn(rows));
  return { statements: rows.map((row) => brief(statementDetail(row, cast))), total };
}
