import { describe, expect, test } from "vitest";
import {
  cumulative,
  type Counting,
  figures,
  type PublishedTotal,
  represented,
  speakers,
} from "@/features/figures/rules";
import { RULES } from "@/features/figures/schema";
import type { CountedStatement } from "@/features/statements/rules";
import { STATEMENT_ROLES } from "@/features/statements/schema";
import { aligned, BALTIC, FRIENDS_2021, group, idOf, named, NORDIC, own, said, world } from "../support/counting";

const register = world();
const statements2017 = [
  said("NLD", [group("group-of-friends-r2p")], { role: "joint_statement" }),
  said("european-union", [group("european-union")], { role: "joint_statement" }),
  said("NOR", [group("nordic")], { role: "joint_statement" }),
  said("LVA", [group("baltic")], { role: "joint_statement" }),
];

type How = Partial<Counting> & { published?: PublishedTotal[] };
const count = (statements: CountedStatement[], how: How = {}) =>
  figures({ statements, register, rule: "own_and_groups", aligned: "exclude", asOf: "2017-09-06", ...how });
const refsIn = (statements: CountedStatement[], how: How = {}) =>
  represented({ statements, register, rule: "own_and_groups", aligned: "exclude", ...how }).map(({ ref }) => ref);

describe("facts of the record", () => {
  const eu = (day: string) => said("european-union", [group("european-union")], { day });

  test("the statements of the European Union of 2017 and 2021 cover 28 and 27 states", () => {
    expect(count([eu("2017-09-06")]).represented).toEqual({ states: 28, observers: 0 });
    expect(count([eu("2021-05-17")]).represented.states).toBe(27);
    expect(refsIn([eu("2021-05-17")])).not.toContain("GBR");
  });

  test("European Union, Nordic and Baltic statements of 2017 cover 30 states: the 28, Norway and Iceland", () => {
    const { represented: reached, onlyThrough, overlap } = count(statements2017.slice(1));
    expect(reached.states).toBe(30);
    expect(onlyThrough).toEqual({ "european-union": 22, nordic: 2 });
    expect(overlap.map(({ actor }) => actor)).toEqual(["DNK", "EST", "FIN", "LTU", "LVA", "SWE"]);
  });

  test("the Group of Friends list of 2021 has 52 states, 62 in union with the European Union", () => {
    const friends = said("CRI", [group("group-of-friends-r2p", "SGP")], { day: "2021-05-17" });
    expect(count([friends]).represented.states).toBe(52);
    expect(refsIn([friends])).toEqual([...FRIENDS_2021].sort());
    expect(count([friends, eu("2021-05-17")]).represented.states).toBe(62);
    expect(count([friends, eu("2021-05-17")]).onlyThrough).toEqual({
      "group-of-friends-r2p": 35,
      "european-union": 10,
    });
  });

  test("a Baltic statement covers three states, a joint statement of France and Mexico two", () => {
    expect(refsIn([said("EST", [group("baltic")])])).toEqual([...BALTIC].sort());
    expect(refsIn([said("FRA", [own, named("MEX")])])).toEqual(["FRA", "MEX"]);
  });

  test("the European Union in the Group of Friends of 2017 adds none of its members", () => {
    expect(refsIn([said("NLD", [group("group-of-friends-r2p")])])).not.toContain("AUT");
  });
});

