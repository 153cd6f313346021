import { describe, expect, test } from "vitest";
import { registerOf } from "@/features/actors/rules";
import {
  type Cell,
  type DelegatingStatement,
  type OwnPosition,
  reachedBy,
  settle,
} from "@/features/positions/rules/settled";
import type { PositionValue } from "@/features/codebook/schema";
import type { CountedStatement, Represents } from "@/features/statements/rules";
import { aligned, group, idOf, membersOf, named, own, party, said } from "../support/counting";

const ISSUE = "formal agenda";
const OTHER = "veto restraint";
const VERSION = "version 1";
const at = (year: number, order = 1) => ({ dialogue: `dialogue ${year}`, day: `${year}-09-06`, order });

const PARTIES = [
  ...["DNK", "FIN", "NOR", "SWE", "CHE"].map((ref) => party(ref, "member_state", "1945-10-24")),
  party("SSD", "member_state", "2011-07-14"),
  party("VAT", "observer"),
  party("nordic", "group"),
  party("friends", "group"),
];
const REGISTER = registerOf(PARTIES, [
  ...membersOf("nordic", ["DNK", "FIN", "NOR", ["SWE", "2015-01-01", null]]),
  ...membersOf("friends", ["DNK", "CHE", "SSD"]),
]);

let positions = 0;
const coded = (value: PositionValue, issueId = ISSUE) => ({
  positionId: `position ${(positions += 1)}`,
  issueId,
  value,
});

function spoke(speaker: string, year: number, value: PositionValue, more: Partial<OwnPosition> = {}): OwnPosition {
  const { positionId, issueId } = coded(value);
  const statementId = `statement of ${speaker} ${year}`;
  return { positionId, issueId, value, actorId: idOf(speaker), statementId, through: null, at: at(year), ...more };
}

function forOthers(
  speaker: string,
  represents: Represents[],
  {
    year = 2017,
    order = 1,
    value,
    version = VERSION,
  }: { year?: number; order?: number; value?: PositionValue; version?: string | null },
): DelegatingStatement {
  const statement: CountedStatement = said(speaker, represents, { day: `${year}-09-06` });
  return { statement, at: at(year, order), codedUnder: version, positions: value ? [coded(value)] : [] };
}

type World = {
  own?: OwnPosition[];
  deliveries?: [string, string | null][];
  delegating?: DelegatingStatement[];
  day?: string;
  with?: "include";
};

function cell(ref: string, world: World, issue = ISSUE): Cell {
  const settled = settle({
    register: REGISTER,
    actors: PARTIES.map(({ id }) => id),
    issues: [ISSUE, OTHER],
    day: world.day ?? "2017-09-06",
    own: world.own ?? [],
    deliveries: (world.deliveries ?? []).map(([who, codedUnder]) => ({ actorId: idOf(who), codedUnder })),
    delegating: world.delegating ?? [],
    issuesOf: new Map([
      [VERSION, new Set([ISSUE, OTHER])],
      ["version 0", new Set([OTHER])],
    ]),
    aligned: world.with ?? "exclude",
  });
  return settled.get(idOf(ref))?.get(issue) as Cell;
}

