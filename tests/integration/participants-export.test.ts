import { beforeAll, describe, expect, it } from "vitest";
import { COLUMNS } from "@/features/statements/formats/participants";
import { PARTICIPANT_COLUMNS } from "@/features/statements/schema";
import { xmlText } from "@/lib/formats/xml";
import { call, json, pathsOf } from "@/tests/support/api";
import { useDatabase } from "@/tests/support/database";
import { csvRows, docxContent, xlsxSheets } from "@/tests/support/files";
import { dialogue, say, type Person } from "@/tests/support/record";
import { at, HOSTILE, richDialogue, type Stage } from "@/tests/support/rich-dialogue";

const database = useDatabase("record");

let token = "";
let analyst: Person;
let rich = "";
let get: Stage["get"];
let bytes: Stage["bytes"];
let list: Stage["list"];

beforeAll(async () => {
  ({ slug: rich, analyst, token, get, bytes, list } = await richDialogue());
});

describe("the list of participants", () => {
  it("comes in pages with its total, as every list", async () => {
    const first = await list(at(rich, "", "?limit=4"));
    expect(first.data.map(({ order }) => order)).toEqual([1, 2, 3, 4]);
    expect(first.total).toBe(9);
    const second = await list(at(rich, "", `?limit=4&cursor=${first.next}`));
    const third = await list(at(rich, "", `?limit=4&cursor=${second.next}`));
    expect([...second.data, ...third.data].map(({ order }) => order)).toEqual([5, 6, 7, 8, 9]);
    expect(third.next).toBeNull();
  });

  it("has the fields of a participant, numbers as numbers and codes as texts", async () => {
    const { data } = await list(at(rich, "", "?q=afghanistan"));
    expect(data).toHaveLength(1);
    expect(data[0]).toMatchObject({
      order: 4,
      speaker: "AFG",
      name: "Afghanistan",
      iso3: "AFG",
      m49: "004",
      kind: "member_state",
      role: "statement",
      onBehalfOf: "own capacity",
      bases: ["own"],
      states: 1,
      observers: 0,
      counted: true,
      meeting: 2,
      language: "fa",
      note: "-2+3",
      withdrawn: null,
    });
  });

  it("says for whom, and counts nobody for an opening", async () => {
    const { data } = await list(at(rich));
    const facts = data.map(({ speaker, onBehalfOf, states, counted }) => [speaker, onBehalfOf, states, counted]);
    expect(facts.slice(0, 2)).toEqual([
      ["european-union", "European Union", 28, true],
      ["DNK", "own capacity; Nordic countries without Finland", 4, true],
    ]);
    expect(facts[4]).toEqual(["VAT", "own capacity; aligned: Albania", 1, true]);
    expect(facts[6]).toEqual(["GHA", "", null, false]);
  });

  it("has with `columns` the fields of these columns, in every format of JSON", async () => {
    for (const extension of ["", ".json"]) {
      const { data } = await list(at(rich, extension, "?columns=states,speaker,basis&q=denmark"));
      expect(Object.keys(data[0] ?? {}).sort(), extension).toEqual([
        "bases",
        "id",
        "name",
        "slug",
        "speaker",
        "states",
      ]);
    }
  });
});

