import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import {
  type ActorKind,
  type ActorName,
  type Membership,
  nameOn,
  type Party,
  registerOf,
} from "@/features/actors/rules";
import { cumulative, figures, represented } from "@/features/figures/rules";
import type { CountedStatement, Represents } from "@/features/statements/rules";
import type { StatementRole } from "@/features/statements/schema";
import { group, idOf, said } from "../support/counting";

/** The shipped record (prisma/reference), read without a database: what the engine makes of it are the facts of the record. */
const rowsOf = (file: string): Record<string, string>[] =>
  parse(readFileSync(new URL(`../../prisma/reference/${file}.csv`, import.meta.url)), { columns: true });
const dayOrNull = (text: string | undefined) => text || null;

const refOf = ({ iso3, slug }: Record<string, string>) => iso3 || slug || "";
const actors = rowsOf("actors");
const refOfSlug = new Map(actors.map((row) => [row["slug"], refOf(row)]));
/** Files name an actor by slug or ISO 3166 code. */
const idFrom = (text: string | undefined) => idOf(refOfSlug.get(text) ?? text ?? "");

const parties = actors.map((row): Party => ({
  id: idOf(refOf(row)),
  ref: refOf(row),
  kind: row["kind"] as ActorKind,
  admittedOn: dayOrNull(row["admitted_on"]),
}));
const memberships = rowsOf("memberships").map((row): Membership => ({
  groupId: idFrom(row["group"]),
  memberId: idFrom(row["member"]),
  validFrom: dayOrNull(row["valid_from"]),
  validUntil: dayOrNull(row["valid_until"]),
}));
const register = registerOf(parties, memberships);

function representsOf(notation: string): Represents {
  const [basis = "", target] = notation.split(":");
  if (basis !== "group")
    return { basis: basis as Represents["basis"], actorId: target ? idFrom(target) : null, excluded: [] };
  // "group-of-friends-r2p-SGP": codes of states at the end are struck out.
  const struck = /(?:-[A-Z]{3})*$/.exec(target ?? "")?.[0] ?? "";
  return group((target ?? "").slice(0, (target ?? "").length - struck.length), ...struck.split("-").filter(Boolean));
}

const dialogues = rowsOf("dialogues");
const meetingDays = new Map(rowsOf("meetings").map(({ dialogue, number, date }) => [`${dialogue} ${number}`, date]));

function statementsOf(dialogue: string): CountedStatement[] {
  const startsOn = dialogues.find(({ slug }) => slug === dialogue)?.["starts_on"] ?? "";
  return rowsOf("statements")
    .filter((row) => row["dialogue"] === dialogue)
    .map((row) => ({
      id: `${dialogue} ${row["order"]}`,
      speakerId: idFrom(row["speaker"]),
      role: row["role"] as StatementRole,
      day: meetingDays.get(`${dialogue} ${row["meeting"]}`) ?? startsOn,
      meeting: row["meeting"] ? Number(row["meeting"]) : null,
      withdrawn: false,
      representations: (row["represents"] ?? "").split("; ").map(representsOf),
    }));
}

const statesIn = (statements: CountedStatement[]) =>
  represented({ statements, register, rule: "own_and_groups", aligned: "exclude" })
    .filter(({ kind }) => kind === "member_state")
    .map(({ ref }) => ref);
/** The statements of a dialogue on behalf of some of these groups. */
const onBehalf = (dialogue: string, ...groups: string[]) =>
  statementsOf(dialogue).filter(({ representations }) =>
    representations.some(({ basis, actorId }) => basis === "group" && groups.some((ref) => idOf(ref) === actorId)),
  );

