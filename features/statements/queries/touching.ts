import "server-only";
import { refOf } from "@/features/actors/queries/register";
import { registerOf, type Register } from "@/features/actors/rules";
import { OWN_CAPACITY } from "@/features/positions/queries/scope";
import { coverageOf, type CountedStatement } from "@/features/statements/rules";
import type { Basis, StatementRole } from "@/features/statements/schema";
import { Prisma } from "@/generated/prisma/client";
import { reading, readMany, type Source } from "@/lib/db";
import { dayOf, type Day } from "@/lib/format";

/** A statement, as far as it can concern one actor. */
export type Touching = {
  /** With the parties alone that are the actor or may have had it as a member. */
  statement: CountedStatement;
  dialogueId: string;
  /** The dialogue's first day. */
  startsOn: Day;
  order: number;
  /** The version of the codebook under which it was coded; null while it is not. */
  codedUnder: string | null;
};

type Row = {
  id: string;
  speaker_id: string;
  role: StatementRole;
  dialogue_id: string;
  order: number;
  starts_on: Day;
  day: Day;
  version_id: string | null;
  basis: Basis;
  party: string | null;
  struck: boolean;
};

async function rowsOf(source: Source, actorId: string, parties: string[]): Promise<Row[]> {
  return readMany<Row>(
    source,
    Prisma.sql`
    WITH mine AS (
      SELECT s.id, 'own'::text AS basis, NULL::uuid AS party, false AS struck
      FROM statement s WHERE s.speaker_id = ${actorId}::uuid AND s.withdrawn_at IS NULL AND ${OWN_CAPACITY}
      UNION ALL
      SELECT s.id, r.basis::text, r.actor_id,
        EXISTS (SELECT FROM exclusion e WHERE e.representation_id = r.id AND e.actor_id = ${actorId}::uuid)
      FROM representation r JOIN statement s ON s.id = r.statement_id
      WHERE r.actor_id = ANY(${parties}::uuid[]) AND s.withdrawn_at IS NULL
    )
    SELECT s.id, s.speaker_id, s.role, s.dialogue_id, s."order", d.starts_on, coalesce(m.date, d.starts_on) AS day,
      CASE WHEN c.submitted_at IS NOT NULL THEN c.version_id END AS version_id, mine.basis, mine.party, mine.struck
    FROM mine JOIN statement s ON s.id = mine.id JOIN dialogue d ON d.id = s.dialogue_id
      LEFT JOIN meeting m ON m.id = s.meeting_id LEFT JOIN coding c ON c.statement_id = s.id
    ORDER BY d.starts_on, d.id, s."order", s.id`,
  );
}

/** Rows of one statement stand together. */
function touchingOf(actorId: string, rows: readonly Row[]): Touching[] {
  const statements = new Map<string, Touching & { statement: { representations: Represents[] } }>();
  for (const row of rows) {
    const { basis, party, struck } = row;
    const represents = { basis, actorId: party, excluded: struck ? [actorId] : [] };
    const known = statements.get(row.id);
    if (known) known.statement.representations.push(represents);
    else {
      statements.set(row.id, {
        statement: {
          id: row.id,
          speakerId: row.speaker_id,
          role: row.role,
          day: row.day,
          meeting: null,
          withdrawn: false,
          representations: [represents],
        },
        dialogueId: row.dialogue_id,
        startsOn: row.starts_on,
        order: row.order,
        codedUnder: row.version_id,
      });
    }
  }
  return [...statements.values()];
}

type Represents = CountedStatement["representations"][number];

/** What can concern an actor, with the register by which the rules decide whether it does. */
export type Touched = { touching: Touching[]; register: Register };

/**
 * The statements that can concern an actor, in order of time: where it spoke in its own capacity, and where somebody spoke for it by
 * name or for a group that is or was ever its own. Whether they do is decided by the rules, with the register that comes along; what
 * none of its parties touches cannot reach the actor, whatever the day. Withdrawn statements are left out, those that count in no
 * figure are among them: see `isCounted`.
 */
export async function loadTouching(source: Source, actorId: string): Promise<Touched> {
  const db = reading(source);
  const memberships = await db.membership.findMany({
    where: { memberId: actorId },
    select: { groupId: true, memberId: true, validFrom: true, validUntil: true },
  });
  const parties = [...new Set([actorId, ...memberships.map(({ groupId }) => groupId)])];
  const rows = await rowsOf(source, actorId, parties);
  const actors = await db.actor.findMany({
    where: { id: { in: [...new Set([...parties, ...rows.map(({ speaker_id }) => speaker_id)])] } },
    select: { id: true, kind: true, iso3: true, slug: true, admittedOn: true },
  });
  const register = registerOf(
    actors.map(({ id, kind, admittedOn, ...names }) => ({
      id,
      kind,
      ref: refOf(names),
      admittedOn: admittedOn && dayOf(admittedOn),
    })),
    memberships.map(({ validFrom, validUntil, ...of }) => ({
      ...of,
      validFrom: validFrom && dayOf(validFrom),
      validUntil: validUntil && dayOf(validUntil),
    })),
  );
  return { touching: touchingOf(actorId, rows), register };
}

/**
 * The routes by which statements cover an actor, by the rule of coverage; worked out once for all statements for the same parties on
 * the same day by the same speaker.
 */
export function routesTo(actorId: string, register: Register): (statement: CountedStatement) => string[] {
  const known = new Map<string, string[]>();
  return (statement) => {
    const key = JSON.stringify([statement.day, statement.speakerId, statement.representations]);
    const found =
      known.get(key) ?? coverageOf(statement, register).find((one) => one.actorId === actorId)?.routes ?? [];
    known.set(key, found);
    return found;
  };
}