describe("who spoke", () => {
  test("each actor once, by kind, however many statements it delivered", () => {
    const statements = [
      said("DNK"),
      said("DNK", [group("nordic")]),
      said("VAT"),
      said("african-union"),
      said("global-centre"),
      said("ohchr"),
    ];
    expect(count(statements).spoke).toEqual({
      memberStates: 1,
      observers: 1,
      regionalOrganizations: 1,
      civilSociety: 1,
      unOffices: 1,
    });
    expect(speakers({ statements, register }).map(({ ref, statements: ids }) => [ref, ids.length])).toEqual([
      ["DNK", 2],
      ["VAT", 1],
      ["african-union", 1],
      ["global-centre", 1],
      ["ohchr", 1],
    ]);
  });

  test("in own capacity or not: a state that spoke for a group only is a speaker", () => {
    expect(count([said("NLD", [group("nordic")])]).spoke.memberStates).toBe(1);
    expect(count([said("NLD", [group("nordic")])], { rule: "own_voice" })).toMatchObject({
      spoke: { memberStates: 1 },
      represented: { states: 0 },
    });
  });

  test("only statements, joint statements and those of civil society count", () => {
    const counted = STATEMENT_ROLES.filter(
      (role) => count([said("DNK", [own, named("SWE")], { role })]).spoke.memberStates === 1,
    );
    expect(counted).toEqual(["statement", "joint_statement", "civil_society"]);
    for (const role of ["opening", "panellist", "moderator", "presiding"] as const) {
      expect(count([said("DNK", [own, group("nordic")], { role })]).represented).toEqual({ states: 0, observers: 0 });
    }
  });

  test("a group recorded as the speaker is no speaker of any kind, but whom it speaks for counts", () => {
    const joint = said("nordic", [group("nordic")]);
    expect(count([joint]).represented.states).toBe(5);
    expect(Object.values(count([joint]).spoke)).toEqual([0, 0, 0, 0, 0]);
    expect(speakers({ statements: [joint], register })).toEqual([]);
  });

  test("withdrawn statements never count", () => {
    const {
      spoke,
      represented: reached,
      overlap,
      onlyThrough,
    } = count(statements2017.map((one) => ({ ...one, withdrawn: true })));
    expect([spoke.memberStates, reached.states, overlap, onlyThrough]).toEqual([0, 0, [], {}]);
  });

  test("a state that was not admitted yet counts nowhere", () => {
    const before = [
      said("SSD", [own, named("UKR")], { day: "2011-07-12" }),
      said("UKR", [named("SSD")], { day: "2011-07-12" }),
    ];
    expect(count(before)).toMatchObject({ spoke: { memberStates: 1 }, represented: { states: 1 } });
    expect(refsIn(before)).toEqual(["UKR"]);
    const after = before.map((one) => ({ ...one, day: "2011-07-14" }));
    expect(count(after)).toMatchObject({ spoke: { memberStates: 2 }, represented: { states: 2 } });
  });
});

describe("whom statements represent", () => {
  test("no representation means own capacity", () => {
    expect(count([said("DNK")])).toEqual(count([said("DNK", [own])]));
    expect(count([said("DNK")]).represented.states).toBe(1);
  });

  test("a group statement does not put the state that delivers it on record in its own capacity", () => {
    const rows = represented({
      statements: [said("DNK", [group("nordic")])],
      register,
      rule: "own_and_groups",
      aligned: "exclude",
    });
    expect(rows.find(({ ref }) => ref === "DNK")?.routes).toEqual(["group:nordic"]);
    expect(refsIn([said("NLD", [group("nordic")])])).toEqual([...NORDIC].sort());
  });

  test("a group means its members on the statement's day, minus those struck out of that row", () => {
    expect(refsIn([said("DNK", [group("nordic", "FIN", "ISL")])])).toEqual(["DNK", "NOR", "SWE"]);
    expect(refsIn([said("DNK", [group("nordic", "FIN")]), said("SWE", [group("nordic", "DNK")])])).toEqual(
      [...NORDIC].sort(),
    );
    const day = (day: string) => count([said("european-union", [group("european-union")], { day })]).represented.states;
    expect([day("2013-06-30"), day("2013-07-01"), day("2020-01-31"), day("2020-02-01")]).toEqual([27, 28, 28, 27]);
  });

  test("two meetings of one dialogue can lie on both sides of an accession", () => {
    const before = said("european-union", [group("european-union")], { day: "2013-06-30", meeting: 1 });
    const after = said("european-union", [group("european-union")], { day: "2013-07-01", meeting: 2 });
    expect(count([before, after], { meeting: 1 }).represented.states).toBe(27);
    expect(count([before, after], { meeting: 2 }).represented.states).toBe(28);
    expect(count([before, after]).represented.states).toBe(28);
  });

  test("a regional organization that speaks in its own capacity represents no state, under any rule", () => {
    for (const rule of RULES) {
      expect(count([said("european-union")], { rule })).toMatchObject({
        spoke: { regionalOrganizations: 1 },
        represented: { states: 0, observers: 0 },
      });
    }
  });

  test("observers are counted beside states, never among them", () => {
    const statements = [said("VAT"), said("DNK", [named("PSE"), named("SWE")])];
    expect(count(statements).represented).toEqual({ states: 1, observers: 2 });
    expect(count(statements).onlyThrough).toEqual({ "named:DNK": 1 });
  });

  test("offices and organizations of any kind are never represented", () => {
    const { represented: reached } = count([
      said("global-centre", [own, named("ohchr")]),
      said("ohchr", [own, aligned("african-union")]),
    ]);
    expect(reached).toEqual({ states: 0, observers: 0 });
  });
});

