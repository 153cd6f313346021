import { beforeAll, describe, expect, it } from "vitest";
import { getActor } from "@/features/actors/queries/actor";
import { groupSizesOn } from "@/features/actors/queries/counts";
import { membersOn } from "@/features/actors/queries/members";
import { regionsOn } from "@/features/actors/queries/regions";
import { listDialogues, type DialogueDto } from "@/features/dialogues/queries";
import { figuresOf } from "@/features/figures/queries/counted";
import { loadDialogueRecord } from "@/features/figures/queries/record";
import { listTallies } from "@/features/figures/queries/tallies";
import { listStatementsBy, listStatementsCovering, listStatementsFor } from "@/features/statements/queries/of-actor";
import { getStatement } from "@/features/statements/queries/statement";
import type { Caller } from "@/lib/auth/caller";
import { useDatabase } from "@/tests/support/database";
import { person } from "@/tests/support/record";

useDatabase("record");

let reader: Caller<"record:read">;
let dialogues: DialogueDto[];

beforeAll(async () => {
  reader = (await person("viewer")).may("record:read");
  ({ dialogues } = await listDialogues(reader, {}, { limit: 100 }));
});

const ALL = { page: 1, size: 1000 };

/** Every statement of the record that covers an actor without being its own, by opening each: the slow and certain way. */
async function coveringOneByOne(ref: string): Promise<string[]> {
  const found: string[] = [];
  for (const { slug } of dialogues) {
    const { rows } = await loadDialogueRecord(reader, slug);
    for (const { id } of rows) {
      const statement = await getStatement(reader, id);
      const covered = statement.covered.find((one) => one.ref === ref);
      if (statement.speaker !== ref && !statement.withdrawn && covered && covered.routes.length > 0) found.push(id);
    }
  }
  return found.sort();
}

describe("the list of dialogues", () => {
  it("tells of each what its own page counts", async () => {
    const tallies = await listTallies(reader, dialogues);
    for (const { id, slug } of dialogues) {
      const { spoke, represented, missing } = figuresOf(await loadDialogueRecord(reader, slug), {
        rule: "own_and_groups",
        aligned: "exclude",
      });
      const tally = tallies.get(id);
      expect([slug, tally?.memberStates, tally?.represented]).toEqual([slug, spoke.memberStates, represented.states]);
      if (missing.memberStates !== undefined) expect(tally?.published).toBe(spoke.memberStates + missing.memberStates);
    }
    const of2017 = dialogues.find(({ slug }) => slug === "unga-r2p-2017");
    expect(tallies.get(of2017?.id ?? "")).toMatchObject({ memberStates: 7, published: 73 });
  });
});

describe("the statements of an actor over the years", () => {
  it("are those that it delivered, the newest dialogue first", async () => {
    const { id } = await getActor(reader, "NLD");
    const { statements, total } = await listStatementsBy(reader, id, ALL);
    expect(statements).toHaveLength(total);
    expect(new Set(statements.map(({ speaker }) => speaker))).toEqual(new Set(["NLD"]));
    const days = statements.map(({ dialogue }) => dialogue.startsOn);
    expect(days).toEqual(days.toSorted().toReversed());
    const second = await listStatementsBy(reader, id, { page: 2, size: 1 });
    expect(second.statements.map((one) => one.id)).toEqual(statements.slice(1, 2).map((one) => one.id));
  });

  it.each(["SGP", "MEX"])("are, for %s, also those by others that cover it, and no more", async (ref) => {
    const { id } = await getActor(reader, ref);
    const { statements, total } = await listStatementsCovering(reader, id, ALL);
    expect(total).toBe(statements.length);
    expect(statements.map((one) => one.id).sort()).toEqual(await coveringOneByOne(ref));
    for (const { through } of statements) expect(through).toMatch(/^(through .|named|aligned)/);
  });

  it("on behalf of a group name that group", async () => {
    const { id } = await getActor(reader, "nordic");
    const { statements, total } = await listStatementsFor(reader, id, ALL);
    expect(total).toBeGreaterThan(0);
    for (const { onBehalfOf } of statements) expect(onBehalfOf).toContain("Nordic countries");
  });
});

describe("groups on a day", () => {
  it.each(["2013-06-30", "2013-07-01", "2020-01-31", "2020-02-01"])(
    "have on %s as many members as are listed",
    async (day) => {
      const sizes = await groupSizesOn(reader, day);
      for (const slug of ["european-union", "group-of-friends-r2p", "nam"]) {
        const { group, memberships } = await membersOn(reader, slug, day);
        const size = sizes.get(group.id);
        expect((size?.states ?? 0) + (size?.observers ?? 0) + (size?.others ?? 0)).toBe(memberships.length);
        expect(size?.startNotKnown).toBe(memberships.filter(({ from }) => from === null).length);
      }
    },
  );

  it("put every member state but one into one regional group", async () => {
    const regions = [...(await regionsOn(reader, "2017-09-06")).values()];
    const sizes = new Map<string, number>();
    for (const region of regions) sizes.set(region, (sizes.get(region) ?? 0) + 1);
    expect([...sizes.values()].toSorted((a, b) => b - a)).toEqual([54, 53, 33, 29, 23]);
  });
});
