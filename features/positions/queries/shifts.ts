import "server-only";
import { findActorIds } from "@/features/actors/queries/resolve";
import { loadMerges } from "@/features/codebook/queries/merges";
import { loadReading } from "@/features/codebook/queries/reading";
import type { PositionValue } from "@/features/codebook/schema";
import { positionsByIds } from "@/features/positions/queries/list";
import { COUNTED_SQL } from "@/features/positions/queries/scope";
import { asTimeline, type TimelineEntry } from "@/features/positions/queries/timeline";
import { stepsBetween, type Break } from "@/features/positions/rules/shifts";
import type { ShiftRef, ShiftsQuery, ShiftStatus, Verdict } from "@/features/positions/schema";
import { Prisma } from "@/generated/prisma/client";
import { reading, readMany, type Source } from "@/lib/db";
import { invalid, notFound } from "@/lib/errors";
import type { Day } from "@/lib/format";

/** Two consecutive positions of one actor on one issue that differ, and what was decided of it. */
export type ShiftDto = {
  actorId: string;
  /** ISO3 of a state or observer, else the slug. */
  actor: string;
  actorName: string;
  issue: string;
  issueTitle: string;
  /** How many steps of the scale lie between the two. */
  steps: number;
  earlier: TimelineEntry;
  later: TimelineEntry;
  status: ShiftStatus;
  /** What somebody decided; of a decision that one of the codings outlived, too: then `stale` is true and the shift proposed again. */
  decision: { verdict: Verdict; reason: string; by: string; at: string } | null;
  stale: boolean;
  /** Of the decision; 0 while there is none. */
  version: number;
  /** Versions of the two codings, which a decision is about. */
  seen: { earlier: number; later: number };
};

/** Where a page of shifts ended. */
export type ShiftPlace = { day: Day; later: string; actor: string };

type Row = {
  actor_id: string;
  earlier_id: string;
  later_id: string;
  day: Day;
  earlier_version: number;
  later_version: number;
  verdict: Verdict | null;
  reason: string | null;
  decided_by: string | null;
  decided_at: string | null;
  decision_version: number | null;
  status: ShiftStatus;
};

/** The versions of the codebook after which codings of an issue answer another question. */
async function loadBreaks(source: Source): Promise<Break[]> {
  const rows = await reading(source).crosswalkStep.findMany({
    where: { kind: { in: ["redefined", "split"] }, version: { status: "published" }, fromId: { not: null } },
    select: { fromId: true, version: { select: { number: true } } },
  });
  return rows.flatMap(({ fromId, version }) => (fromId ? [{ issueId: fromId, version: version.number }] : []));
}

/**
 * `shiftsOf` for every actor and issue at once, in SQL: a table expression `shift` with the decisions on it. A test compares the two.
 * Positions of a state before its admission are none, as in the matrix.
 */