describe("counting rules", () => {
  const statements = [
    said("IND"),
    said("DNK", [own, group("nordic"), named("UKR")]),
    said("european-union", [group("european-union"), named("CHE"), aligned("ALB")]),
    said("NOR", [group("baltic"), aligned("USA")]),
  ];

  test("own_voice counts own capacity, own_and_regional adds the routes of regional organizations, own_and_groups all", () => {
    expect(refsIn(statements, { rule: "own_voice" })).toEqual(["DNK", "IND"]);
    const regional = refsIn(statements, { rule: "own_and_regional" });
    expect(regional).toHaveLength(30);
    expect(regional).toEqual(expect.arrayContaining(["CHE", "IND", "HRV"]));
    expect(regional).not.toContain("ISL");
    const all = refsIn(statements);
    expect(all).toHaveLength(33);
    expect(all).toEqual(expect.arrayContaining(["ISL", "NOR", "UKR"]));
  });

  test("aligned states count only when included, and only by statements whose routes count", () => {
    expect(refsIn(statements, { aligned: "include" })).toEqual(expect.arrayContaining(["ALB", "USA"]));
    const regional = refsIn(statements, { rule: "own_and_regional", aligned: "include" });
    expect(regional).toContain("ALB");
    expect(regional).not.toContain("USA");
    expect(refsIn(statements, { rule: "own_voice", aligned: "include" })).toEqual(["DNK", "IND"]);
    expect(refsIn(statements)).not.toContain("ALB");
  });

  test("the rule and the day travel with the figures", () => {
    expect(count([], { rule: "own_voice", aligned: "include" })).toEqual({
      rule: "own_voice",
      aligned: "include",
      asOf: "2017-09-06",
      spoke: { memberStates: 0, observers: 0, regionalOrganizations: 0, civilSociety: 0, unOffices: 0 },
      represented: { states: 0, observers: 0 },
      onlyThrough: {},
      overlap: [],
      complete: true,
      missing: {},
    });
  });
});

describe("meetings", () => {
  test("a meeting counts the statements that name it; the whole dialogue counts all", () => {
    const statements = [
      said("DNK", [], { meeting: 1 }),
      said("SWE", [], { meeting: 2 }),
      said("DNK", [], { meeting: 2 }),
      said("NOR"),
    ];
    expect(count(statements, { meeting: 1 }).spoke.memberStates).toBe(1);
    expect(count(statements, { meeting: 2 }).spoke.memberStates).toBe(2);
    expect(count(statements, { meeting: 3 }).spoke.memberStates).toBe(0);
    expect(count(statements).spoke.memberStates).toBe(3);
    expect(count(statements, { meeting: null }).spoke.memberStates).toBe(3);
    expect(refsIn(statements, { meeting: 2 })).toEqual(["DNK", "SWE"]);
    expect(speakers({ statements, register, meeting: 2 }).map(({ ref }) => ref)).toEqual(["DNK", "SWE"]);
  });
});

describe("routes", () => {
  test("are named as in the contract, each once, with the statements that make them", () => {
    const first = said("DNK", [own, group("nordic")]);
    const second = said("FIN", [named("DNK"), group("nordic", "ISL")]);
    const third = said("european-union", [group("european-union"), aligned("NOR")]);
    const rows = represented({
      statements: [first, second, third],
      register,
      rule: "own_and_groups",
      aligned: "include",
    });
    expect(rows.find(({ ref }) => ref === "DNK")).toEqual({
      actorId: idOf("DNK"),
      ref: "DNK",
      kind: "member_state",
      routes: ["own", "group:european-union", "group:nordic", "named:FIN"],
      statements: {
        own: [first.id],
        "group:european-union": [third.id],
        "group:nordic": [first.id, second.id],
        "named:FIN": [second.id],
      },
    });
    expect(rows.find(({ ref }) => ref === "ISL")?.statements).toEqual({ "group:nordic": [first.id] });
    expect(rows.find(({ ref }) => ref === "NOR")?.routes).toEqual(["group:nordic", "aligned:european-union"]);
  });

  test("onlyThrough counts states by their single route: largest first, then by name; own voice is no key", () => {
    const statements = [
      said("IND"),
      said("european-union", [group("european-union")]),
      said("LVA", [group("baltic")]),
      said("NOR", [group("nordic"), named("UKR"), aligned("ALB"), named("VAT")]),
      said("USA", [named("ALB"), named("CHE")]),
    ];
    const through = count(statements, { aligned: "include" }).onlyThrough;
    expect(Object.entries(through)).toEqual([
      ["european-union", 22],
      ["nordic", 2],
      ["named:NOR", 1],
      ["named:USA", 1],
    ]);
    expect(count(statements).onlyThrough["named:USA"]).toBe(2);
  });

  test("overlap lists every member state with two routes or more, own voice first", () => {
    const statements = [
      ...statements2017.slice(2),
      said("DNK"),
      said("VAT", [own, named("PSE")]),
      said("PSE", [named("VAT")]),
    ];
    expect(count(statements).overlap).toEqual([{ actor: "DNK", routes: ["own", "group:nordic"] }]);
  });

  test("the same route by two statements is one route", () => {
    const twice = [said("DNK", [group("nordic")]), said("SWE", [group("nordic")])];
    expect(count(twice).overlap).toEqual([]);
    expect(count(twice).onlyThrough).toEqual({ nordic: 5 });
  });
});