describe("the shipped record", () => {
  test("the statements of the European Union of 2017 and 2021 cover 28 and 27 states", () => {
    expect(statesIn(onBehalf("unga-r2p-2017", "european-union"))).toHaveLength(28);
    expect(statesIn(onBehalf("unga-r2p-2021", "european-union"))).toHaveLength(27);
  });

  test("European Union, Nordic and Baltic statements of 2017 cover 30: the 28, Norway and Iceland", () => {
    const eu = statesIn(onBehalf("unga-r2p-2017", "european-union"));
    const all = statesIn(onBehalf("unga-r2p-2017", "european-union", "nordic", "baltic"));
    expect(all).toEqual([...eu, "ISL", "NOR"].sort());
  });

  test("the Group of Friends of 2021 covers 52 states, 62 in union with the European Union", () => {
    const friends = onBehalf("unga-r2p-2021", "group-of-friends-r2p");
    expect(friends).toHaveLength(1);
    expect(statesIn(friends)).toHaveLength(52);
    expect(statesIn(onBehalf("unga-r2p-2021", "group-of-friends-r2p", "european-union"))).toHaveLength(62);
  });

  test("2017: seven member states, the Holy See, the European Union and one civil society organization are known to have spoken", () => {
    const counting = {
      statements: statementsOf("unga-r2p-2017"),
      register,
      rule: "own_and_groups",
      aligned: "exclude",
    } as const;
    const { spoke, missing, complete } = figures({
      ...counting,
      asOf: "2017-09-06",
      published: [
        { unit: "member_states_spoke", value: 73 },
        { unit: "observers_spoke", value: 2 },
        { unit: "regional_organizations_spoke", value: 1 },
        { unit: "civil_society_spoke", value: 5 },
      ],
    });
    expect(spoke).toEqual({ memberStates: 7, observers: 1, regionalOrganizations: 1, civilSociety: 1, unOffices: 0 });
    expect([missing, complete]).toEqual([{ memberStates: 66, observers: 1, civilSociety: 4 }, false]);
  });

  test("the regional groups hold 54, 53, 23, 33 and 29 states; with Kiribati in none they are all 193", () => {
    const groups = ["un-african-group", "un-asia-pacific-group", "un-eastern-european-group", "un-grulac", "un-weog"];
    const statements = groups.map((ref) => said("secretary-general", [group(ref)], { day: "2025-06-25" }));
    expect(statements.map((one) => statesIn([one]).length)).toEqual([54, 53, 23, 33, 29]);
    const all = parties.filter(({ kind }) => kind === "member_state").map(({ ref }) => ref);
    expect(all).toHaveLength(193);
    expect(all.filter((ref) => !statesIn(statements).includes(ref))).toEqual(["KIR"]);
  });

  test("South Sudan, admitted on 14 July 2011, is no state of the dialogue two days before", () => {
    const on = (day: string) =>
      statesIn([said("secretary-general", [group("group-of-friends-r2p")], { day })]).includes("SSD");
    expect([on("2011-07-12"), on("2011-07-14")]).toEqual([false, true]);
  });

  test("every rule gives numbers for every dialogue; cumulative numbers never fall over the years", () => {
    const given = dialogues
      .toSorted((a, b) => ((a["starts_on"] ?? "") < (b["starts_on"] ?? "") ? -1 : 1))
      .map(({ slug }) => ({ dialogue: slug ?? "", statements: statementsOf(slug ?? "") }));
    for (const rule of ["own_voice", "own_and_regional", "own_and_groups"] as const) {
      const rows = cumulative(given, { register, rule, aligned: "include" });
      expect(rows).toHaveLength(16);
      rows.slice(1).forEach((row, at) => {
        expect(row.spoke).toBeGreaterThanOrEqual(rows[at]!.spoke);
        expect(row.represented).toBeGreaterThanOrEqual(rows[at]!.represented);
      });
    }
  });

  test("names valid on the day of a dialogue", () => {
    const names = rowsOf("actor-names");
    const on = (ref: string, day: string) =>
      nameOn(
        names
          .filter(({ actor }) => idFrom(actor) === idOf(ref))
          .map((row) => ({
            name: row["name"] ?? "",
            kind: row["kind"] as ActorName["kind"],
            language: row["language"] ?? "",
            validFrom: dayOrNull(row["valid_from"]),
            validUntil: dayOrNull(row["valid_until"]),
          })),
        day,
      );
    expect([on("TUR", "2017-09-06"), on("TUR", "2022-06-23")]).toEqual(["Turkey", "Türkiye"]);
    expect([on("SWZ", "2017-09-06"), on("SWZ", "2018-06-25")]).toEqual(["Swaziland", "Eswatini"]);
    expect(on("MKD", "2009-07-28")).toBe("The former Yugoslav Republic of Macedonia");
    expect(on("IRN", "2018-07-02")).toBe("Iran (Islamic Republic of)");
  });
});