describe("the files", () => {
  const TYPES = {
    ".csv": "text/csv; charset=utf-8; header=present",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".json": "application/json",
  };

  it.each(Object.entries(TYPES))("%s has its type and name, and is kept by nobody", async (extension, type) => {
    const response = await get(at("unga-r2p-2017", extension));
    const name = `unga-r2p-2017-participants${extension}`;
    expect(response.headers.get("content-type")).toBe(type);
    expect(response.headers.get("content-disposition")).toBe(
      `attachment; filename="${name}"; filename*=UTF-8''${name}`,
    );
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    await response.arrayBuffer();
    const head = await call("HEAD", at("unga-r2p-2017", extension), { token });
    expect(head.status).toBe(200);
    expect(head.headers.get("content-type")).toBe(type);
    expect(await head.text()).toBe("");
  });

  it("have all columns of the list in its order, until somebody chooses", async () => {
    const titles = Object.values(PARTICIPANT_COLUMNS);
    expect(csvRows(await bytes(at(rich, ".csv")))[0]).toEqual(titles);
    expect((await xlsxSheets(await bytes(at(rich, ".xlsx"))))["Participants"]?.[0]).toEqual(titles);
    expect((await docxContent(await bytes(at(rich, ".docx")))).rows[0]).toEqual(titles);
    const chosen = "?columns=m49,speaker,order";
    expect(csvRows(await bytes(at(rich, ".csv", chosen)))[0]).toEqual(["M49", "Speaker", "#"]);
  });

  it("keep leading zeros, and numbers numbers", async () => {
    const query = "?columns=m49,states&q=afghanistan";
    expect(csvRows(await bytes(at(rich, ".csv", query)))[1]).toEqual(["004", "1"]);
    expect((await xlsxSheets(await bytes(at(rich, ".xlsx", query))))["Participants"]?.[1]).toEqual(["004", 1]);
  });

  it("neutralise formulas in CSV, and keep hostile text as text everywhere", async () => {
    const query = "?columns=person,title,note&q=brazil";
    const [, row] = csvRows(await bytes(at(rich, ".csv", query)));
    expect(row).toEqual(["'=HYPERLINK(1)", "'+1", HOSTILE]);
    const sheets = await xlsxSheets(await bytes(at(rich, ".xlsx", query)));
    expect(sheets["Participants"]?.[1]).toEqual(["=HYPERLINK(1)", "+1", xmlText(HOSTILE)]);
    const { rows } = await docxContent(await bytes(at(rich, ".docx", query)));
    expect(rows[1]).toEqual(["=HYPERLINK(1)", "+1", xmlText(HOSTILE)]);
  });

  it("are complete when no row fits", async () => {
    const none = "?q=nobody%20at%20all";
    expect(csvRows(await bytes(at(rich, ".csv", none)))).toEqual([Object.values(PARTICIPANT_COLUMNS)]);
    const sheets = await xlsxSheets(await bytes(at(rich, ".xlsx", none)));
    expect(sheets["Participants"]).toHaveLength(1);
    expect(sheets["About"]).toContainEqual(["Rows", 0]);
    const { paragraphs, rows } = await docxContent(await bytes(at(rich, ".docx", none)));
    expect(paragraphs.at(-1)).toBe("No statement fits these filters.");
    expect(rows).toEqual([]);
    expect(await list(at(rich, ".json", none))).toMatchObject({ data: [], total: 0 });
  });
});

describe("what a file says about itself", () => {
  const QUERY = "?kind=member_state&sort=-speaker&columns=speaker,states&rule=own_voice&meeting=2&q=%22d%3Ce%22";

  it("is its dialogue, filters, order, columns, rule, figures, time and address", async () => {
    const from = Date.now();
    const sheets = await xlsxSheets(await bytes(at(rich, ".xlsx", QUERY)));
    const about = Object.fromEntries((sheets["About"] ?? []).map(([label, value]) => [label, value]));
    expect(about).toMatchObject({
      Dialogue: 'A dialogue with <everything> & "more"',
      Days: "6–7 Sep 2017",
      Meetings: "1. First, 6 Sep 2017; 2. Second, 7 Sep 2017",
      Rows: 0,
      Filters: 'kind: Member states; meeting: 2 (Second); text: ""d<e""; withdrawn statements left out',
      Order: "Speaker, last first",
      Columns: "Speaker, States",
      "Counting rule": "own voice: States that spoke in their own capacity. Aligned states are not counted.",
      Figures:
        "2 member states and 1 observer delivered statements on behalf of 2 states. (Of meeting 2, whatever the filters leave; memberships on 7 Sep 2017.)",
      "Member states that spoke": 2,
      "States represented": 2,
      "Observers represented": 1,
      Complete: "Yes: no published number of speakers is higher than the recorded one.",
      "Codebook version": "None: this list has no coded positions.",
      Address: `http://127.0.0.1:3000/dialogues/${rich}${QUERY}`,
    });
    const generated = new Date(String(about["Generated"])).getTime();
    expect(generated).toBeGreaterThan(from - 1000);
    expect(generated).toBeLessThanOrEqual(Date.now());
    const lines = (await docxContent(await bytes(at(rich, ".docx", QUERY)))).paragraphs;
    for (const label of ["Dialogue", "Filters", "Counting rule", "Complete", "Address"]) {
      expect(lines).toContain(`${label}: ${about[label]}`);
    }
  });

  it("is that a published number of speakers was not reached", async () => {
    const sheets = await xlsxSheets(await bytes(at("unga-r2p-2017", ".xlsx")));
    const about = Object.fromEntries((sheets["About"] ?? []).map(([label, value]) => [label, value]));
    const figures = await json<{ spoke: { memberStates: number }; missing: { memberStates: number } }>(
      await get("/dialogues/unga-r2p-2017/figures"),
    );
    expect(about["Member states that spoke"]).toBe(figures.spoke.memberStates);
    expect(about["Complete"]).toMatch(
      new RegExp(`^No: ${figures.missing.memberStates} member states.* are not recorded`),
    );
  });

  it("stands beside the CSV, found by its Link header", async () => {
    const response = await get(at(rich, ".csv", QUERY));
    await response.text();
    const link = /^<([^>]+)>; rel="describedby"; type="application\/csvm\+json"$/.exec(
      response.headers.get("link") ?? "",
    )?.[1];
    expect(link).toBe(`participants.csv-metadata.json${QUERY}`);
    const answer = await get(`/dialogues/${rich}/${link}`);
    expect(answer.headers.get("content-type")).toBe("application/csvm+json");
    const metadata = await json<{
      "@context": unknown;
      url: string;
      tableSchema: { columns: { name: string; titles: string; datatype: string }[] };
      notes: Record<string, unknown>[];
    }>(answer);
    expect(metadata).toMatchObject({
      "@context": ["http://www.w3.org/ns/csvw", { "@language": "en" }],
      url: `participants.csv${QUERY}`,
      "dc:title": 'A dialogue with <everything> & "more": participants',
      dialect: { encoding: "utf-8", header: true, lineTerminators: ["\r\n"] },
    });
    expect(metadata.tableSchema.columns.map(({ name, titles, datatype }) => [name, titles, datatype])).toEqual([
      ["speaker", "Speaker", "string"],
      ["states", "States", "integer"],
    ]);
    expect(metadata.notes[0]).toMatchObject({
      filters: { kind: "member_state", meeting: 2, q: '"d<e"', show: "recorded" },
      sort: "-speaker",
      rule: "own_voice",
      aligned: "exclude",
      codebookVersion: null,
      total: 0,
    });
  });
});

