import fs from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { countedAs, foldName, membersOn, nameOn, slugify, type Day } from "@/features/actors/rules";
import type { ActorInput, NameInput } from "@/features/actors/schema";
import { checkDays } from "@/features/dialogues/rules";
import { checkRepresentation, coverageOf, isCounted, type CountedStatement } from "@/features/statements/rules";
import { castOf, partiesOf } from "@/prisma/seed/cast";
import { readRecord, readReference, type StatementRow } from "@/prisma/seed/files";

const FOLDER = fileURLToPath(new URL("../../prisma/reference/", import.meta.url));
const { actors, memberships } = readReference();
const { reports, dialogues, figures, statements } = readRecord();
const cast = castOf({ actors, memberships });
const bySlug = new Map(actors.map((actor) => [actor.slug, actor]));
const states = actors.filter(({ kind }) => kind === "member_state");

/** ISO3 codes or slugs of the members of a group on a day. */
function members(group: string, day: Day): string[] {
  return cast.register.membersOn(cast.id(group), day).map(({ memberId }) => cast.ref(memberId));
}

function nameAt(ref: string, day: Day): string | null {
  const actor = actors.find(({ slug, iso3 }) => slug === ref || iso3 === ref);
  const names = (actor?.names ?? []).map(({ from, until, ...name }) => ({
    ...name,
    validFrom: from ?? null,
    validUntil: until ?? null,
  }));
  return nameOn(names, day);
}

function duplicates(texts: string[]): string[] {
  return texts.filter((text, index) => texts.indexOf(text) !== index);
}

function dayOf({ dialogue, meeting }: StatementRow): Day {
  const held = dialogues.find(({ slug }) => slug === dialogue);
  const day = meeting ? held?.meetings[meeting - 1]?.date : held?.startsOn;
  if (!day) throw new Error(`${dialogue} has no meeting ${meeting}`);
  return day;
}

function counted(row: StatementRow): CountedStatement {
  return {
    id: `${row.dialogue} ${row.order}`,
    speakerId: cast.id(row.speaker),
    role: row.role,
    day: dayOf(row),
    meeting: row.meeting ?? null,
    withdrawn: false,
    representations: partiesOf(row.represents, cast),
  };
}

/** The states among whom a statement covers. */
function statesOf(row: StatementRow): string[] {
  return coverageOf(counted(row), cast.register)
    .filter((one) => one.countedAs === "member_state")
    .map(({ ref }) => ref);
}

function statementsOf(year: number): StatementRow[] {
  return statements.filter(({ dialogue }) => dialogue === `unga-r2p-${year}`);
}

function statementBy(year: number, speaker: string): StatementRow {
  const [found, ...others] = statementsOf(year).filter((row) => row.speaker === speaker);
  if (!found || others.length > 0) throw new Error(`not one statement by ${speaker} in ${year}`);
  return found;
}

describe("the files", () => {
  it("are UTF-8 without a byte order mark, with line feeds and without stray spaces", () => {
    for (const file of fs.readdirSync(FOLDER)) {
      const text = fs.readFileSync(`${FOLDER}${file}`, "utf8");
      const faults = [/^\uFEFF/, /\uFFFD/, /\r/, /[^\n]$/, /[\t\u00a0]/].filter((fault) => fault.test(text));
      expect({ file, faults }).toEqual({ file, faults: [] });
      expect(Buffer.from(text, "utf8").equals(fs.readFileSync(`${FOLDER}${file}`))).toBe(true);
    }
  });

  it("say that something is from memory where an address would stand otherwise", () => {
    const unsourced = statements.filter(({ sourceUrl }) => !sourceUrl);
    expect(unsourced.map(({ dialogue, speaker }) => `${dialogue} ${speaker}`)).toEqual(["unga-r2p-2009 SWE"]);
    expect(unsourced.every(({ note }) => note?.startsWith("memory"))).toBe(true);
    expect(memberships.filter(({ source }) => source.startsWith("memory")).length).toBeGreaterThan(200);
  });
});

