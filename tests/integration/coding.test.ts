import { beforeAll, describe, expect, it } from "vitest";
import { openDraft, retireIssue } from "@/features/codebook/mutations/draft";
import { publishDraft } from "@/features/codebook/mutations/publish";
import { previewDraft } from "@/features/codebook/queries/versions";
import { codeStatement } from "@/features/positions/mutations";
import {
  codingProgress,
  codingStates,
  findNextUncoded,
  listDialoguesToCode,
} from "@/features/positions/queries/codings";
import { getActor } from "@/features/actors/queries/actor";
import { getActorStands } from "@/features/positions/queries/of-actor";
import { getStatementPositions } from "@/features/positions/queries/statement";
import { positionsInput, type PositionInput } from "@/features/positions/schema";
import { putText } from "@/features/sources/mutations/texts";
import { withdrawStatement } from "@/features/statements/mutations";
import { snapshot } from "@/lib/db";
import { useDatabase } from "@/tests/support/database";
import { dialogue, person, say, type Person } from "@/tests/support/record";

useDatabase("reference");
let analyst: Person;
let reviewer: Person;

const WHY = "The statement was heard in the room; no text was given out.";

beforeAll(async () => {
  analyst = await person();
  reviewer = await person("reviewer");
});

const read = () => analyst.may("record:read");
const inputs = (list: unknown[]): PositionInput[] => positionsInput.parse(list);
const position = (issue: string, more = {}) => ({ issue, value: "support", noQuoteReason: WHY, ...more });
const code = (id: string, list: unknown[], version: number | null = null, more = {}) =>
  codeStatement(analyst.may("position:code"), id, version, inputs(list), more);

describe("how far the coding of a dialogue is", () => {
  it("counts statements that are to be coded: no opening, no withdrawn one; the next comes after this, then from the top", async () => {
    const { id: dialogueId, slug } = await dialogue(analyst);
    const opening = await say(analyst, slug, { speaker: "SWE", role: "opening" });
    const [first, second, gone, last] = [
      await say(analyst, slug, { speaker: "DNK" }),
      await say(analyst, slug, { speaker: "NOR" }),
      await say(analyst, slug, { speaker: "FIN" }),
      await say(analyst, slug, { speaker: "ISL" }),
    ];
    await withdrawStatement(analyst.may("statement:record"), gone.id, gone.version, "Recorded twice");
    await code(second.id, [position("formal_agenda")]);
    const next = async (id: string) => (await findNextUncoded(read(), id)).next?.id;
    expect(await codingProgress(read(), dialogueId)).toEqual({ coded: 1, total: 3 });
    expect([await next(first.id), await next(second.id), await next(last.id)]).toEqual([last.id, last.id, first.id]);
    const states = await codingStates(read(), dialogueId);
    expect([opening, first, second, gone].map(({ id }) => states.get(id)?.status)).toEqual([
      "not_coded",
      "not_coded",
      "coded",
      undefined,
    ]);
    expect(states.get(second.id)).toMatchObject({ codebook: 1, coder: analyst.name, positions: 1, texts: 0 });
    expect((await listDialoguesToCode(read())).find((one) => one.slug === slug)).toMatchObject({
      coded: 1,
      total: 3,
      withText: 0,
    });

    await code(first.id, []);
    await code(last.id, []);
    expect(await next(second.id)).toBeUndefined();
    expect((await listDialoguesToCode(read())).some((one) => one.slug === slug)).toBe(false);
  });
});

describe("a quotation whose words stand twice", () => {
  it("is the one that was chosen, and stays it when the coding is submitted again", async () => {
    const { slug } = await dialogue(analyst);
    const { id } = await say(analyst, slug, { speaker: "DNK", language: "en" });
    const text = "We support it.\n\nOthers do not.\n\nWe support it.";
    const stored = await putText(analyst.may("text:edit"), id, {
      which: {},
      version: null,
      input: { language: "en", text },
    });
    const quote = { noQuoteReason: undefined, quote: "We support it.", start: 32, text: stored.id };
    const { positions } = await code(id, [position("formal_agenda", quote)]);
    expect(positions[0]?.quotation).toMatchObject({ paragraph: 3, start: 32 });
    const again = await code(id, [position("formal_agenda", { ...quote, note: "Said twice." })], 1);
    expect(again.positions[0]?.quotation).toEqual(positions[0]?.quotation);
  });
});