async function shiftTable(source: Source, { actorId, issueIds }: Narrowed): Promise<Prisma.Sql> {
  const merges = await loadMerges(source);
  const breaks = await loadBreaks(source);
  const ofActor = (column: Prisma.Sql): Prisma.Sql =>
    actorId === undefined ? Prisma.sql`true` : Prisma.sql`${column} = ${actorId}::uuid`;
  const ofIssue = issueIds === undefined ? Prisma.sql`true` : Prisma.sql`p.issue_id = ANY(${issueIds}::uuid[])`;
  return Prisma.sql`
    merged AS (SELECT * FROM unnest(${[...merges.keys()]}::uuid[], ${[...merges.values()]}::uuid[]) AS m(from_id, to_id)
    ), broken AS (
      SELECT * FROM unnest(${breaks.map(({ issueId }) => issueId)}::uuid[], ${breaks.map(({ version }) => version)}::int[])
        AS b(issue_id, number)
    ), own AS (
      SELECT p.id, p.actor_id, p.issue_id, p.version_id, p.version, p.value, p.day, p.dialogue_id, coalesce(s."order", 0) AS place
      FROM position p LEFT JOIN statement s ON s.id = p.statement_id
      WHERE p.kind = 'position' AND ${ofIssue} AND ${ofActor(Prisma.sql`p.actor_id`)}
        AND ((p.statement_id IS NULL AND p.through_id IS NULL) OR (p.statement_id IS NOT NULL AND p.own_capacity AND ${COUNTED_SQL}))
      UNION ALL
      SELECT p.id, g.actor_id, p.issue_id, p.version_id, p.version, p.value, p.day, p.dialogue_id, s."order"
      FROM representation g JOIN statement s ON s.id = g.statement_id JOIN position p ON p.statement_id = s.id
      WHERE g.basis = 'group' AND p.kind = 'position' AND ${ofIssue} AND ${ofActor(Prisma.sql`g.actor_id`)} AND ${COUNTED_SQL}
    ), deciding AS (
      SELECT DISTINCT ON (own.actor_id, read_as, own.day, own.dialogue_id) own.*, read_as, v.number
      FROM own JOIN actor a ON a.id = own.actor_id JOIN codebook_version v ON v.id = own.version_id
        LEFT JOIN merged ON merged.from_id = own.issue_id
        CROSS JOIN LATERAL (SELECT coalesce(merged.to_id, own.issue_id) AS read_as) AS reading
      WHERE a.kind <> 'member_state' OR a.admitted_on IS NULL OR a.admitted_on <= own.day
      -- In the order in which the window below reads on: the rows are sorted once.
      ORDER BY own.actor_id, read_as, own.day, own.dialogue_id NULLS FIRST, own.place DESC, (own.issue_id = read_as) DESC, own.id DESC
    ), pair AS (
      SELECT id AS later_id, actor_id, read_as, day, value, version AS later_version, issue_id, number,
        lag(id) OVER before AS earlier_id, lag(value) OVER before AS earlier_value, lag(version) OVER before AS earlier_version,
        lag(issue_id) OVER before AS earlier_issue_id, lag(number) OVER before AS earlier_number
      FROM deciding WINDOW before AS (PARTITION BY actor_id, read_as ORDER BY day, dialogue_id NULLS FIRST)
    ), shift AS (
      SELECT pair.actor_id, pair.read_as, pair.day, pair.earlier_id, pair.later_id, pair.earlier_version, pair.later_version,
        d.verdict, d.reason, d.decided_by, d.decided_at, d.version AS decision_version,
        CASE WHEN d.earlier_version = pair.earlier_version AND d.later_version = pair.later_version THEN d.verdict::text
          ELSE 'proposed' END AS status
      FROM pair LEFT JOIN shift_decision d ON d.earlier_id = pair.earlier_id AND d.later_id = pair.later_id
        -- A decision on an actor that was merged into another goes with it.
        AND (d.actor_id = pair.actor_id OR d.actor_id IN (SELECT m.id FROM actor m WHERE m.merged_into_id = pair.actor_id))
      WHERE pair.earlier_id IS NOT NULL AND pair.value <> pair.earlier_value AND NOT EXISTS (
        SELECT FROM broken b WHERE b.issue_id IN (pair.issue_id, pair.earlier_issue_id, pair.read_as)
          AND b.number > least(pair.number, pair.earlier_number) AND b.number <= greatest(pair.number, pair.earlier_number))
    )`;
}

type Narrowed = { actorId?: string | undefined; issueIds?: string[] | undefined };

async function narrowed(source: Source, { actor, issue }: ShiftsQuery): Promise<Narrowed> {
  const actorId = actor === undefined ? undefined : (await findActorIds(source, [actor])).get(actor);
  if (actor !== undefined && actorId === undefined) throw invalid("actor", `No actor is known as "${actor}".`);
  const issueIds = issue === undefined ? undefined : (await loadReading(source)).idsOf(issue);
  if (issueIds?.length === 0) throw invalid("issue", `The codebook has no issue "${issue}".`);
  return { actorId, issueIds };
}

/** A page of a list: by number, or after a place. */
export type ShiftRange = { limit: number; offset?: number; place?: ShiftPlace };

/** Shifts of a page, how many the filter leaves, and how many there would be of each status if it asked for none. */
export type ShiftPage = { shifts: ShiftDto[]; total: number; counts: Record<ShiftStatus, number> };

const NONE: Record<ShiftStatus, number> = { proposed: 0, confirmed: 0, dismissed: 0 };