describe("actors", () => {
  it("are 193 member states, two observers and the others that the record speaks of", () => {
    const counts: Record<string, number> = {};
    for (const { kind } of actors) counts[kind] = (counts[kind] ?? 0) + 1;
    expect(counts).toEqual({
      member_state: 193,
      observer: 2,
      regional_organization: 9,
      group: 20,
      un_office: 9,
      civil_society: 5,
    });
  });

  it("have addresses and codes of their own; states all codes, organizations and groups no ISO3", () => {
    for (const key of ["slug", "iso2", "iso3", "m49"] as const) {
      expect(duplicates(actors.map((actor) => actor[key] ?? "").filter(Boolean))).toEqual([]);
    }
    for (const { iso2, iso3, m49, admittedOn } of states) expect(Boolean(iso2 && iso3 && m49 && admittedOn)).toBe(true);
    for (const actor of actors.filter(({ kind }) => kind === "observer")) expect(actor.iso3).toMatch(/^(VAT|PSE)$/);
    const others = actors.filter(({ kind }) => kind !== "member_state" && kind !== "observer");
    expect(others.filter(({ iso3, m49, admittedOn }) => iso3 || m49 || admittedOn)).toEqual([]);
    expect(bySlug.get("european-union")?.iso2).toBe("EU");
  });

  it("have addresses made from their short names", () => {
    const made = actors.filter(({ kind }) => kind === "member_state" || kind === "observer" || kind === "un_office");
    for (const { slug, name } of made) expect(slug).toBe(slugify(name));
    for (const slug of ["cote-divoire", "turkiye", "iran", "united-states", "republic-of-korea", "holy-see"]) {
      expect(bySlug.has(slug)).toBe(true);
    }
  });

  it("were admitted between 1945 and 2011, the last Montenegro and South Sudan", () => {
    const days = states.map(({ admittedOn }) => admittedOn ?? "").sort();
    expect(days[0]).toBe("1945-10-24");
    expect(days.slice(-2)).toEqual(["2006-06-28", "2011-07-14"]);
    const on = (day: Day) => cast.register.parties.filter((party) => countedAs(party, day) === "member_state").length;
    expect([on("2009-07-23"), on("2011-07-12"), on("2011-07-14")]).toEqual([192, 192, 193]);
  });
});

/** The formal English names of an actor whose period contains the day. */
function formalNames({ names }: ActorInput, day: Day): string[] {
  const formal = ({ kind, language }: NameInput) => language === "en" && (kind === "official" || kind === "former");
  return names
    .filter((name) => formal(name) && (name.from ?? "") <= day && day <= (name.until ?? "9999"))
    .map(({ name }) => name);
}