describe("refusals", () => {
  it.each([
    ["?kind=planet", "kind"],
    ["?role=speech", "role"],
    ["?basis=friendship", "basis"],
    ["?sort=height", "sort"],
    ["?columns=speaker,height", "columns.1"],
    ["?meeting=9", "meeting"],
    ["?rule=loudest", "rule"],
    ["?colour=red", "colour"],
    ["?q=a&q=b", "q"],
  ])("%s is refused in every format, and named", async (query, path) => {
    for (const extension of ["", ".csv", ".xlsx", ".docx", ".json", ".csv-metadata.json"]) {
      const response = await get(at("unga-r2p-2017", extension, query));
      expect(response.status, extension).toBe(422);
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      expect(await pathsOf(response), extension).toEqual([path]);
    }
  });

  it("are for unknown dialogues and for strangers", async () => {
    for (const extension of ["", ".csv", ".xlsx", ".docx", ".json", ".csv-metadata.json"]) {
      expect((await get(at("unga-r2p-1999", extension))).status).toBe(404);
      expect((await call("GET", at(rich, extension))).status).toBe(401);
      expect((await call("POST", at(rich, extension), { token })).status).toBe(405);
    }
  });

  it("come with the seconds to wait when two files are on their way, until one is gone", async () => {
    const [one, two] = [await get(at(rich, ".csv")), await get(at(rich, ".xlsx"))];
    for (const extension of [".csv", ".xlsx", ".docx", ".json"]) {
      const third = await get(at(rich, extension));
      expect(third.status).toBe(429);
      expect(third.headers.get("retry-after")).toBe("5");
      expect(await json(third)).toMatchObject({ status: 429, title: "Too many requests" });
    }
    expect((await list(at(rich))).total).toBe(9);
    await one.body?.cancel();
    await bytes(at(rich, ".docx"));
    await two.arrayBuffer();
  });
});

describe("a client that goes away", () => {
  it("leaves no query and no transaction behind, however often", async () => {
    for (let round = 0; round < 50; round += 1) {
      const response = await get(at(rich, [".csv", ".xlsx", ".docx", ".json"][round % 4] ?? ""));
      const reader = response.body?.getReader();
      await reader?.read();
      await reader?.cancel();
    }
    const busy = await database.sql<{ state: string }>(
      "select state from pg_stat_activity where datname = $1 and usename = $2 and state <> 'idle'",
      [database.name, database.appRole],
    );
    expect(busy).toEqual([]);
    await Promise.all(Array.from({ length: 12 }, () => list(at(rich))));
  });
});

describe("the shipped record", () => {
  it("has names as valid on the day", async () => {
    for (const [slug, name] of [
      ["unga-r2p-2009", "Swaziland"],
      ["unga-r2p-2021", "Eswatini"],
    ]) {
      const { data } = await list(at(slug ?? "", "", "?q=SWZ"));
      for (const row of data) expect(row.name).toBe(name);
    }
    const made = await dialogue(analyst, { startsOn: "2017-09-06" });
    await say(analyst, made.slug, { speaker: "SWZ", represents: [{ basis: "own" }, { basis: "named", actor: "MKD" }] });
    const columns = "?columns=speaker,onBehalfOf";
    const { rows } = await docxContent(await bytes(at(made.slug, ".docx", columns)));
    const [, row] = csvRows(await bytes(at(made.slug, ".csv", columns)));
    expect(rows[1]).toEqual(row);
    expect(row?.[0]).toBe("Swaziland");
    expect(row?.[1]).toMatch(/^own capacity; The former Yugoslav Republic of Macedonia$/i);
  });

  it("describes every column", () => {
    expect(Object.keys(COLUMNS)).toEqual(Object.keys(PARTICIPANT_COLUMNS));
  });
});