/** Shifts, the newest first. At most `limit`. Throws INVALID for an actor or issue that nobody has. */
export async function listShifts(
  source: Source,
  query: ShiftsQuery,
  { limit, offset = 0, place }: ShiftRange,
): Promise<ShiftPage> {
  const { status, since } = query;
  const table = await shiftTable(source, await narrowed(source, query));
  const from = since === undefined ? Prisma.sql`true` : Prisma.sql`day >= ${since}::date`;
  const asked = status === undefined ? Prisma.sql`true` : Prisma.sql`status = ${status}`;
  const after = place
    ? Prisma.sql`(day, later_id, actor_id) < (${place.day}::date, ${place.later}::uuid, ${place.actor}::uuid)`
    : Prisma.sql`true`;
  const order = Prisma.sql`ORDER BY day DESC, later_id DESC, actor_id DESC`;
  // What costs is to find them all: once, for the numbers and for the page.
  const [found] = await readMany<{ rows: Row[] | null; counts: Partial<typeof NONE> | null }>(
    source,
    Prisma.sql`WITH ${table}, found AS MATERIALIZED (SELECT * FROM shift WHERE ${from}
      ), listed AS (SELECT * FROM found WHERE ${asked} AND ${after} ${order} LIMIT ${limit} OFFSET ${offset}
      ), counted AS (SELECT status, count(*) FROM found GROUP BY status)
      SELECT (SELECT json_agg(listed ${order}) FROM listed) AS rows,
        (SELECT json_object_agg(status, count) FROM counted) AS counts`,
  );
  const counts = { ...NONE, ...found?.counts };
  const total = status === undefined ? counts.proposed + counts.confirmed + counts.dismissed : counts[status];
  return { shifts: await toDtos(source, found?.rows ?? []), total, counts };
}

/** Where the next page starts after a shift. */
export function placeOfShift(shift: ShiftDto): ShiftPlace {
  return { day: shift.later.day, later: shift.later.id, actor: shift.actorId };
}

/** The shift between two positions, or NOT_FOUND when they are none, or none any more. */
export async function getShift(source: Source, ref: ShiftRef): Promise<ShiftDto> {
  const actorId = (await findActorIds(source, [ref.actor])).get(ref.actor);
  if (actorId === undefined) throw notFound("actor", ref.actor);
  const table = await shiftTable(source, { actorId });
  const rows = await readMany<Row>(
    source,
    Prisma.sql`WITH ${table} SELECT * FROM shift
      WHERE earlier_id = ${ref.earlier}::uuid AND later_id = ${ref.later}::uuid`,
  );
  const [shift] = await toDtos(source, rows);
  if (!shift) throw notFound("shift", `${ref.actor}: ${ref.earlier} to ${ref.later}`);
  return shift;
}

async function toDtos(source: Source, rows: readonly Row[]): Promise<ShiftDto[]> {
  const ends = rows.flatMap(({ actor_id, earlier_id, later_id }) =>
    [earlier_id, later_id].map((id) => ({ id, actorId: actor_id, mode: "own" as const, through: null })),
  );
  const entries = await positionsByIds(source, ends, await loadReading(source));
  const timeline = new Map(
    (await asTimeline(source, entries)).map((entry) => [`${entry.actor} ${entry.id}`, entry] as const),
  );
  const entryOf = (index: number): TimelineEntry | undefined => {
    const entry = entries[index];
    return entry && timeline.get(`${entry.actor} ${entry.id}`);
  };
  // All are there, since a position cannot be gone inside the same snapshot; else a row is left out.
  if (entries.length !== ends.length) return [];
  return rows.flatMap((row, index) => {
    const [earlier, later] = [entryOf(index * 2), entryOf(index * 2 + 1)];
    if (!earlier?.value || !later?.value) return [];
    return [
      {
        actorId: row.actor_id,
        actor: later.actor,
        actorName: later.actorName,
        issue: later.issue,
        issueTitle: later.issueTitle,
        steps: stepsBetween(earlier.value satisfies PositionValue, later.value),
        earlier,
        later,
        status: row.status,
        decision: row.verdict && {
          verdict: row.verdict,
          reason: row.reason ?? "",
          by: row.decided_by ?? "",
          at: new Date(row.decided_at ?? 0).toISOString(),
        },
        stale: row.verdict !== null && row.status === "proposed",
        version: row.decision_version ?? 0,
        seen: { earlier: row.earlier_version, later: row.later_version },
      },
    ];
  });
}
