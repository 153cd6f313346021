import "server-only";
import { refOf } from "@/features/actors/queries/register";
import { registerOf, type ActorKind } from "@/features/actors/rules";
import { COUNTED_SQL, OWN_CAPACITY } from "@/features/positions/queries/counted";
import { groupsOf, reachedBy } from "@/features/positions/rules/settled";
import type { Mode } from "@/features/positions/schema";
import type { CountedStatement, Represents } from "@/features/statements/rules";
import type { Basis, StatementRole } from "@/features/statements/schema";
import { reading, type Source } from "@/lib/db";
import { dayOf, type Day } from "@/lib/format";

/** A statement that speaks for one actor: in its own voice, or because it covers it. */
export type Bearing = {
  statement: CountedStatement;
  dialogueId: string;
  /** The dialogue's first day. */
  startsOn: Day;
  order: number;
  mode: Mode;
  /** Ref of the group, or of the actor that spoke for it; null in its own voice. */
  through: string | null;
  /** The version of the codebook under which it was coded; null while it is not. */
  codedUnder: string | null;
};

type Row = {
  id: string;
  speaker_id: string;
  role: StatementRole;
  dialogue_id: string;
  order: number;
  starts_on: Date;
  day: Date;
  version_id: string | null;
  basis: Basis;
  party: string | null;
  struck: boolean;
};

/**
 * The parts of statements that can concern an actor: where it spoke in its own capacity, and where somebody spoke for it by name or
 * for a group that is or was ever its own. What none of them touches cannot reach the actor, whatever the day.
 */
async function touching(source: Source, actorId: string, groups: readonly string[]): Promise<Row[]> {
  return reading(source).$queryRaw<Row[]>`
    WITH mine AS (
      SELECT s.id, 'own'::text AS basis, NULL::uuid AS party, false AS struck
      FROM statement s WHERE s.speaker_id = ${actorId}::uuid AND ${COUNTED_SQL} AND ${OWN_CAPACITY}
      UNION ALL
      SELECT s.id, r.basis::text, r.actor_id,
        EXISTS (SELECT FROM exclusion e WHERE e.representation_id = r.id AND e.actor_id = ${actorId}::uuid)
      FROM representation r JOIN statement s ON s.id = r.statement_id
      WHERE r.actor_id = ANY(${[actorId, ...groups]}::uuid[]) AND ${COUNTED_SQL}
    )
    SELECT s.id, s.speaker_id, s.role::text, s.dialogue_id, s."order", d.starts_on, coalesce(m.date, d.starts_on) AS day,
      CASE WHEN c.submitted_at IS NOT NULL THEN c.version_id END AS version_id, mine.basis, mine.party, mine.struck
    FROM mine JOIN statement s ON s.id = mine.id JOIN dialogue d ON d.id = s.dialogue_id
      LEFT JOIN meeting m ON m.id = s.meeting_id LEFT JOIN coding c ON c.statement_id = s.id
    ORDER BY d.starts_on, d.id, s."order", s.id`;
}

function countedOf(actorId: string, parts: readonly Row[]): CountedStatement | null {
  const [first] = parts;
  if (!first) return null;
  return {
    id: first.id,
    speakerId: first.speaker_id,
    role: first.role,
    day: dayOf(first.day),
    meeting: null,
    withdrawn: false,
    representations: parts.map(
      ({ basis, party, struck }): Represents => ({ basis, actorId: party, excluded: struck ? [actorId] : [] }),
    ),
  };
}

/** Consecutive rows of one statement. */
function byStatement(rows: readonly Row[]): Row[][] {
  const statements: Row[][] = [];
  for (const row of rows) {
    const last = statements.at(-1);
    if (last?.[0]?.id === row.id) last.push(row);
    else statements.push([row]);
  }
  return statements;
}

/**
 * Every statement that counts and speaks for an actor, in order of time; where one is both its own voice and for it, it is its own.
 * Whom a statement covers is decided by the one rule (`reachedBy`); the database only leaves out what cannot reach the actor.
 */
export async function loadBearings(
  source: Source,
  actorId: string,
  aligned: "include" | "exclude" = "exclude",
): Promise<Bearing[]> {
  const db = reading(source);
  const memberships = await db.membership.findMany({
    where: { memberId: actorId },
    select: { groupId: true, memberId: true, validFrom: true, validUntil: true },
  });
  const groups = [...new Set(memberships.map(({ groupId }) => groupId))];
  const rows = await touching(source, actorId, groups);
  const actors = await db.actor.findMany({
    where: { id: { in: [...new Set([actorId, ...groups, ...rows.map(({ speaker_id }) => speaker_id)])] } },
    select: { id: true, kind: true, iso3: true, slug: true, admittedOn: true },
  });
  const register = registerOf(
    actors.map(({ id, kind, admittedOn, ...names }) => ({
      id,
      kind: kind satisfies ActorKind,
      ref: refOf(names),
      admittedOn: admittedOn && dayOf(admittedOn),
    })),
    memberships.map(({ validFrom, validUntil, ...of }) => ({
      ...of,
      validFrom: validFrom && dayOf(validFrom),
      validUntil: validUntil && dayOf(validUntil),
    })),
  );

  const throughOf = (statement: CountedStatement): string | undefined =>
    reachedBy(statement, register, aligned).find((one) => one.actorId === actorId)?.through;

  return byStatement(rows).flatMap((parts): Bearing[] => {
    const statement = countedOf(actorId, parts);
    const [first] = parts;
    if (!statement || !first) return [];
    const isOwn = parts.some(({ basis }) => basis === "own") || groupsOf(statement).includes(actorId);
    const through = isOwn ? undefined : throughOf(statement);
    if (!isOwn && through === undefined) return [];
    return [
      {
        statement,
        dialogueId: first.dialogue_id,
        startsOn: dayOf(first.starts_on),
        order: first.order,
        mode: isOwn ? "own" : "delegated",
        through: through ?? null,
        codedUnder: first.version_id,
      },
    ];
  });
}
