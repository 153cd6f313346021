import { describe, expect, test } from "vitest";
import {
  checkRepresentation,
  compareRoutes,
  type Covered,
  coverageOf,
  isCounted,
  type ProposedStatement,
} from "@/features/statements/rules";
import { STATEMENT_ROLES } from "@/features/statements/schema";
import { DomainError, type Issue } from "@/lib/errors";
import { aligned, group, idOf, membersOf, named, NORDIC, own, party, said, world } from "../support/counting";
import { registerOf } from "@/features/actors/rules";

const register = world();

describe("isCounted", () => {
  test("only statements, joint statements and those of civil society, and never a withdrawn one", () => {
    const counted = STATEMENT_ROLES.filter((role) => isCounted({ role, withdrawn: false }));
    expect(counted).toEqual(["statement", "joint_statement", "civil_society"]);
    expect(STATEMENT_ROLES.some((role) => isCounted({ role, withdrawn: true }))).toBe(false);
  });
});

describe("compareRoutes", () => {
  test("own first, then groups, named, aligned, each by name", () => {
    const routes = ["aligned:AUS", "named:DNK", "group:nordic", "own", "named:ALB", "group:baltic"];
    expect(routes.sort(compareRoutes)).toEqual([
      "own",
      "group:baltic",
      "group:nordic",
      "named:ALB",
      "named:DNK",
      "aligned:AUS",
    ]);
  });
});

describe("coverageOf", () => {
  const refs = (rows: Covered[], keep: (row: Covered) => boolean) => rows.filter(keep).map(({ ref }) => ref);
  const counted = (rows: Covered[]) => refs(rows, (row) => row.countedAs !== null);

  test("a statement without representations is in own capacity", () => {
    expect(coverageOf(said("DNK"), register)).toEqual(coverageOf(said("DNK", [own]), register));
    expect(coverageOf(said("DNK"), register)).toEqual([
      {
        actorId: idOf("DNK"),
        ref: "DNK",
        kind: "member_state",
        countedAs: "member_state",
        notCounted: null,
        routes: ["own"],
        bases: ["own"],
        struckFrom: [],
        membershipKnown: true,
      },
    ]);
  });

  test("a group statement by a state covers the members on the day, and the state only as one of them", () => {
    const rows = coverageOf(said("NOR", [group("nordic")]), register);
    expect(counted(rows)).toEqual([...NORDIC].sort());
    expect(rows.every(({ routes }) => routes.join() === "group:nordic")).toBe(true);
    expect(rows.every(({ membershipKnown }) => !membershipKnown)).toBe(true);

    const outside = coverageOf(said("NLD", [group("nordic")]), register);
    expect(counted(outside)).not.toContain("NLD");
  });

  test("members struck out are listed and not counted", () => {
    const rows = coverageOf(said("DNK", [group("nordic", "FIN")]), register);
    expect(counted(rows)).toEqual(["DNK", "ISL", "NOR", "SWE"]);
    expect(rows.find(({ ref }) => ref === "FIN")).toMatchObject({
      countedAs: null,
      notCounted: "struck_out",
      routes: [],
      struckFrom: ["group:nordic"],
    });
  });

  test("an exclusion belongs to its own row: another row can cover the same actor", () => {
    const rows = coverageOf(said("DNK", [group("nordic", "FIN"), named("FIN")]), register);
    expect(rows.find(({ ref }) => ref === "FIN")).toMatchObject({
      countedAs: "member_state",
      notCounted: null,
      routes: ["named:DNK"],
      bases: ["named"],
      struckFrom: ["group:nordic"],
      membershipKnown: true,
    });
    const twoGroups = coverageOf(said("DNK", [group("nordic", "FIN"), group("european-union")]), register);
    expect(twoGroups.find(({ ref }) => ref === "FIN")?.routes).toEqual(["group:european-union"]);
  });

  test("the European Union in the Group of Friends is listed and adds no states", () => {
    const rows = coverageOf(said("CRI", [group("group-of-friends-r2p", "SGP")], { day: "2021-05-17" }), register);
    expect(rows.find(({ ref }) => ref === "european-union")).toMatchObject({
      countedAs: null,
      notCounted: "organization",
    });
    expect(counted(rows)).toHaveLength(52);
    expect(counted(rows)).not.toContain("AUT");
  });

  test("a member that the United Nations had not admitted yet is listed and not counted", () => {
    const on = (day: string) =>
      coverageOf(said("CRI", [group("group-of-friends-r2p")], { day }), register).find(({ ref }) => ref === "SSD");
    expect(on("2011-07-13")).toMatchObject({
      countedAs: null,
      notCounted: "not_admitted",
      routes: ["group:group-of-friends-r2p"],
    });
    expect(on("2011-07-14")).toMatchObject({ countedAs: "member_state", notCounted: null });
  });

  test("named and aligned actors are covered by routes with the speaker's name; an organization covers nobody else", () => {
    const rows = coverageOf(said("DNK", [own, named("VAT"), aligned("ALB"), aligned("european-union")]), register);
    expect(rows.map(({ ref, routes, countedAs }) => [ref, routes.join(), countedAs])).toEqual([
      ["ALB", "aligned:DNK", "member_state"],
      ["DNK", "own", "member_state"],
      ["VAT", "named:DNK", "observer"],
      ["european-union", "aligned:DNK", null],
    ]);
  });

  test("a regional organization in own capacity covers no state", () => {
    const rows = coverageOf(said("european-union"), register);
    expect(rows.map(({ ref, notCounted }) => [ref, notCounted])).toEqual([["european-union", "organization"]]);
  });

  test("one route by two rows is one route; several routes are listed in order", () => {
    const rows = coverageOf(said("DNK", [named("FIN"), named("FIN"), group("nordic"), own]), register);
    expect(rows.find(({ ref }) => ref === "FIN")?.routes).toEqual(["group:nordic", "named:DNK"]);
    expect(rows.find(({ ref }) => ref === "DNK")).toMatchObject({
      routes: ["own", "group:nordic"],
      bases: ["own", "group"],
    });
  });

  test("moving the day across an accession changes the coverage", () => {
    const on = (day: string) =>
      counted(coverageOf(said("european-union", [group("european-union")], { day }), register));
    expect([on("2013-06-30").length, on("2013-07-01").length]).toEqual([27, 28]);
  });
});

