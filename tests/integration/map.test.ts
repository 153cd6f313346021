import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it } from "vitest";
import { figuresOf } from "@/features/figures/queries/counted";
import { getParticipation, getSpokeOverAll } from "@/features/figures/queries/participation";
import { loadDialogueRecord } from "@/features/figures/queries/record";
import { getMatrix } from "@/features/positions/queries/matrix";
import { codeOfCell, STANDS } from "@/features/positions/rules/table";
import { matrixQuery } from "@/features/positions/schema";
import { readVoteMap } from "@/features/votes/queries/votes";
import { grant, systemIdentity } from "@/lib/auth/caller";
import { database } from "@/lib/database";
import { call, expectProblem, json, pathsOf, tokenFor } from "@/tests/support/api";
import { useDatabase } from "@/tests/support/database";

useDatabase("record");
const reader = grant(systemIdentity("Analyst One"), "record:read");
const HOW = { aligned: "exclude" } as const;
let token = "";

beforeAll(async () => {
  token = await tokenFor();
});

type Row = Record<string, string>;

async function csvOf(search: string): Promise<Row[]> {
  const answer = await call("GET", `/participation.csv${search}`, { token });
  expect(answer.status).toBe(200);
  return parse(await answer.text(), { columns: true, bom: true });
}

/** Member states with a counted statement in their own capacity, as plain SQL sees it, by dialogue. */
async function ownByDialogue(): Promise<Map<string, Set<string>>> {
  const rows = await database().prisma.$queryRaw<{ slug: string; iso3: string }[]>`
    SELECT DISTINCT d.slug, a.iso3 FROM statement s
      JOIN dialogue d ON d.id = s.dialogue_id JOIN actor a ON a.id = s.speaker_id
    WHERE s.withdrawn_at IS NULL AND s.role IN ('statement', 'joint_statement', 'civil_society')
      AND a.kind = 'member_state' AND (a.admitted_on IS NULL OR a.admitted_on <= d.starts_on)
      AND (EXISTS (SELECT FROM representation r WHERE r.statement_id = s.id AND r.basis = 'own')
        OR NOT EXISTS (SELECT FROM representation r WHERE r.statement_id = s.id))`;
  const own = new Map<string, Set<string>>();
  for (const { slug, iso3 } of rows) own.set(slug, (own.get(slug) ?? new Set()).add(iso3));
  return own;
}

describe("positions on a map", () => {
  it("each class of the legend is as many as the rows behind its number", async () => {
    const asked = matrixQuery.parse({ asOf: "unga-r2p-2021", issues: "r2p_principle" });
    const { rows } = await getMatrix(reader, asked);
    const codes = rows.map(({ cells }) => codeOfCell(cells[0]!));
    let total = 0;
    for (const { code, kind, value } of STANDS) {
      const where = [{ issue: "r2p_principle", kind, value: value ?? null }];
      const count = codes.filter((one) => one === code).length;
      if (count > 0) expect((await getMatrix(reader, { ...asked, where })).rows, code).toHaveLength(count);
      total += count;
    }
    expect(total).toBe(193);
  });
});

describe("votes on a map", () => {
  it("are those that the database counts, in all, in a region and in a group", async () => {
    const counted = await database().prisma.$queryRaw<{ value: string; count: number }[]>`
      SELECT v.value::text, count(*)::int AS count FROM vote v JOIN recorded_vote r ON r.id = v.recorded_vote_id
      WHERE r.slug = 'a-res-75-277' GROUP BY v.value`;
    const { shown, voteless } = await readVoteMap(reader, "a-res-75-277", {});
    for (const { value, count } of counted) expect(shown.filter((vote) => vote.value === value)).toHaveLength(count);
    expect(voteless.map(({ actor, why }) => `${actor} ${why}`).sort()).toEqual(["PSE observer", "VAT observer"]);
    const nordic = await readVoteMap(reader, "a-res-75-277", { group: "nordic" });
    expect(nordic.shown.map(({ actor }) => actor).sort()).toEqual(["DNK", "FIN", "ISL", "NOR", "SWE"]);
    expect(nordic.voteless).toEqual([]);
    const grulac = await readVoteMap(reader, "a-res-75-277", { region: "un-grulac" });
    expect(grulac.shown).toHaveLength(33);
    const rows: Row[] = parse(
      await (await call("GET", "/votes/a-res-75-277/roll-call.csv?group=nordic", { token })).text(),
      { columns: true, bom: true },
    );
    expect(rows).toHaveLength(5);
    const refused = await call("GET", "/votes/a-res-75-277/roll-call.csv?group=nobody", { token });
    await expectProblem(refused.clone(), 422);
    expect(await pathsOf(refused)).toEqual(["group"]);
  });

  it("say why somebody has none: not listed, or not a member then", async () => {
    await database().prisma.recordedVote.create({
      data: {
        slug: "early",
        title: "An early vote",
        date: new Date("2010-01-01"),
        yes: 0,
        no: 0,
        abstain: 0,
        notVoting: 0,
      },
    });
    const { voteless } = await readVoteMap(reader, "early", {});
    expect(voteless.filter(({ why }) => why === "not_a_member").map(({ actor }) => actor)).toEqual(["SSD"]);
    expect(voteless.filter(({ why }) => why === "not_listed")).toHaveLength(192);
  });
});

