import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { FILES, Flaws, flawSentence, referenceFolder, type File } from "@/prisma/seed/files";
import { loadFolder } from "@/prisma/seed/folder";
import { filesAt } from "@/scripts/load-files";
import { useDatabase } from "@/tests/support/database";

const shipped = useDatabase("record");
// The second is the one that the product's modules connect to.
const database = useDatabase("empty");
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "rostrum-load-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

let folders = 0;

/** A folder of files. */
function folderOf(files: Record<string, string>): string {
  folders += 1;
  const place = path.join(folder, String(folders));
  fs.mkdirSync(place);
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(place, name), text);
  return place;
}

/** What the record holds, without ids, versions of rows and who entered them: each table as one sorted text. */
const RECORD = `
  select 'actor' as t, jsonb_agg(to_jsonb(a) - 'id' - 'created_at' - 'updated_at' order by slug) as rows from actor a
  union all select 'name', jsonb_agg(jsonb_build_array(a.slug, n.name, n.folded, n.kind, n.language, n.valid_from, n.valid_until, n.source)
    order by a.slug, n.name, n.kind, n.language) from actor_name n join actor a on a.id = actor_id
  union all select 'membership', jsonb_agg(jsonb_build_array(g.slug, m.slug, valid_from, valid_until, known_on, s.source, s.note)
    order by g.slug, m.slug, valid_from) from membership s join actor g on g.id = group_id join actor m on m.id = member_id
  union all select 'issue', jsonb_agg((to_jsonb(d) - 'id' - 'version_id' - 'issue_id') || jsonb_build_object('scale',
      (select jsonb_agg(jsonb_build_array(value, meaning) order by value) from scale_step where definition_id = d.id)) order by place)
    from issue_definition d
  union all select 'report', jsonb_agg((to_jsonb(r) - 'id' - 'created_at' - 'updated_at') || jsonb_build_object('requests',
      (select jsonb_agg(jsonb_build_array(place, text, addressee, paragraph) order by place) from report_request where report_id = r.id)) order by slug) from report r
  union all select 'dialogue', jsonb_agg((to_jsonb(d) - 'id' - 'report_id' - 'created_at' - 'updated_at') || jsonb_build_object('report', r.slug,
      'meetings', (select jsonb_agg(jsonb_build_array(number, date, label) order by number) from meeting where dialogue_id = d.id))
      order by d.slug) from dialogue d left join report r on r.id = report_id
  union all select 'figure', jsonb_agg(f.row order by f.row) from (select (to_jsonb(p) - 'id' - 'dialogue_id' - 'meeting_id' - 'group_id' - 'created_at'
      - 'updated_at') || jsonb_build_object('dialogue', d.slug, 'meeting', m.number, 'group', g.slug) as row from published_figure p
      left join dialogue d on d.id = p.dialogue_id left join meeting m on m.id = meeting_id left join actor g on g.id = group_id) f
  union all select 'statement', jsonb_agg((to_jsonb(s) - 'id' - 'dialogue_id' - 'meeting_id' - 'speaker_id' - 'created_at' - 'updated_at')
      || jsonb_build_object('dialogue', d.slug, 'meeting', m.number, 'speaker', a.slug, 'for', (select jsonb_agg(jsonb_build_array(basis, r.position, p.slug,
        (select jsonb_agg(x.slug order by x.slug) from exclusion e join actor x on x.id = e.actor_id where representation_id = r.id)) order by r.position)
        from representation r left join actor p on p.id = r.actor_id where statement_id = s.id)) order by d.slug, "order")
    from statement s join dialogue d on d.id = dialogue_id join actor a on a.id = speaker_id left join meeting m on m.id = meeting_id
  union all select 'position', jsonb_agg(p.row order by p.row) from (select (to_jsonb(p) - 'id' - 'statement_id' - 'dialogue_id' - 'actor_id' - 'issue_id'
      - 'version_id' - 'through_id' - 'coder_id' - 'coder_name' - 'created_at' - 'updated_at') || jsonb_build_object('dialogue', d.slug, 'order', s."order",
      'actor', a.slug, 'issue', i.code, 'through', t.slug) as row from position p join actor a on a.id = p.actor_id
      join issue_definition i on i.issue_id = p.issue_id left join dialogue d on d.id = p.dialogue_id left join statement s on s.id = statement_id
      left join actor t on t.id = through_id) p
  union all select 'vote', jsonb_agg((to_jsonb(v) - 'id' - 'dialogue_id' - 'created_at' - 'updated_at') || jsonb_build_object('dialogue', d.slug, 'votes',
      (select jsonb_agg(jsonb_build_array(a.slug, value, printed) order by a.slug) from vote join actor a on a.id = actor_id
        where recorded_vote_id = v.id))) from recorded_vote v left join dialogue d on d.id = dialogue_id`;

const recorded = async (of: typeof database) =>
  Object.fromEntries((await of.sql<{ t: string; rows: unknown[] }>(RECORD)).map(({ t, rows }) => [t, rows]));

const counts = async () =>
  (
    await database.sql<Record<string, string>>(
      `select (select count(*) from statement) as statements, (select count(*) from position) as positions,
        (select count(*) from audit_event) as events, (select count(*) from batch) as batches, (select count(*) from import) as waiting`,
    )
  )[0];