describe("checkRepresentation", () => {
  function issuesOf(proposed: Partial<ProposedStatement>, known = register): Issue[] {
    try {
      checkRepresentation(
        { speakerId: idOf("DNK"), role: "statement", day: "2017-09-06", represents: [], ...proposed },
        known,
      );
      return [];
    } catch (error) {
      expect(error).toBeInstanceOf(DomainError);
      expect((error as DomainError).code).toBe("INVALID");
      return (error as DomainError).issues;
    }
  }
  const pathsOf = (represents: ProposedStatement["represents"], more: Partial<ProposedStatement> = {}) =>
    issuesOf({ represents, ...more }).map(({ path }) => path.join("."));

  test("what the contract shows as an example is fine", () => {
    expect(pathsOf([own, group("nordic", "FIN"), named("EST"), aligned("ALB")])).toEqual([]);
    expect(pathsOf([])).toEqual([]);
    expect(pathsOf([group("european-union"), named("african-union"), aligned("global-centre")])).toEqual([]);
  });

  test("a group row names a group or a regional organization", () => {
    expect(pathsOf([own, group("SWE")])).toEqual(["represents.1.group"]);
    expect(pathsOf([group("VAT"), group("ohchr"), group("global-centre")])).toHaveLength(3);
    expect(pathsOf([{ basis: "group", actorId: null, excluded: [] }])).toEqual(["represents.0.group"]);
    expect(pathsOf([group("unknown")])).toEqual(["represents.0.group"]);
  });

  test("a group is not struck out of itself", () => {
    const [issue, ...more] = issuesOf({ represents: [group("nordic", "nordic")] });
    expect(issue).toEqual({
      path: ["represents", "0", "exclude", "0"],
      message: "nordic cannot be struck out of itself.",
    });
    expect(more).toEqual([]);
  });

  test("only a member on that day is struck out, and once", () => {
    expect(pathsOf([group("nordic", "FIN", "NLD")])).toEqual(["represents.0.exclude.1"]);
    expect(pathsOf([group("nordic", "FIN", "FIN")])).toEqual(["represents.0.exclude.1"]);
    expect(pathsOf([group("nordic", "unknown")])).toEqual(["represents.0.exclude.0"]);
    expect(pathsOf([group("european-union", "HRV")], { day: "2013-06-30" })).toEqual(["represents.0.exclude.0"]);
    expect(pathsOf([group("european-union", "HRV")], { day: "2013-07-01" })).toEqual([]);
    expect(pathsOf([group("group-of-friends-r2p", "european-union")])).toEqual([]);
  });

  test("messages use the names that they are given", () => {
    const named = { "id of NLD": "Netherlands", "id of nordic": "the Nordic countries" } as Record<string, string>;
    const proposed = {
      speakerId: idOf("DNK"),
      role: "statement",
      day: "2017-09-06",
      represents: [group("nordic", "NLD")],
    } as const;
    expect(() => checkRepresentation(proposed, register, ({ id }) => named[id] ?? id)).toThrow(
      "Netherlands was not a member of the Nordic countries on 2017-09-06.",
    );
  });

  test("a named or aligned actor is no group and not the speaker", () => {
    expect(pathsOf([named("nordic"), aligned("baltic")])).toEqual(["represents.0.actor", "represents.1.actor"]);
    expect(pathsOf([named("DNK")])).toEqual(["represents.0.actor"]);
    expect(pathsOf([own, aligned("DNK")])).toEqual(["represents.1.actor"]);
    expect(pathsOf([{ basis: "named", actorId: null, excluded: [] }])).toEqual(["represents.0.actor"]);
  });

  test("nothing is listed twice, but one actor may stand in rows of different kinds", () => {
    expect(pathsOf([own, own])).toEqual(["represents.1.basis"]);
    expect(pathsOf([group("nordic"), group("nordic", "FIN")])).toEqual(["represents.1.group"]);
    expect(pathsOf([named("EST"), own, named("EST")])).toEqual(["represents.2.actor"]);
    expect(pathsOf([group("nordic", "FIN"), named("FIN")])).toEqual([]);
  });

  test("own capacity names nobody, and only members of a group are struck out", () => {
    expect(pathsOf([{ basis: "own", actorId: idOf("SWE"), excluded: [] }])).toEqual(["represents.0.basis"]);
    expect(pathsOf([{ ...named("EST"), excluded: [idOf("FIN")] }])).toEqual(["represents.0.exclude"]);
    expect(pathsOf([{ ...own, excluded: [idOf("FIN")] }])).toEqual(["represents.0.exclude"]);
  });

  test("states, observers, organizations and offices are not civil society; everything else about roles is left open", () => {
    for (const ref of ["DNK", "VAT", "european-union", "ohchr"]) {
      expect(pathsOf([], { speakerId: idOf(ref), role: "civil_society" })).toEqual(["role"]);
    }
    expect(pathsOf([], { speakerId: idOf("global-centre"), role: "civil_society" })).toEqual([]);
    expect(pathsOf([], { speakerId: idOf("global-centre"), role: "statement" })).toEqual([]);
    expect(pathsOf([], { speakerId: idOf("DNK"), role: "presiding" })).toEqual([]);
  });

  test("every mistake is reported at once", () => {
    expect(
      pathsOf([group("SWE"), named("nordic"), group("nordic", "NLD", "nordic")], { role: "civil_society" }),
    ).toEqual(["role", "represents.0.group", "represents.1.actor", "represents.2.exclude.0", "represents.2.exclude.1"]);
  });

  test("a group without members on that day is a warning", () => {
    const check = (day: string) =>
      checkRepresentation(
        { speakerId: idOf("DNK"), role: "statement", day, represents: [own, group("guam")] },
        registerOf(
          [party("DNK"), party("UKR"), party("guam", "group")],
          membersOf("guam", [["UKR", "1997-10-10", null]]),
        ),
      );
    expect(check("1997-10-09")).toEqual([
      { path: ["represents", "1", "group"], message: "guam has no members on record on 1997-10-09." },
    ]);
    expect(check("1997-10-10")).toEqual([]);
  });
});
