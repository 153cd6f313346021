import type pg from "pg";
import { registerOf, type Membership, type Party } from "@/features/actors/rules";
import { figures } from "@/features/figures/rules";
import type { CountedStatement } from "@/features/statements/rules";
import { paired, type Result } from "./measure";

const STATES = 193;
const GROUPS = 60;
const MEMBERS = 60;
const STATEMENTS = 1000;
const DAY = "2017-09-06";

const id = (kind: string, index: number): string => `${kind}-${index}`;

/** The same world each time: states, groups that overlap, statements on behalf of three parties each. */
function world(): { parties: Party[]; memberships: Membership[]; statements: CountedStatement[] } {
  const states = Array.from({ length: STATES }, (_, index): Party => ({
    id: id("state", index),
    ref: `S${String(index).padStart(3, "0")}`,
    kind: "member_state",
    admittedOn: null,
  }));
  const groups = Array.from({ length: GROUPS }, (_, index): Party => ({
    id: id("group", index),
    ref: id("group", index),
    kind: "group",
    admittedOn: null,
  }));
  const memberships = groups.flatMap((group, at) =>
    Array.from({ length: MEMBERS }, (_, index): Membership => ({
      groupId: group.id,
      memberId: id("state", (at * 7 + index * 3) % STATES),
      validFrom: index % 2 === 0 ? null : "2000-01-01",
      validUntil: null,
    })),
  );
  const statements = Array.from({ length: STATEMENTS }, (_, index): CountedStatement => ({
    id: id("statement", index),
    speakerId: id("state", (index * 11) % STATES),
    role: "statement",
    day: DAY,
    meeting: null,
    withdrawn: false,
    representations: [
      { basis: "own", actorId: null, excluded: [] },
      { basis: "group", actorId: id("group", index % GROUPS), excluded: [id("state", (index * 5) % STATES)] },
      { basis: "named", actorId: id("state", (index * 13 + 1) % STATES), excluded: [] },
    ],
  }));
  return { parties: [...states, ...groups], memberships, statements };
}

const COUNT = `
  WITH route AS (
    SELECT r.speaker AS state, 'own' AS route FROM bench_representation r WHERE r.basis = 'own'
    UNION
    SELECT m.member, 'group:' || r.actor
    FROM bench_representation r
    JOIN bench_membership m ON m.grp = r.actor AND (m.valid_from IS NULL OR m.valid_from <= $1)
    WHERE r.basis = 'group' AND m.member <> ALL (r.excluded)
    UNION
    SELECT r.actor, 'named:' || r.speaker FROM bench_representation r WHERE r.basis = 'named'
  ), routes AS (
    SELECT state, array_agg(route) AS by FROM route GROUP BY state
  )
  SELECT count(*)::int AS states,
         count(*) FILTER (WHERE cardinality(by) > 1)::int AS overlap,
         (SELECT count(DISTINCT speaker)::int FROM bench_representation) AS spoke
  FROM routes`;

async function fill(client: pg.PoolClient, { memberships, statements }: ReturnType<typeof world>): Promise<void> {
  await client.query(`
    CREATE TEMP TABLE bench_membership (grp text, member text, valid_from date);
    CREATE TEMP TABLE bench_representation (speaker text, basis text, actor text, excluded text[])`);
  await client.query(
    `INSERT INTO bench_membership
     SELECT DISTINCT grp, member, valid_from::date FROM unnest($1::text[], $2::text[], $3::text[]) AS t (grp, member, valid_from)`,
    [
      memberships.map(({ groupId }) => groupId),
      memberships.map(({ memberId }) => memberId),
      memberships.map(({ validFrom }) => validFrom),
    ],
  );
  for (const { speakerId, representations } of statements) {
    for (const { basis, actorId, excluded } of representations) {
      await client.query("INSERT INTO bench_representation VALUES ($1, $2, $3, $4)", [
        speakerId,
        basis,
        actorId,
        excluded,
      ]);
    }
  }
  await client.query("ANALYZE bench_membership; ANALYZE bench_representation");
}

/** Counting 1,000 statements on behalf of 60 groups: the engine, index included, beside one SQL query over the same rows. */
export async function countingBench(pool: pg.Pool): Promise<Result> {
  const made = world();
  const client = await pool.connect();
  try {
    await fill(client, made);
    const ours = (): number => {
      const register = registerOf(made.parties, made.memberships);
      const { represented } = figures({
        statements: made.statements,
        register,
        rule: "own_and_groups",
        aligned: "exclude",
        asOf: DAY,
      });
      return represented.states;
    };
    const floor = async (): Promise<number> => {
      const { rows } = await client.query<{ states: number }>(COUNT, [DAY]);
      return rows[0]?.states ?? -1;
    };
    const [a, b] = [ours(), await floor()];
    if (a !== b) throw new Error(`The engine counts ${a} states, SQL ${b}.`);
    return await paired({
      name: "counting",
      ours: "figures of 1,000 statements, 60 groups",
      floor: "one SQL query over the same rows",
      rounds: 31,
      runOurs: ours,
      runFloor: floor,
    });
  } finally {
    client.release(true);
  }
}