describe("a position", () => {
  test("of a statement in own capacity is the actor's own", () => {
    expect(cell("CHE", { own: [spoke("CHE", 2017, "support")] })).toMatchObject({
      kind: "own",
      value: "support",
      through: null,
    });
  });

  test("of a group statement is inherited by the members of that day, not by the others, and is the group's own", () => {
    const world = { delegating: [forOthers("DNK", [group("nordic")], { year: 2014, value: "conditional" })] };
    expect(cell("FIN", world)).toMatchObject({ kind: "delegated", value: "conditional", through: "nordic" });
    expect(cell("DNK", world)).toMatchObject({ kind: "delegated", through: "nordic" });
    expect(cell("SWE", world)).toEqual({ kind: "did_not_speak" });
    expect(cell("nordic", world)).toMatchObject({ kind: "own", value: "conditional", through: null });
  });

  test("does not reach a member that was struck out", () => {
    const world = { delegating: [forOthers("DNK", [group("nordic", "FIN")], { value: "support" })] };
    expect(cell("FIN", world)).toEqual({ kind: "did_not_speak" });
    expect(cell("NOR", world)).toMatchObject({ kind: "delegated" });
  });

  test("reaches actors that were named, by the speaker; aligned ones only when asked", () => {
    const world = { delegating: [forOthers("DNK", [named("CHE"), aligned("VAT")], { value: "oppose" })] };
    expect(cell("CHE", world)).toMatchObject({ kind: "delegated", through: "DNK" });
    expect(cell("VAT", world)).toEqual({ kind: "did_not_speak" });
    expect(cell("VAT", { ...world, with: "include" })).toMatchObject({
      kind: "delegated",
      value: "oppose",
      through: "DNK",
    });
  });

  test("in the own voice overrides a delegation at the same dialogue, whoever spoke first", () => {
    const world = {
      own: [spoke("DNK", 2017, "support", { at: at(2017, 3) })],
      delegating: [forOthers("SWE", [group("nordic")], { order: 9, value: "oppose" })],
    };
    expect(cell("DNK", world)).toMatchObject({ kind: "own", value: "support" });
    expect(cell("FIN", world)).toMatchObject({ kind: "delegated", value: "oppose" });
  });

  test("is the latest one, own or delegated, over the dialogues", () => {
    const world = {
      own: [spoke("DNK", 2015, "oppose")],
      delegating: [forOthers("SWE", [group("nordic")], { year: 2017, value: "support" })],
    };
    expect(cell("DNK", world)).toMatchObject({ kind: "delegated", value: "support" });
    expect(cell("DNK", { ...world, own: [...world.own, spoke("DNK", 2018, "mixed")] })).toMatchObject({
      value: "mixed",
    });
  });

  test("is that of the later statement where two for others were delivered", () => {
    const first = forOthers("SWE", [group("nordic")], { order: 2, value: "support" });
    const second = forOthers("CHE", [group("friends")], { order: 5, value: "mixed" });
    expect(cell("DNK", { delegating: [second, first] })).toMatchObject({ value: "mixed", through: "friends" });
  });

  test("that a source attributes through a group is delegated", () => {
    const world = { own: [spoke("CHE", 2014, "support", { statementId: null, through: "friends" })] };
    expect(cell("CHE", world)).toMatchObject({ kind: "delegated", through: "friends", statementId: null });
  });

  test("before a state's admission is none of a member state", () => {
    const delegating = [forOthers("CHE", [group("friends")], { year: 2010, value: "support" })];
    expect(cell("SSD", { delegating, own: [spoke("SSD", 2010, "support")] })).toEqual({ kind: "did_not_speak" });
    expect(cell("CHE", { delegating })).toMatchObject({ kind: "delegated" });
  });
});

describe("no position", () => {
  test("is 'did not speak' where nothing was said by it or for it", () => {
    expect(cell("CHE", {})).toEqual({ kind: "did_not_speak" });
  });

  test("is 'not addressed' where it spoke and that was coded, 'not coded' where it was not", () => {
    expect(cell("CHE", { deliveries: [["CHE", VERSION]] })).toEqual({ kind: "not_addressed" });
    expect(cell("CHE", { deliveries: [["CHE", null]] })).toEqual({ kind: "not_coded" });
    expect(
      cell("CHE", {
        deliveries: [
          ["CHE", VERSION],
          ["CHE", null],
        ],
      }),
    ).toEqual({ kind: "not_coded" });
  });

  test("is 'not coded' under a version of the codebook that did not have the issue", () => {
    const world: World = { deliveries: [["CHE", "version 0"]] };
    expect(cell("CHE", world)).toEqual({ kind: "not_coded" });
    expect(cell("CHE", world, OTHER)).toEqual({ kind: "not_addressed" });
  });

  test("is 'not coded' for members of a group whose statement waits, 'did not speak' once it is coded", () => {
    expect(cell("FIN", { delegating: [forOthers("DNK", [group("nordic")], { version: null })] })).toEqual({
      kind: "not_coded",
    });
    expect(cell("FIN", { delegating: [forOthers("DNK", [group("nordic")], {})] })).toEqual({ kind: "did_not_speak" });
  });

  test("is 'not addressed' for who spoke itself and was coded, whatever was said for it", () => {
    const delegating = [forOthers("CHE", [group("friends")], { version: null })];
    expect(cell("DNK", { deliveries: [["DNK", VERSION]], delegating })).toEqual({ kind: "not_addressed" });
  });

  test("is 'not a member' before the admission, and nothing else", () => {
    expect(cell("SSD", { day: "2010-08-09" })).toEqual({ kind: "not_a_member" });
    expect(cell("VAT", { day: "2010-08-09" })).toEqual({ kind: "did_not_speak" });
  });
});

test("a statement reaches whom it covers otherwise than in own capacity, each once", () => {
  const statement = said("DNK", [own, group("nordic"), group("friends", "SSD")]);
  expect(reachedBy(statement, REGISTER)).toEqual([
    { actorId: idOf("CHE"), through: "friends" },
    { actorId: idOf("DNK"), through: "friends" },
    { actorId: idOf("FIN"), through: "nordic" },
    { actorId: idOf("NOR"), through: "nordic" },
    { actorId: idOf("SWE"), through: "nordic" },
  ]);
});