describe("where an actor stands", () => {
  it("is its latest position with all before it, own and delegated, by name of who spoke for it; else why there is none", async () => {
    const { slug } = await dialogue(analyst, { startsOn: "2011-07-12" });
    const later = await dialogue(analyst, { startsOn: "2012-09-05" });
    const own = await say(analyst, slug, { speaker: "ISL" });
    const joint = await say(analyst, later.slug, {
      speaker: "SWE",
      represents: [{ basis: "group", group: "nordic" }],
    });
    await code(own.id, [position("formal_agenda", { value: "oppose" })]);
    await code(joint.id, [position("formal_agenda"), { issue: "veto_restraint", kind: "mention" }]);
    const actor = await getActor(read(), "ISL");
    const { issues, columns, strength } = await snapshot(read(), (tx) => getActorStands(tx, actor));
    const of = (issue: string) => issues.find((one) => one.code === issue);
    expect(of("formal_agenda")).toMatchObject({
      latest: { kind: "delegated", value: "support", through: "Nordic countries" },
      voices: [
        { mode: "own", total: 1, first: 2011, values: [{ value: "oppose", count: 1 }] },
        { mode: "delegated", total: 1, first: 2012, values: [{ value: "support", count: 1 }] },
      ],
    });
    const cellsOf = (issue: string) =>
      columns.map(({ dialogue }, place) => [dialogue?.slug, of(issue)?.cells[place]?.kind]);
    expect(cellsOf("formal_agenda")).toContainEqual([slug, "own"]);
    expect(cellsOf("formal_agenda")).toContainEqual([later.slug, "delegated"]);
    // A mention is no position: nothing of it is drawn as one.
    expect(of("veto_restraint")).toMatchObject({ latest: { kind: "not_addressed" }, voices: [] });
    expect(cellsOf("veto_restraint")).toContainEqual([later.slug, "did_not_speak"]);
    expect(of("accountability_icc_icj")).toMatchObject({ latest: { kind: "not_addressed" }, voices: [] });
    expect(strength).toMatchObject({ own: 1, delegated: 1, newest: "2012-09-05" });
  });
});

// Last: it publishes a version of the codebook.
describe("a newer version of the codebook", () => {
  it("refuses what was read by the one before; coding again keeps what the new one cannot say, and changes the status", async () => {
    const { id: dialogueId, slug } = await dialogue(analyst);
    const { id } = await say(analyst, slug, { speaker: "DNK" });
    await code(id, [position("formal_agenda"), position("rights_up_front")]);
    const editor = reviewer.may("codebook:edit");
    await openDraft(editor);
    const draft = (await previewDraft(read()))?.draft;
    const retired = draft?.issues.find((issue) => issue.code === "rights_up_front");
    await retireIssue(editor, draft?.version ?? 0, retired?.id ?? "");
    await publishDraft(editor, (await previewDraft(read()))?.draft.version ?? 0, "Rights Up Front has ended.");

    expect((await codingStates(read(), dialogueId)).get(id)).toMatchObject({ status: "coded_before", codebook: 1 });
    await expect(code(id, [position("formal_agenda")], 1, { codebook: 1 })).rejects.toThrow(
      "Version 2 of the codebook was published while you coded by version 1.",
    );
    await code(id, [position("formal_agenda", { value: "mixed" })], 1, { codebook: 2 });
    const { positions, version } = await getStatementPositions(read(), id);
    expect(version).toBe(2);
    const said = positions.map(({ issue, value, codebook }) => [issue, value, codebook] as const);
    expect(said.toSorted(([a], [b]) => a.localeCompare(b))).toEqual([
      ["formal_agenda", "mixed", 2],
      ["rights_up_front", "support", 1],
    ]);
    expect((await codingStates(read(), dialogueId)).get(id)).toMatchObject({ status: "coded", codebook: 2 });
  });
});
