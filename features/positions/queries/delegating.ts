import "server-only";
import type { Register } from "@/features/actors/rules";
import type { PositionValue } from "@/features/codebook/schema";
import type { ReadAs } from "@/features/positions/queries/read-as";
import { statementsIn, type Scope } from "@/features/positions/queries/scope";
import { openIssues, portionsOf } from "@/features/positions/rules/open-issues";
import { type DelegatingStatement, type OwnPosition, reaching } from "@/features/positions/rules/settled";
import type { CountedStatement } from "@/features/statements/rules";
import { Prisma } from "@/generated/prisma/client";
import { readMany, type Source } from "@/lib/db";
import type { Day } from "@/lib/format";

type StatementRow = {
  id: string;
  speaker_id: string;
  role: CountedStatement["role"];
  order: number;
  dialogue_id: string;
  /** First day of the dialogue. */
  starts_on: Day;
  /** Of the meeting, where one is named. */
  held_on: Day;
  meeting: number | null;
  coded_under: string | null;
  /** Basis, actor, who is struck out. */
  represents: [CountedStatement["representations"][number]["basis"], string | null, string[]][];
};

/**
 * The counted statements of a scope that were delivered for others and can reach one of the actors, by name or through a group
 * that it has ever belonged to, the latest first; without their positions.
 */
export async function readDelegating(
  source: Source,
  scope: Scope,
  actors: readonly string[],
): Promise<DelegatingStatement[]> {
  const rows = await readMany<StatementRow>(
    source,
    Prisma.sql`
    SELECT s.id, s.speaker_id, s.role, s."order", s.dialogue_id, d.starts_on, coalesce(m.date, d.starts_on) AS held_on,
      m.number AS meeting, CASE WHEN c.submitted_at IS NOT NULL THEN c.version_id END AS coded_under,
      (SELECT json_agg(json_build_array(r.basis, r.actor_id,
          (SELECT coalesce(json_agg(e.actor_id), '[]') FROM exclusion e WHERE e.representation_id = r.id)) ORDER BY r.position)
        FROM representation r WHERE r.statement_id = s.id) AS represents
    FROM statement s JOIN dialogue d ON d.id = s.dialogue_id LEFT JOIN meeting m ON m.id = s.meeting_id
      LEFT JOIN coding c ON c.statement_id = s.id
    WHERE ${statementsIn(scope)} AND s.id IN (
      SELECT r.statement_id FROM representation r
      WHERE r.basis <> 'own' AND (r.actor_id = ANY(${actors}::uuid[])
        OR r.actor_id IN (SELECT group_id FROM membership WHERE member_id = ANY(${actors}::uuid[]))))
    ORDER BY d.starts_on DESC, d.id DESC, s."order" DESC`,
  );
  return rows.map((row) => ({
    statement: {
      id: row.id,
      speakerId: row.speaker_id,
      role: row.role,
      day: row.held_on,
      meeting: row.meeting,
      withdrawn: false,
      representations: row.represents.map(([basis, actorId, excluded]) => ({ basis, actorId, excluded })),
    },
    at: { dialogue: row.dialogue_id, day: row.starts_on, order: row.order },
    codedUnder: row.coded_under,
    positions: [],
  }));
}

/** Every actor that statements name: speakers, parties, members struck out. */
export function namedBy(delegating: readonly DelegatingStatement[]): Set<string> {
  const ids = new Set<string>();
  for (const { statement } of delegating) {
    ids.add(statement.speakerId);
    for (const { actorId, excluded } of statement.representations) {
      if (actorId) ids.add(actorId);
      for (const one of excluded) ids.add(one);
    }
  }
  return ids;
}

/** Statements whose positions are read at once, at first; then twice as many each time. */
const FIRST_PORTION = 100;

type Reading = ReadAs & {
  register: Register;
  actors: readonly string[];
  /** What the actors said themselves. */
  own: readonly OwnPosition[];
  aligned: "include" | "exclude";
};

/**
 * The statements with their positions, as far as these can decide a cell: the latest statements are read first, and the older
 * ones only for issues on which an actor that they reach has no later position. `delegating` comes from `readDelegating`.
 */
export async function withPositions(
  source: Source,
  delegating: readonly DelegatingStatement[],
  { from, to, register, actors, own, aligned }: Reading,
  firstPortion = FIRST_PORTION,
): Promise<DelegatingStatement[]> {
  const reached = reaching(register, aligned);
  const reach = delegating.map(({ statement }) => reached(statement));
  const open = openIssues({ delegating, reach, actors, issues: to, own });
  const read: DelegatingStatement[] = [];
  for (const [first, end] of portionsOf(delegating, firstPortion)) {
    const asked = delegating.slice(first, end).map((one, place) => ({ one, issues: open.issuesOf(first + place) }));
    const positions = await positionsOf(source, asked, { from, to });
    const portion = asked.map(({ one }) => ({ ...one, positions: positions.get(one.statement.id) ?? [] }));
    open.note(portion);
    read.push(...portion);
  }
  return read;
}

type Coded = DelegatingStatement["positions"][number];

/** The positions of statements, by statement: of those of which an issue is asked, on all of these issues. */
async function positionsOf(
  source: Source,
  asked: readonly { one: DelegatingStatement; issues: ReadonlySet<string> }[],
  { from, to }: ReadAs,
): Promise<Map<string, Coded[]>> {
  const ids = asked.flatMap(({ one, issues }) => (issues.size > 0 ? [one.statement.id] : []));
  if (ids.length === 0) return new Map();
  const wanted = new Set(asked.flatMap(({ issues }) => [...issues]));
  const pairs = from.flatMap((id, place) => {
    const as = to[place] ?? id;
    return wanted.has(as) ? [[id, as] as const] : [];
  });
  // The last one of an issue decides: what was coded under the issue itself, after what is read under it.
  const rows = await readMany<{
    statement_id: string;
    coded: [issue: string, position: string, value: PositionValue][];
  }>(
    source,
    Prisma.sql`
    SELECT p.statement_id, json_agg(json_build_array(m.to_id, p.id, p.value) ORDER BY m.from_id = m.to_id, p.id) AS coded
    FROM position p
      JOIN unnest(${pairs.map(([id]) => id)}::uuid[], ${pairs.map(([, as]) => as)}::uuid[]) AS m(from_id, to_id) ON m.from_id = p.issue_id
    WHERE p.statement_id = ANY(${ids}::uuid[]) AND p.kind = 'position' AND p.value IS NOT NULL
    GROUP BY p.statement_id`,
  );
  return new Map(
    rows.map(({ statement_id, coded }) => [
      statement_id,
      coded.map(([issueId, positionId, value]) => ({ issueId, positionId, value })),
    ]),
  );
}
