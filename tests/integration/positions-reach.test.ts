import { beforeAll, describe, expect, it } from "vitest";
import { getActor } from "@/features/actors/queries/actor";
import { loadCast } from "@/features/actors/queries/register";
import { getCellEvidence } from "@/features/positions/queries/cell";
import { getMatrix } from "@/features/positions/queries/matrix";
import { getActorStands } from "@/features/positions/queries/of-actor";
import { loadBearings } from "@/features/positions/queries/reach";
import { COUNTED } from "@/features/positions/queries/scope";
import { listTimelineOf } from "@/features/positions/queries/timeline";
import { findStatementsToCode } from "@/features/positions/queries/to-code";
import { groupsOf, reachedBy } from "@/features/positions/rules/settled";
import { evidenceQuery, matrixQuery, statementsQuery } from "@/features/positions/schema";
import { actorsIn, readStatements, toCounted } from "@/features/statements/queries/rows";
import { representationsOf } from "@/features/statements/rules";
import { grant, systemIdentity } from "@/lib/auth/caller";
import { snapshot } from "@/lib/db";
import { useDatabase } from "@/tests/support/database";
import { fillRandomly, WORLD_ACTORS, WORLD_ISSUES } from "@/tests/support/random-world";

const database = useDatabase("record");
const reader = grant(systemIdentity("Analyst One"), "record:read");

beforeAll(async () => {
  await fillRandomly(database, 5);
});

/** The rule without any narrowing: every statement that counts is read, and asked whom it covers. */
async function bearingsSlowly(aligned: "include" | "exclude"): Promise<Map<string, string[]>> {
  const rows = await readStatements(reader, COUNTED);
  const cast = await loadCast(reader, actorsIn(rows));
  const found = new Map<string, string[]>();
  const add = (actorId: string, words: string) => {
    const { slug } = cast.brief(actorId);
    found.set(slug, [...(found.get(slug) ?? []), words]);
  };
  for (const statement of rows.map(toCounted)) {
    const isOwn = representationsOf(statement).some(({ basis }) => basis === "own");
    const own = new Set([...(isOwn ? [statement.speakerId] : []), ...groupsOf(statement)]);
    for (const id of own) add(id, `${statement.id} own`);
    for (const { actorId, through } of reachedBy(statement, cast.register, aligned)) {
      if (!own.has(actorId)) add(actorId, `${statement.id} delegated ${through}`);
    }
  }
  return found;
}

describe("the statements that speak for an actor", () => {
  it.each(["exclude", "include"] as const)(
    "are those of the rule over all statements, aligned: %s",
    async (aligned) => {
      const slowly = await bearingsSlowly(aligned);
      for (const slug of [...WORLD_ACTORS, "sweden", "venezuela-bolivarian-republic-of", "estonia"]) {
        const actor = await getActor(reader, slug).catch(() => null);
        if (!actor) continue;
        const { bearings } = await loadBearings(reader, actor.id, aligned);
        const words = bearings.map(({ statement, mode, through }) =>
          [statement.id, mode, through].filter(Boolean).join(" "),
        );
        expect(words.sort(), slug).toEqual((slowly.get(slug) ?? []).sort());
      }
      expect(slowly.get("denmark")?.filter((one) => one.includes("delegated")).length).toBeGreaterThan(5);
    },
  );
});

describe("evidence strength", () => {
  it("counts what its links open, coded for the issue or not", async () => {
    for (const slug of ["denmark", "nordic"]) {
      for (const issue of WORLD_ISSUES.slice(0, 1)) {
        const { strength, timeline } = await getCellEvidence(reader, { actor: slug, issue }, evidenceQuery.parse({}));
        const positions = timeline.filter(({ kind }) => kind === "position");
        expect(strength.own).toBe(positions.filter(({ mode }) => mode === "own").length);
        expect(strength.delegated).toBe(positions.filter(({ mode }) => mode === "delegated").length);
        expect(strength.newest).toBe(positions[0]?.day ?? null);
        const listed = async (query: object) =>
          findStatementsToCode(reader, statementsQuery.parse({ actor: slug, ...query }), { page: 1, size: 1000 });
        const all = await listed({});
        expect(all.total).toBe(strength.statements);
        expect(all.ids).toHaveLength(all.total);
        expect((await listed({ issue, coded: "yes" })).total).toBe(strength.coded);
        expect((await listed({ issue, coded: "no" })).total).toBe(strength.statements - strength.coded);
      }
    }
  });

  it("of a dialogue and of a day are counted alike", async () => {
    const count = async (query: object) =>
      (await findStatementsToCode(reader, statementsQuery.parse(query), { page: 1, size: 1 })).total;
    const [before] = await database.sql<{ total: number }>(
      `select count(*)::int as total from statement s join dialogue d on d.id = s.dialogue_id
       where s.withdrawn_at is null and s.role in ('statement', 'joint_statement', 'civil_society') and d.starts_on <= '2013-06-30'`,
    );
    expect(await count({ asOf: "2013-06-30" })).toBe(before?.total);
    expect(await count({ asOf: "2013-06-30", coded: "yes" })).toBeLessThan(before?.total ?? 0);
    expect(await count({ dialogue: "unga-r2p-2017", coded: "yes" })).toBe(0);
    expect(await count({ dialogue: "unga-r2p-2017" })).toBeGreaterThan(0);
  });
});

