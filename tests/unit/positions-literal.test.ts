import fc from "fast-check";
import { expect, test } from "vitest";
import { countedAs, registerOf } from "@/features/actors/rules";
import { openIssues, portionsOf } from "@/features/positions/rules/open-issues";
import {
  type Cell,
  type DelegatingStatement,
  reaching,
  settle,
  type Settling,
} from "@/features/positions/rules/settled";
import { POSITION_VALUES } from "@/features/codebook/schema";
import { coverageOf, isCounted } from "@/features/statements/rules";
import { anyMemberships, anyStatements, law, PARTIES } from "../support/random-record";

const ISSUES = ["a", "b"];
const VERSIONS = new Map([
  ["old", new Set(["a"])],
  ["new", new Set(ISSUES)],
]);

/** Statements, each with its place in the order, the version it was coded under, and its positions. */
const anyCoded = fc
  .tuple(
    anyStatements,
    fc.array(fc.tuple(fc.constantFrom(null, "old", "new"), fc.subarray(ISSUES), fc.nat(4)), {
      minLength: 12,
      maxLength: 12,
    }),
  )
  .map(([statements, codings]) =>
    statements.filter(isCounted).map((statement, order) => {
      const [codedUnder, addressed, value] = codings[order] ?? [null, [], 0];
      const positions = addressed.map((issueId, place) => ({
        positionId: `${statement.id} ${issueId}`,
        issueId,
        value: POSITION_VALUES[(value + place) % 5] ?? "mixed",
      }));
      return { statement, at: { dialogue: statement.day, day: statement.day, order }, codedUnder, positions };
    }),
  );
const anyWorld = fc.record({
  coded: anyCoded,
  memberships: anyMemberships,
  aligned: fc.constantFrom("include" as const, "exclude" as const),
  day: fc.constantFrom("2009-07-23", "2013-07-01"),
});

/** The rule once more, in the most literal way: one cell at a time, the statements from the newest to the oldest. */
function cellSlowly(
  { coded, register, aligned, day }: { coded: DelegatingStatement[] } & Pick<Settling, "register" | "aligned" | "day">,
  actorId: string,
  issueId: string,
): string {
  const party = register.party(actorId);
  const isState = (on: string) => party.kind !== "member_state" || countedAs(party, on) !== null;
  const relation = ({ statement }: (typeof coded)[number]): "own" | "delegated" | null => {
    const rows = statement.representations;
    if (rows.some((row) => row.basis === "group" && row.actorId === actorId)) return "own";
    const covered = coverageOf(statement, register).find((one) => one.actorId === actorId);
    if (covered?.bases.includes("own")) return "own";
    const others = (covered?.bases ?? []).filter((basis) => aligned === "include" || basis !== "aligned");
    return others.length > 0 ? "delegated" : null;
  };
  const days = [...new Set(coded.map(({ at }) => at.day))].sort().reverse();
  for (const on of days) {
    if (!isState(on)) continue;
    for (const kind of ["own", "delegated"] as const) {
      const there = coded.filter(
        (one) => one.at.day === on && (relation(one) === kind || (kind === "delegated" && relation(one) !== null)),
      );
      for (const one of there.reverse()) {
        const found = one.positions.find((position) => position.issueId === issueId);
        if (found && (kind === "own" || relation(one) === "delegated")) return `${kind} ${found.positionId}`;
      }
    }
  }
  if (!isState(day)) return "not_a_member";
  const has = (version: string | null) => version !== null && (VERSIONS.get(version)?.has(issueId) ?? false);
  const spoken = coded.filter((one) => relation(one) === "own");
  if (spoken.length > 0) return spoken.every(({ codedUnder }) => has(codedUnder)) ? "not_addressed" : "not_coded";
  const covering = coded.filter((one) => relation(one) === "delegated");
  return covering.every(({ codedUnder }) => has(codedUnder)) ? "did_not_speak" : "not_coded";
}

type World = typeof anyWorld extends fc.Arbitrary<infer T> ? T : never;

/** A random record as it is given to the rule: the latest dialogue first. */
function settlingOf({ coded, memberships, aligned, day }: World): Settling {
  const inOwnVoice = coded.filter(
    ({ statement: { representations: rows } }) => rows.length === 0 || rows.some(({ basis }) => basis === "own"),
  );
  return {
    register: registerOf(PARTIES, memberships),
    actors: PARTIES.map(({ id }) => id),
    issues: ISSUES,
    day,
    aligned,
    issuesOf: VERSIONS,
    own: inOwnVoice.flatMap(({ statement, at, positions }) =>
      positions.map((position) => ({
        ...position,
        actorId: statement.speakerId,
        statementId: statement.id,
        through: null,
        at,
      })),
    ),
    deliveries: inOwnVoice.map(({ statement, codedUnder }) => ({ actorId: statement.speakerId, codedUnder })),
    delegating: coded
      .filter(({ statement }) => statement.representations.some(({ basis }) => basis !== "own"))
      .toSorted((a, b) => b.at.day.localeCompare(a.at.day) || b.at.order - a.at.order),
  };
}

function expectLiteral(given: Settling, { coded, aligned, day }: World): void {
  const settled = settle(given);
  for (const { id } of PARTIES) {
    for (const issue of ISSUES) {
      const cell = settled.get(id)?.get(issue) as Cell;
      const found = "positionId" in cell ? `${cell.kind} ${cell.positionId}` : cell.kind;
      expect(found).toBe(cellSlowly({ coded, register: given.register, aligned, day }, id, issue));
    }
  }
}

test("settles every cell as the literal rule does, on random records", () => {
  law(anyWorld, (world) => expectLiteral(settlingOf(world), world));
});

test("needs no position of an older statement on an issue that is not open", () => {
  let left = 0;
  law(anyWorld, (world) => {
    const given = settlingOf(world);
    const reached = reaching(given.register, given.aligned);
    const open = openIssues({ ...given, reach: given.delegating.map(({ statement }) => reached(statement)) });
    const read: DelegatingStatement[] = [];
    for (const [from, to] of portionsOf(given.delegating, 1)) {
      const portion = given.delegating.slice(from, to).map((one, place) => {
        const positions = one.positions.filter(({ issueId }) => open.issuesOf(from + place).has(issueId));
        left += one.positions.length - positions.length;
        return { ...one, positions };
      });
      open.note(portion);
      read.push(...portion);
    }
    expect(read).toHaveLength(given.delegating.length);
    expectLiteral({ ...given, delegating: read }, world);
  });
  expect(left).toBeGreaterThan(0);
});