describe("missing", () => {
  const statements = [said("DNK"), said("SWE"), said("VAT"), said("european-union", [group("european-union")])];

  test("is the published figure less the recorded one, the highest where publishers disagree", () => {
    const published: PublishedTotal[] = [
      { unit: "member_states_spoke", value: 68 },
      { unit: "member_states_spoke", value: 69 },
      { unit: "observers_spoke", value: 1 },
      { unit: "regional_organizations_spoke", value: 1 },
      { unit: "civil_society_spoke", value: 2 },
    ];
    const { missing, complete } = count(statements, { published });
    expect(missing).toEqual({ memberStates: 67, civilSociety: 2 });
    expect(complete).toBe(false);
    expect(count(statements, { published: published.toReversed() }).missing).toEqual(missing);
    expect(count(statements, { published: [{ unit: "observers_spoke", value: 2 }] })).toMatchObject({
      complete: false,
      missing: { observers: 1 },
    });
  });

  test("is empty, and the record complete, when as many or more are recorded than were published", () => {
    expect(count(statements, { published: [{ unit: "member_states_spoke", value: 2 }] })).toMatchObject({
      complete: true,
      missing: {},
    });
    expect(count(statements, { published: [{ unit: "member_states_spoke", value: 1 }] })).toMatchObject({
      complete: true,
      missing: { memberStates: -1 },
    });
  });

  test("looks at numbers of speakers only", () => {
    const published: PublishedTotal[] = [
      { unit: "states_represented", value: 98 },
      { unit: "observers_represented", value: 9 },
      { unit: "group_members", value: 50 },
    ];
    expect(count(statements, { published })).toMatchObject({ complete: true, missing: {} });
  });
});

describe("cumulative", () => {
  test("distinct states that spoke and were represented so far, and who spoke for the first time", () => {
    const rows = cumulative(
      [
        {
          dialogue: "2011",
          statements: [said("DNK", [own], { day: "2011-07-12" }), said("SSD", [own], { day: "2011-07-12" })],
        },
        { dialogue: "2012", statements: [said("DNK", [group("nordic")], { day: "2012-09-05" }), said("VAT")] },
        { dialogue: "2013", statements: [] },
        { dialogue: "2014", statements: [said("SWE"), said("SSD"), said("SSD"), said("european-union")] },
      ],
      { register, rule: "own_and_groups", aligned: "exclude" },
    );
    expect(rows).toEqual([
      { dialogue: "2011", spoke: 1, represented: 1, firstTime: [{ actorId: idOf("DNK"), ref: "DNK" }] },
      { dialogue: "2012", spoke: 1, represented: 5, firstTime: [] },
      { dialogue: "2013", spoke: 1, represented: 5, firstTime: [] },
      {
        dialogue: "2014",
        spoke: 3,
        represented: 6,
        firstTime: [
          { actorId: idOf("SSD"), ref: "SSD" },
          { actorId: idOf("SWE"), ref: "SWE" },
        ],
      },
    ]);
  });
});

test("a register that lacks an actor is refused, not counted short", () => {
  expect(() => count([said("unknown")])).toThrow("no actor id of unknown");
  expect(() => count([said("DNK", [named("unknown")])])).toThrow("no actor");
});