describe("where an actor stands", () => {
  const KINDS = ["member_state", "group"] as const;
  const ACTORS = WORLD_ACTORS.filter((slug) => !["state-of-palestine", "european-union"].includes(slug));

  it("is what the matrix shows of it, today and at each dialogue alone", async () => {
    const stands = new Map(
      await Promise.all(
        ACTORS.map(async (slug) => {
          const actor = await getActor(reader, slug);
          return [slug, await snapshot(reader, (tx) => getActorStands(tx, actor))] as const;
        }),
      ),
    );
    const slugs = (await database.sql<{ slug: string }>("select slug from dialogue where slug like 'random%'")).map(
      ({ slug }) => slug,
    );
    let compared = 0;
    for (const dialogue of [undefined, ...slugs]) {
      for (const kind of KINDS) {
        const query = matrixQuery.parse({ kind, dialogue, issues: WORLD_ISSUES.join(",") });
        const matrix = await getMatrix(reader, query);
        for (const row of matrix.rows.filter((one) => ACTORS.includes(one.slug))) {
          const { issues, columns } = stands.get(row.slug)!;
          const place = columns.findIndex((column) => column.dialogue?.slug === dialogue);
          for (const [index, { code }] of matrix.issues.entries()) {
            const stand = issues.find((one) => one.code === code)!;
            const shown = dialogue === undefined ? stand.latest : stand.cells[place];
            const cell = row.cells[index]!;
            const expected = "positionId" in cell ? [cell.kind, cell.value, cell.positionId] : [cell.kind, null, null];
            expect([shown?.kind, shown?.value, shown?.positionId], `${row.slug} ${code} ${dialogue}`).toEqual(expected);
            compared += 1;
          }
        }
      }
    }
    expect(compared).toBe(ACTORS.length * WORLD_ISSUES.length * (slugs.length + 1));
  });

  it("says the same of what has no column any more", async () => {
    for (const slug of ACTORS) {
      const actor = await getActor(reader, slug);
      const [all, few] = await snapshot(reader, async (tx) => [
        await getActorStands(tx, actor),
        await getActorStands(tx, actor, undefined, undefined, 2),
      ]);
      expect(few.columns).toEqual(all.columns.slice(-2));
      expect(few.left).toBe(all.columns.length - 2);
      expect(few.strength).toEqual(all.strength);
      expect(few.issues).toEqual(all.issues.map((issue) => ({ ...issue, cells: issue.cells.slice(-2) })));
    }
  });

  it("counts in words what its links list", async () => {
    for (const slug of ["denmark", "nordic"]) {
      const actor = await getActor(reader, slug);
      const { issues, strength } = await snapshot(reader, (tx) => getActorStands(tx, actor));
      for (const { code, voices } of issues.filter((one) => WORLD_ISSUES.includes(one.code))) {
        const evidence = await getCellEvidence(reader, { actor: slug, issue: code }, evidenceQuery.parse({}));
        expect(voices, `${slug} ${code}`).toEqual(evidence.voices);
      }
      const listed = async (mode: "own" | "delegated") =>
        (await listTimelineOf(reader, actor.id, { mode }, { page: 1, size: 1000 })).entries;
      expect(await listed("own")).toHaveLength(strength.own);
      expect(await listed("delegated")).toHaveLength(strength.delegated);
      const all = await listTimelineOf(reader, actor.id, {}, { page: 1, size: 1 });
      expect(all.entries[0]?.day ?? null).toBe(strength.newest);
    }
  });
});