describe("participation on a map", () => {
  it("at a dialogue is what its figures count", async () => {
    const own = await ownByDialogue();
    for (const slug of ["unga-r2p-2009", "unga-r2p-2015", "unga-r2p-2017"]) {
      const record = await loadDialogueRecord(reader, slug);
      for (const aligned of ["include", "exclude"] as const) {
        const { states } = await getParticipation(reader, slug, { aligned });
        const count = (how: string) => states.filter((row) => row.how === how).length;
        const voices = figuresOf(record, { rule: "own_voice", aligned });
        const groups = figuresOf(record, { rule: "own_and_groups", aligned });
        expect(count("own"), slug).toBe(voices.represented.states);
        expect(count("own") + count("covered"), slug).toBe(groups.represented.states);
        expect(states).toHaveLength(193);
      }
      const { states, observers } = await getParticipation(reader, slug, HOW);
      expect(new Set(states.filter(({ how }) => how === "own").map(({ ref }) => ref))).toEqual(
        own.get(slug) ?? new Set(),
      );
      expect(observers.map(({ ref }) => ref).sort()).toEqual(["PSE", "VAT"]);
    }
    const early = (await getParticipation(reader, "unga-r2p-2009", HOW)).states;
    expect(early.filter(({ how }) => how === "not_a_member").map(({ ref }) => ref)).toEqual(["SSD"]);
  });

  it("over all dialogues counts each state at each dialogue once", async () => {
    const own = await ownByDialogue();
    const { rows, classes, dialogues } = await getSpokeOverAll(reader, HOW);
    expect(rows).toHaveLength(193);
    for (const { ref, spoke } of rows) {
      const expected = [...own].filter(([, refs]) => refs.has(ref)).map(([slug]) => slug);
      expect(spoke.map(({ slug }) => slug).sort(), ref).toEqual(expected.sort());
    }
    expect(Math.max(...rows.map((row) => row.dialogues))).toBe(dialogues);
    expect(rows.find(({ ref }) => ref === "SSD")!.dialogues).toBeLessThan(dialogues);
    const nordic = await getSpokeOverAll(reader, { ...HOW, group: "nordic" });
    expect(nordic.rows).toHaveLength(5);
    expect(nordic.classes).toEqual(classes);
  });

  it("is the same in its files, class by class, and says what it is", async () => {
    const { states } = await getParticipation(reader, "unga-r2p-2017", HOW);
    const covered = await csvOf("?dialogue=unga-r2p-2017&show=covered");
    expect(covered.map(({ Code }) => Code)).toEqual(
      states.filter(({ how }) => how === "covered").map(({ ref }) => ref),
    );
    expect(covered[0]).toMatchObject({ Participation: "covered", Routes: expect.stringContaining("group:") });
    expect(await csvOf("?dialogue=unga-r2p-2017&kind=observer")).toHaveLength(2);

    const { rows, classes } = await getSpokeOverAll(reader, HOW);
    const [, first] = classes;
    const file = await csvOf(`?show=${first!.key}`);
    expect(file).toHaveLength(
      rows.filter(({ spoke }) => spoke.length >= first!.from && spoke.length <= first!.until).length,
    );
    const metadata = await json<{ notes: { total: number }[]; tableSchema: { columns: { titles: string }[] } }>(
      await call("GET", `/participation.csv-metadata.json?show=${first!.key}`, { token }),
    );
    expect(metadata.notes[0]!.total).toBe(file.length);
    expect(metadata.tableSchema.columns.map(({ titles }) => titles)).toEqual(Object.keys(file[0]!));

    for (const [search, path] of [
      ["?show=covered", "show"],
      ["?dialogue=unga-r2p-2017&show=0", "show"],
      ["?kind=observer", "kind"],
      ["?group=nobody", "group"],
    ]) {
      const refused = await call("GET", `/participation.csv${search}`, { token });
      await expectProblem(refused.clone(), 422);
      expect(await pathsOf(refused), search).toEqual([path]);
    }
    await expectProblem(await call("GET", "/participation.csv?dialogue=never", { token }), 404);
  });
});