describe("names", () => {
  const parties = actors.filter(({ kind }) => kind === "member_state" || kind === "observer");

  it("name each state and observer officially in exactly one way on any day since 2005", () => {
    const changes = new Set(
      parties.flatMap(({ names }) => names.flatMap(({ from, until }) => [from ?? "", until ?? ""])),
    );
    for (const day of ["2005-01-01", "2025-12-31", ...changes].filter((text) => text >= "2005")) {
      const wrong = parties.filter((actor) => formalNames(actor, day).length !== 1);
      expect({ day, wrong: wrong.map(({ slug }) => slug) }).toEqual({ day, wrong: [] });
    }
  });

  it("give every actor one official and a short English name, and repeat none", () => {
    for (const { slug, name, names } of actors) {
      expect(names.filter(({ kind, language }) => kind === "official" && language === "en")).toHaveLength(1);
      const short = names.filter(({ kind, language, until }) => kind === "short" && language === "en" && !until);
      expect({ slug, short: short.map((one) => one.name) }).toEqual({ slug, short: [name] });
      expect(duplicates(names.map((one) => `${one.kind} ${one.language} ${one.name}`))).toEqual([]);
    }
  });

  it("end a former name on a day, and nothing else but the short name beside it", () => {
    const ended = actors.flatMap(({ names }) => names.filter(({ until }) => until));
    expect(ended.every(({ kind }) => kind === "former" || kind === "short")).toBe(true);
    const former = actors.flatMap(({ names }) => names.filter(({ kind }) => kind === "former"));
    expect(former.every(({ until }) => until)).toBe(true);
  });

  it.each([
    ["TUR", "2022-05-31", "Turkey"],
    ["TUR", "2022-06-01", "Türkiye"],
    ["SWZ", "2018-04-18", "Swaziland"],
    ["SWZ", "2018-04-19", "Eswatini"],
    ["MKD", "2009-07-28", "The former Yugoslav Republic of Macedonia"],
    ["MKD", "2019-06-27", "North Macedonia"],
    ["CPV", "2013-09-11", "Cape Verde"],
    ["CPV", "2014-09-08", "Cabo Verde"],
    ["CZE", "2015-09-08", "Czech Republic"],
    ["CZE", "2016-09-06", "Czechia"],
    ["LBY", "2011-07-12", "Libyan Arab Jamahiriya"],
    ["LBY", "2012-09-05", "Libya"],
    ["NLD", "2017-09-06", "Netherlands"],
    ["NLD", "2024-07-01", "Netherlands (Kingdom of the)"],
    ["IRN", "2017-09-06", "Iran (Islamic Republic of)"],
    ["PRK", "2017-09-06", "Democratic People's Republic of Korea"],
    ["PSE", "2009-07-23", "Palestine"],
    ["PSE", "2017-09-06", "State of Palestine"],
    ["VAT", "2017-09-06", "Holy See"],
    ["european-union", "2017-09-06", "European Union"],
    ["nam", "2009-07-23", "Non-Aligned Movement"],
  ])("call %s on %s %s", (ref, day, name) => {
    expect(nameAt(ref, day)).toBe(name);
  });

  it("exist in six languages for every state and observer", () => {
    for (const { slug, names } of parties) {
      const languages = new Set(names.map(({ language }) => language));
      for (const language of ["en", "fr", "es", "ru", "zh", "ar"]) {
        expect({ slug, language, there: languages.has(language) }).toEqual({ slug, language, there: true });
      }
    }
  });

  it("can be looked up, and mean one actor but for Korea", () => {
    const meant = new Map<string, Set<string>>();
    for (const { slug, names } of actors) {
      for (const { name } of names) {
        const key = foldName(name);
        expect(key).not.toBe("");
        meant.set(key, (meant.get(key) ?? new Set()).add(slug));
      }
    }
    const ambiguous = [...meant]
      .filter(([, slugs]) => slugs.size > 1)
      .map(([name, slugs]) => [name, [...slugs].sort()]);
    expect(ambiguous).toEqual([["korea", ["dprk", "republic-of-korea"]]]);
    const find = (text: string) => [...(meant.get(foldName(text)) ?? [])].join();
    expect(find("DRC")).toBe("dr-congo");
    expect(find("Côte d’Ivoire")).toBe("cote-divoire");
    expect(find("the GoF")).toBe("group-of-friends-r2p");
    expect(find("Friends of the Responsibility to Protect")).toBe("group-of-friends-r2p");
    expect(find("NB8")).toBe("nordic-baltic-8");
    expect(find("EU")).toBe("european-union");
    expect(find("俄罗斯联邦")).toBe("russia");
  });
});