async function refused(files: Record<string, string>): Promise<string[]> {
  const before = await counts();
  try {
    await loadFolder(filesAt(folderOf(files)), "Load");
  } catch (error) {
    if (!(error instanceof Flaws)) throw error;
    expect(await counts()).toEqual(before);
    return error.flaws.map(flawSentence);
  }
  throw new Error("This was loaded.");
}

describe("npm run load", () => {
  test("of the shipped files gives the same record as a first start, as one act", async () => {
    const { rows, warnings } = await loadFolder(
      filesAt(fileURLToPath(new URL("../../prisma/reference", import.meta.url))),
      "Load",
    );
    const loaded = await recorded(database);
    for (const [table, content] of Object.entries(await recorded(shipped)))
      expect(loaded[table], table).toEqual(content);
    expect(Object.keys(rows).length).toBeGreaterThan(8);
    expect(warnings).toEqual([]);
    const [{ acts, alone } = { acts: "", alone: "" }] = await database.sql<{ acts: string; alone: string }>(
      "select count(distinct batch_id) as acts, count(*) filter (where batch_id is null) as alone from audit_event",
    );
    expect({ acts, alone }).toEqual({ acts: "1", alone: "0" });
  });

  test("adds statements and positions to what is on record, in any order of their columns", async () => {
    const before = await counts();
    const place = folderOf({
      "statements.csv": "speaker,dialogue,represents,order\nTCD,unga-r2p-2017,own,900\n",
      "positions.csv":
        "dialogue,statement,issue,value,no_quote_reason\nunga-r2p-2017,900,r2p_principle,support,Read from a summary.\n",
    });
    const { rows } = await loadFolder(filesAt(place), "Load");
    expect(rows).toEqual({ "statements.csv": 1, "positions.csv": 1 });
    const after = await counts();
    expect(Number(after?.["statements"])).toBe(Number(before?.["statements"]) + 1);
    expect(Number(after?.["positions"])).toBe(Number(before?.["positions"]) + 1);
    expect(Number(after?.["events"])).toBe(Number(before?.["events"]) + 2);
    expect(after?.["waiting"]).toBe("0");
  });

  test("names file, row and column of what does not fit, and loads nothing", async () => {
    expect(
      await refused({
        "statements.csv": "dialogue,speaker\nunga-r2p-2017,TCD\nunga-r2p-2017,Nobody at all\nno-such,TCD\n",
      }),
    ).toEqual([
      "statements.csv, row 3, speaker: Nobody on record is called “Nobody at all”.",
      "statements.csv, row 4, dialogue: There is no dialogue “no-such”.",
    ]);
    expect(await refused({ "reports.csv": "slug,title,published_on\nr2p-report-2009,Again,\n" })).toEqual([
      "reports.csv, row 2, slug: “r2p-report-2009” is on record already.",
    ]);
    expect((await refused({ "reports.csv": "slug,title,published_on\nnew,New,yesterday\n" }))[0]).toMatch(
      /^reports\.csv, row 2, published_on: /,
    );
    expect((await refused({ "statements.csv": "dialogue,speaker,colour\nx,y,z\n" }))[0]).toMatch(
      /^statements\.csv, row 1, colour: /,
    );
    expect((await refused({ "actor-names.csv": "actor,name\nchad,Tchad\n" }))[0]).toMatch(
      /^actor-names\.csv, row 2, actor: /,
    );
    // The second file is right, and waits for the first.
    expect(
      await refused({
        "memberships.csv": "group,member,source\nTCD,FRA,x\n",
        "statements.csv": "dialogue,speaker\nunga-r2p-2017,TCD\n",
      }),
    ).toEqual(["memberships.csv, row 2, group: chad is no group, so it has no members."]);
  });

  test("names files that it does not know", () => {
    expect(() => filesAt(folderOf({ "statement.csv": "x\n", "README.md": "x" }))).toThrow(
      /^statement\.csv: This is none of/,
    );
    expect(() => filesAt(folderOf({ "README.md": "x" }))).toThrow("There are no CSV files");
  });

  test("takes a data package by the names of its resources, and nothing from outside it", () => {
    const described = (...resources: object[]) => ({
      "datapackage.json": JSON.stringify({ resources }),
      "a.csv": "x\n",
    });
    const place = folderOf(described({ name: "statements", path: "a.csv" }));
    expect(filesAt(place)).toEqual({ "statements.csv": path.join(place, "a.csv") });
    expect(filesAt(path.join(place, "datapackage.json"))).toEqual(filesAt(place));
    for (const outside of ["../1/statements.csv", "/etc/passwd", "https://example.org/statements.csv", "missing.csv"])
      expect(() => filesAt(folderOf(described({ name: "statements", path: outside })))).toThrow("no such file");
    expect(() => filesAt(folderOf(described({ name: "colours", path: "a.csv" })))).toThrow("colours: This is none of");
    expect(() => filesAt(folderOf(described({ name: "votes", data: [] })))).toThrow("no data package");
  });

  test("knows every file of the reference data", () => {
    const there = fs.readdirSync(fileURLToPath(new URL("../../prisma/reference", import.meta.url)));
    expect(there.filter((name) => name.endsWith(".csv")).sort()).toEqual([...FILES].sort());
    expect(Object.keys(referenceFolder() satisfies Partial<Record<File, string>>).length).toBe(FILES.length);
  });
});
