import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ActorKind, type Membership, type Party, registerOf } from "@/features/actors/rules";
import { type Counting, type Figures, figures, represented, speakers } from "@/features/figures/rules";
import { coverageOf } from "@/features/statements/rules";
import { own } from "../support/counting";
import {
  anyCounting,
  anyHow,
  anyMemberships,
  anyRegister,
  anyStatement,
  anyStatements,
  law,
  PARTIES,
} from "../support/random-record";

const figuresOf = (counting: Counting): Figures => figures({ ...counting, asOf: "2017-09-06" });

/** The contract once more, in the most literal way: actor by actor, statement by statement, row by row. */
function countedSlowly(memberships: Membership[], { statements, rule, aligned, meeting }: Omit<Counting, "register">) {
  const find = (id: string | null) => PARTIES.find((one) => one.id === id) as Party;
  const admitted = ({ kind, admittedOn }: Party, day: string) =>
    kind !== "member_state" || !admittedOn || admittedOn <= day;
  const roles = ["statement", "joint_statement", "civil_society"];
  const counted = statements.filter(
    (s) => roles.includes(s.role) && !s.withdrawn && (meeting == null || s.meeting === meeting),
  );

  const spoke = (kind: ActorKind) =>
    PARTIES.filter((one) => one.kind === kind && counted.some((s) => s.speakerId === one.id && admitted(one, s.day)))
      .length;

  function routesTo(actor: Party): string[] {
    const routes: string[] = [];
    for (const s of counted) {
      const speaker = find(s.speakerId);
      if (!admitted(actor, s.day)) continue;
      for (const row of s.representations.length > 0 ? s.representations : [own]) {
        const allowed =
          row.basis === "own" ||
          rule === "own_and_groups" ||
          (rule === "own_and_regional" && speaker.kind === "regional_organization");
        if (!allowed || (row.basis === "aligned" && aligned === "exclude")) continue;
        if (row.basis === "own" && actor.id === speaker.id) routes.push("own");
        if (row.basis === "named" && actor.id === row.actorId) routes.push(`named:${speaker.ref}`);
        if (row.basis === "aligned" && actor.id === row.actorId) routes.push(`aligned:${speaker.ref}`);
        if (row.basis !== "group" || row.excluded.includes(actor.id)) continue;
        const member = memberships.some(
          (m) =>
            m.groupId === row.actorId &&
            m.memberId === actor.id &&
            (m.validFrom ?? "0000-00-00") <= s.day &&
            s.day <= (m.validUntil ?? "9999-99-99"),
        );
        if (member) routes.push(`group:${find(row.actorId).ref}`);
      }
    }
    return [...new Set(routes)];
  }

  const reached = PARTIES.filter(({ kind }) => kind === "member_state" || kind === "observer")
    .map((actor) => ({ ref: actor.ref, kind: actor.kind, routes: routesTo(actor) }))
    .filter(({ routes }) => routes.length > 0);
  const states = reached.filter(({ kind }) => kind === "member_state");
  const single = states.filter(({ routes }) => routes.length === 1 && routes[0] !== "own");
  const onlyThrough: Record<string, number> = {};
  for (const { routes } of single) {
    const key = String(routes[0]).replace(/^group:/, "");
    onlyThrough[key] = (onlyThrough[key] ?? 0) + 1;
  }
  return {
    spoke: {
      memberStates: spoke("member_state"),
      observers: spoke("observer"),
      regionalOrganizations: spoke("regional_organization"),
      civilSociety: spoke("civil_society"),
      unOffices: spoke("un_office"),
    },
    represented: { states: states.length, observers: reached.length - states.length },
    onlyThrough,
    overlap: new Map(states.filter(({ routes }) => routes.length > 1).map(({ ref, routes }) => [ref, new Set(routes)])),
  };
}

test("an independent, literal reading of the contract gives the same figures", () => {
  const cases = fc.record({ memberships: anyMemberships, statements: anyStatements, how: anyHow });
  fc.assert(
    fc.property(cases, ({ memberships, statements, how }) => {
      const {
        spoke,
        represented: reached,
        onlyThrough,
        overlap,
      } = figuresOf({
        statements,
        register: registerOf(PARTIES, memberships),
        ...how,
      });
      const routes = new Map(overlap.map(({ actor, routes: names }) => [actor, new Set(names)]));
      expect({ spoke, represented: reached, onlyThrough, overlap: routes }).toEqual(
        countedSlowly(memberships, { statements, ...how }),
      );
    }),
    { numRuns: 3000 },
  );
});

describe("the lists and the numbers say the same", () => {
  test("represented: as many rows as the number, each with at least one route, each route with its statements", () => {
    law(anyCounting, (counting) => {
      const rows = represented(counting);
      const { states, observers } = figuresOf(counting).represented;
      expect(rows.filter(({ kind }) => kind === "member_state")).toHaveLength(states);
      expect(rows.filter(({ kind }) => kind === "observer")).toHaveLength(observers);
      for (const { routes, statements } of rows) {
        expect(routes.length).toBeGreaterThan(0);
        expect(Object.keys(statements)).toEqual(routes);
        for (const ids of Object.values(statements)) {
          expect(ids.length).toBeGreaterThan(0);
          expect(new Set(ids).size).toBe(ids.length);
        }
      }
    });
  });

  test("speakers: as many rows of each kind as the number", () => {
    law(anyCounting, (counting) => {
      const { spoke } = figuresOf(counting);
      const kinds = speakers(counting).map(({ kind }) => kind);
      const many = (kind: ActorKind) => kinds.filter((one) => one === kind).length;
      expect(spoke).toEqual({
        memberStates: many("member_state"),
        observers: many("observer"),
        regionalOrganizations: many("regional_organization"),
        civilSociety: many("civil_society"),
        unOffices: many("un_office"),
      });
    });
  });

  test("states represented = own voice only + only through one other route + overlap", () => {
    law(anyCounting, (counting) => {
      const { represented: reached, onlyThrough, overlap } = figuresOf(counting);
      const ownOnly = represented(counting).filter(
        ({ kind, routes }) => kind === "member_state" && routes.join() === "own",
      );
      const through = Object.values(onlyThrough).reduce((sum, states) => sum + states, 0);
      expect(ownOnly.length + through + overlap.length).toBe(reached.states);
    });
  });

  test("the coverage of a single counted statement is what it is counted by", () => {
    const single = fc.record({ register: anyRegister, statement: anyStatement });
    law(single, ({ register, statement }) => {
      const counting: Counting = {
        statements: [{ ...statement, role: "statement", withdrawn: false }],
        register,
        rule: "own_and_groups",
        aligned: "include",
      };
      const covered = coverageOf(statement, register).filter(({ countedAs }) => countedAs !== null);
      expect(covered.map(({ ref, routes, countedAs }) => [ref, countedAs, routes])).toEqual(
        represented(counting).map(({ ref, routes, kind }) => [ref, kind, routes]),
      );
    });
  });
});