describe("memberships", () => {
  it("join actors that exist, groups to others, within a period, once at a time", () => {
    for (const { group, member, from, until, knownOn } of memberships) {
      expect(bySlug.get(group)?.kind).toMatch(/^(group|regional_organization)$/);
      expect(bySlug.has(member) && member !== group).toBe(true);
      expect((from ?? "") <= (until ?? "9999") && (knownOn ?? "9999") >= (from ?? "")).toBe(true);
    }
    expect(duplicates(memberships.map(({ group, member }) => `${group} ${member}`))).toEqual([]);
  });

  it("put each member state into one regional group, Kiribati into none", () => {
    const sizes = ["un-african-group", "un-asia-pacific-group", "un-eastern-european-group", "un-grulac", "un-weog"];
    const lists = sizes.map((group) => members(group, "2017-09-06"));
    expect(lists.map(({ length }) => length)).toEqual([54, 53, 23, 33, 29]);
    const all = lists.flat();
    expect(duplicates(all)).toEqual([]);
    expect(states.filter(({ iso3 }) => !all.includes(iso3 ?? "")).map(({ iso3 }) => iso3)).toEqual(["KIR"]);
  });

  it.each([
    ["european-union", "2013-06-30", 27],
    ["european-union", "2013-07-01", 28],
    ["european-union", "2020-01-31", 28],
    ["european-union", "2020-02-01", 27],
    ["nam", "2009-07-23", 118],
    ["nam", "2012-09-05", 120],
    ["african-union", "2011-07-12", 52],
    ["african-union", "2017-01-30", 54],
    ["act", "2015-09-01", 25],
    ["act", "2021-10-21", 27],
    ["group-of-friends-un-charter", "2024-09-27", 18],
    ["caricom", "2011-07-12", 14],
    ["asean", "2025-10-25", 10],
    ["asean", "2025-10-26", 11],
    ["arab-league", "2017-09-06", 22],
    ["nordic-baltic-8", "2025-06-25", 8],
  ])("give %s on %s %i members", (group, day, size) => {
    expect(members(group, day)).toHaveLength(size);
  });

  it("count Palestine in the Non-Aligned Movement and the European Union in the Group of Friends", () => {
    expect(members("nam", "2009-07-23")).toContain("PSE");
    expect(members("group-of-friends-r2p", "2021-05-17")).toContain("european-union");
    expect(members("group-of-friends-r2p", "2021-05-17")).toHaveLength(54);
    expect(members("group-of-friends-r2p", "2015-09-07")).not.toContain("JPN");
  });

  it("read the same by the plain function as by the register", () => {
    const rows = memberships.map(({ group, member, from, until }) => ({
      groupId: group,
      memberId: member,
      validFrom: from ?? null,
      validUntil: until ?? null,
    }));
    expect(membersOn(rows, "european-union", "2013-07-01")).toHaveLength(28);
  });
});

describe("dialogues and reports", () => {
  it("are sixteen dialogues of seventeen reports", () => {
    const years = [2009, 2010, 2011, 2012, 2013, 2014, 2015, 2016, 2017, 2018, 2019, 2021, 2022, 2023, 2024, 2025];
    expect(dialogues.map(({ slug }) => slug)).toEqual(years.map((year) => `unga-r2p-${year}`));
    expect(reports.map(({ slug }) => slug)).toEqual(Array.from({ length: 17 }, (_, i) => `r2p-report-${2009 + i}`));
    expect(dialogues.map(({ report }) => report)).toEqual(years.map((year) => `r2p-report-${year}`));
    expect(duplicates(reports.map(({ symbol }) => symbol ?? "").filter(Boolean))).toEqual([]);
  });

  it("lie on days that fit, with every day as a meeting", () => {
    for (const { startsOn, endsOn = startsOn, meetings } of dialogues) {
      expect(() => checkDays({ startsOn, endsOn, meetings })).not.toThrow();
      expect([meetings[0]?.date, meetings.at(-1)?.date]).toEqual([startsOn, endsOn]);
    }
  });

  it("are numbered on, the informal ones from 2009 and the formal ones too", () => {
    const of = (kind: string) => dialogues.filter((one) => one.kind === kind).map(({ ordinal }) => ordinal);
    expect(of("informal_interactive_dialogue")).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect(of("formal_debate")).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(dialogues.find(({ slug }) => slug === "unga-r2p-2017")).toMatchObject({
      title: "Ninth informal interactive dialogue on the responsibility to protect",
      startsOn: "2017-09-06",
      endsOn: "2017-09-06",
    });
    expect(reports.find(({ slug }) => slug === "r2p-report-2017")?.publishedOn).toBe("2017-08-10");
  });
});

describe("published figures", () => {
  it("belong to dialogues and meetings that exist, and to a group where they claim a group's size", () => {
    for (const { dialogue, meeting, scope, unit, group } of figures) {
      const held = dialogues.find(({ slug }) => slug === dialogue);
      expect(held).toBeDefined();
      expect(scope === "meeting").toBe(Boolean(meeting));
      if (meeting) expect(held?.meetings[meeting - 1]).toBeDefined();
      expect(unit === "group_members").toBe(Boolean(group));
      if (group) expect(bySlug.has(group)).toBe(true);
    }
  });

  it("keep what publishers said, contradictions included", () => {
    const values = (year: number, unit: string, scope = "total"): number[] => {
      const claims = figures.filter(
        (one) => one.dialogue === `unga-r2p-${year}` && one.unit === unit && one.scope === scope,
      );
      return [...new Set(claims.map(({ value }) => value))].sort((a, b) => a - b);
    };
    expect(values(2014, "states_represented")).toEqual([81, 83]);
    expect(values(2013, "member_states_spoke")).toEqual([68, 69]);
    expect(values(2017, "member_states_spoke")).toEqual([73]);
    expect(values(2017, "states_represented")).toEqual([98]);
    expect(values(2018, "member_states_spoke", "meeting")).toEqual([31, 48]);
    const cumulative = [2023, 2024, 2025].map((year) => values(year, "member_states_spoke", "cumulative"));
    expect(cumulative).toEqual([[138], [138], [137]]);
  });
});

describe("statements", () => {
  it("are by known actors, at places 1, 2, 3 ... of dialogues that exist", () => {
    for (const { slug } of dialogues) {
      const orders = statements.filter(({ dialogue }) => dialogue === slug).map(({ order }) => order);
      expect(orders).toEqual(orders.map((_, index) => index + 1));
      expect(orders.length).toBeGreaterThan(0);
    }
    for (const row of statements) {
      expect(cast.ref(cast.id(row.speaker))).toBe(row.speaker);
      expect(dayOf(row)).toMatch(/^20\d\d-/);
    }
  });

  it("obey the rules of representation without a warning", () => {
    for (const row of statements) {
      const { speakerId, role, day, representations } = counted(row);
      expect(checkRepresentation({ speakerId, role, day, represents: representations }, cast.register)).toEqual([]);
    }
  });

  it("leave the officers to their offices and panellists out of the count", () => {
    const officers = statements.filter(
      ({ role }) => role === "presiding" || role === "opening" || role === "moderator",
    );
    expect(officers.every(({ speaker }) => bySlug.get(speaker)?.kind === "un_office")).toBe(true);
    const panel = statements.filter(({ role }) => role === "panellist").map(({ speaker }) => speaker);
    expect(panel).toEqual(expect.arrayContaining(["GTM", "CIV", "icglr"]));
  });

  it.each([
    [2009, 21],
    [2010, 4],
    [2011, 7],
    [2012, 11],
    [2013, 35],
    [2014, 17],
    [2015, 7],
    [2016, 0],
    [2017, 7],
    [2018, 11],
    [2019, 0],
    [2021, 13],
    [2025, 0],
  ])("are in %i by %i member states", (year, number) => {
    const spoke = statementsOf(year).filter((row) => isCounted({ role: row.role, withdrawn: false }));
    const speakers = new Set(
      spoke.map(({ speaker }) => speaker).filter((ref) => states.some(({ iso3 }) => iso3 === ref)),
    );
    expect(speakers.size).toBe(number);
  });

  it("cover exactly whom their sources name", () => {
    const eu2017 = statesOf(statementBy(2017, "european-union"));
    expect(eu2017).toHaveLength(28);
    expect(statesOf(statementBy(2021, "european-union"))).toHaveLength(27);
    const nordic = statesOf(statementBy(2017, "NOR"));
    expect(nordic).toEqual(["DNK", "FIN", "ISL", "NOR", "SWE"]);
    expect(statesOf(statementBy(2017, "LVA"))).toEqual(["EST", "LTU", "LVA"]);
    expect(new Set([...eu2017, ...nordic, ...statesOf(statementBy(2017, "LVA"))]).size).toBe(30);
    expect(statesOf(statementBy(2014, "EST"))).toEqual(["EST", "LTU", "LVA"]);
    const friends = statesOf(statementBy(2021, "CRI"));
    expect(friends).toHaveLength(52);
    expect(friends).not.toContain("SGP");
    expect(new Set([...friends, ...statesOf(statementBy(2021, "european-union"))]).size).toBe(62);
    expect(statesOf(statementBy(2021, "FRA"))).toEqual(["FRA", "MEX"]);
    expect(statesOf(statementBy(2009, "SWE"))).toHaveLength(27);
    expect(statesOf(statementBy(2009, "EGY"))).toHaveLength(117);
    expect(statesOf(statementBy(2011, "caricom"))).toEqual([]);
  });

  it("let one state speak twice and count it once", () => {
    expect(
      statementsOf(2021)
        .filter(({ speaker }) => speaker === "PAK")
        .map(({ meeting }) => meeting),
    ).toEqual([1, 2]);
  });
});
