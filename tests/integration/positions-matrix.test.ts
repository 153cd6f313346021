import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it } from "vitest";
import { UN_REGIONS } from "@/features/actors/schema";
import { mergeIssues, openDraft } from "@/features/codebook/mutations/draft";
import { publishDraft } from "@/features/codebook/mutations/publish";
import { previewDraft } from "@/features/codebook/queries/versions";
import { getCellEvidence } from "@/features/positions/queries/cell";
import { groupsOn, loadSections } from "@/features/positions/queries/groupings";
import { getMatrix, type MatrixRow } from "@/features/positions/queries/matrix";
import { subtotalsOf } from "@/features/positions/rules/table";
import { evidenceQuery, matrixQuery } from "@/features/positions/schema";
import { grant, systemIdentity } from "@/lib/auth/caller";
import { call, expectProblem, json, pathsOf, tokenFor } from "@/tests/support/api";
import { useDatabase } from "@/tests/support/database";

const database = useDatabase("record");
const reader = grant(systemIdentity("Analyst One"), "record:read");
const editor = grant(systemIdentity("Reviewer One"), "codebook:edit");
const AS_OF = "unga-r2p-2021";
const read = (query: object) => getMatrix(reader, matrixQuery.parse({ asOf: AS_OF, ...query }));
let token = "";

type Json = {
  issues: string[];
  rows: {
    actor: { slug: string; region: string | null };
    cells: Record<string, { kind: string; value: string | null; statement: string | null }>;
  }[];
};

beforeAll(async () => {
  token = await tokenFor();
});

describe("subtotals", () => {
  async function linesMatch(rows: MatrixRow[], issues: string[], filter: object): Promise<number> {
    let compared = 0;
    for (const { kind, value, counts } of subtotalsOf(rows, issues.length)) {
      // The fullest column of each line: every line has another one.
      const count = Math.max(...counts);
      const where = [issues[counts.indexOf(count)], kind, value].filter(Boolean).join(":");
      expect((await read({ ...filter, where })).rows, `${JSON.stringify(filter)} ${where}`).toHaveLength(count);
      compared += 1;
    }
    return compared;
  }

  it("are as many as the rows behind their links: of all, by region, by group", async () => {
    const matrix = await read({});
    const issues = matrix.issues.map(({ code }) => code);
    expect(await linesMatch(matrix.rows, issues, {})).toBeGreaterThan(3);
    const groups = await groupsOn(reader, matrix.asOf);
    const regions = await loadSections(reader, matrix, "region", groups);
    expect(regions.reduce((sum, { rows }) => sum + rows.length, 0)).toBe(193);
    expect(regions.map(({ key }) => key)).toEqual([
      ...UN_REGIONS,
      ...(regions.length > UN_REGIONS.length ? ["none"] : []),
    ]);
    const byGroup = await loadSections(reader, matrix, "group", groups);
    for (const { key, rows } of byGroup.slice(0, 4))
      expect((await read({ group: key, issues: "r2p_principle" })).rows, key).toHaveLength(rows.length);
    await linesMatch(regions[0]?.rows ?? [], issues, { region: regions[0]?.key });
    const nordic = byGroup.find(({ key }) => key === "nordic");
    await linesMatch(nordic?.rows ?? [], issues, { group: "nordic" });
  });

  it("stay exact under a condition on another issue", async () => {
    const filter = { where: "r2p_principle:support" };
    const { rows, issues } = await read(filter);
    const column = issues.findIndex(({ code }) => code === "formal_agenda");
    const both = rows.filter(({ cells }) => cells[column]?.kind === "own").length;
    expect(rows.length).toBeGreaterThan(both);
    expect((await read({ where: "r2p_principle:support,formal_agenda:own" })).rows).toHaveLength(both);
    // An issue that is not among the columns can be asked about all the same.
    expect((await read({ ...filter, issues: "formal_agenda" })).rows).toHaveLength(rows.length);
  });

  it("a condition that makes no sense is refused under its name", async () => {
    for (const where of ["nothing:support", "formal_agenda:loud"]) {
      const answer = await call("GET", `/matrix?where=${where}`, { token });
      expect(await pathsOf(answer.clone())).toEqual(["where"]);
      await expectProblem(answer, 422);
    }
  });
});

describe("files", () => {
  it("have the cells of the table, in its order, with the same filters", async () => {
    const query = `asOf=${AS_OF}&region=un-weog&sort=region&issues=formal_agenda,r2p_principle`;
    const table = await json<Json>(await call("GET", `/matrix?${query}`, { token }));
    const file = await call("GET", `/matrix.csv?${query}`, { token });
    const rows: Record<string, string>[] = parse(await file.text(), { bom: true, columns: true });
    expect(rows.map((row) => [row.Slug, row.Issue, row.Kind, row.Value, row.Statement])).toEqual(
      table.rows.flatMap(({ actor, cells }) =>
        table.issues.map((issue) => {
          const { kind, value, statement } = cells[issue]!;
          return [actor.slug, issue, kind, value ?? "", statement ?? ""];
        }),
      ),
    );
    const page = await read({ region: "un-weog", sort: "region", issues: "formal_agenda,r2p_principle" });
    expect(table.rows.map(({ actor }) => actor.slug)).toEqual(page.rows.map(({ slug }) => slug));
    expect(rows).toHaveLength(page.rows.length * 2);
  });

  it("say elsewhere what they hold: day, filters, rule, codebook, coverage and time", async () => {
    const file = await call("GET", "/matrix.csv?dialogue=unga-r2p-2017&where=formal_agenda:delegated", { token });
    const [, link] = /^<(.+)>; rel="describedby"/.exec(file.headers.get("link") ?? "") ?? [];
    const described = await json<{ notes: Record<string, unknown>[]; tableSchema: { columns: { titles: string }[] } }>(
      await call("GET", `/${link}`, { token }),
    );
    const text = await file.text();
    expect(text.split("\r\n")[0]).toBe(described.tableSchema.columns.map(({ titles }) => titles).join(","));
    expect(described.notes[0]).toMatchObject({
      asOf: "2017-09-06",
      dialogue: "unga-r2p-2017",
      filters: { dialogue: "unga-r2p-2017", where: "formal_agenda:delegated" },
      codebookVersion: 1,
      codedStatements: 0,
      total: text.trim().split("\r\n").length - 1,
    });
  });
});

describe("merged issues", () => {
  it("are read under the one that they went into, and as themselves under the version that had them", async () => {
    const before = await read({ issues: "veto_restraint,fr_mx_veto" });
    const count = (rows: MatrixRow[], column: number) => rows.filter(({ cells }) => "value" in cells[column]!).length;
    const either = before.rows.filter(({ cells }) => cells.some((cell) => "value" in cell)).map(({ slug }) => slug);
    expect(count(before.rows, 0)).toBeGreaterThan(0);
    expect(count(before.rows, 1)).toBeGreaterThan(0);

    await openDraft(editor);
    const draft = (await previewDraft(reader))?.draft;
    const both = ["veto_restraint", "fr_mx_veto"].map(
      (code) => draft?.issues.find((one) => one.code === code)?.id ?? "",
    );
    await mergeIssues(editor, draft?.version ?? 0, both, { code: "veto", title: "Veto" });
    await publishDraft(editor, (await previewDraft(reader))?.draft.version ?? 0, "The veto is one question.");

    const after = await read({ issues: "veto" });
    expect(after.rows.filter(({ cells }) => "value" in cells[0]!).map(({ slug }) => slug)).toEqual(either);
    expect((await read({ issues: "veto_restraint,fr_mx_veto", codebook: 1 })).rows).toEqual(before.rows);
    const evidence = await getCellEvidence(
      reader,
      { actor: either[0]!, issue: "veto" },
      evidenceQuery.parse({ asOf: AS_OF }),
    );
    expect(evidence.timeline.map(({ id }) => id)).toContain(evidence.cell.positionId);
  });
});

describe("the day of a position", () => {
  const days = (where: string) =>
    database.sql<{ day: string; year: number; count: number }>(
      `select day::text, year, count(*)::int from position where ${where} group by 1, 2 order by 1`,
    );

  it("is the first day of its dialogue, and moves with it", async () => {
    const of2009 = "dialogue_id = (select id from dialogue where slug = 'unga-r2p-2009')";
    const [before] = await days(of2009);
    expect(before).toMatchObject({ day: "2009-07-23", year: 2009 });
    await database.sql("update dialogue set starts_on = '2008-12-30' where slug = 'unga-r2p-2009'");
    expect(await days(of2009)).toEqual([{ day: "2008-12-30", year: 2008, count: before?.count }]);
    await database.sql("update dialogue set starts_on = '2009-07-23' where slug = 'unga-r2p-2009'");
    expect(await days(of2009)).toEqual([before]);
  });

  it("is the last of its year on another occasion", async () => {
    for (const { day, year } of await days("dialogue_id is null")) expect(day).toBe(`${year}-12-31`);
    await database.sql("update position set year = 2012 where dialogue_id is null and year = 2011");
    expect((await days("dialogue_id is null and year = 2012")).every(({ day }) => day === "2012-12-31")).toBe(true);
  });
});

describe("whether a position was said in own capacity", () => {
  it("follows the representation of its statement, whatever way it changes", async () => {
    const [statement] = await database.sql<{ id: string; dialogue: string; speaker: string }>(
      `select s.id, s.dialogue_id as dialogue, s.speaker_id as speaker from statement s
       where (select bool_and(basis = 'own') from representation r where r.statement_id = s.id) limit 1`,
    );
    if (!statement) throw new Error("The record has no statement in own capacity alone.");
    const { id, dialogue, speaker } = statement;
    const own = async () => {
      const rows = await database.sql<{ own_capacity: boolean }>(
        "select own_capacity from position where statement_id = $1",
        [id],
      );
      return rows.map(({ own_capacity }) => own_capacity);
    };
    await database.sql(
      `insert into position (id, statement_id, dialogue_id, actor_id, year, issue_id, version_id, value, no_quote_reason, coder_name, own_capacity)
       select gen_random_uuid(), $1, $2, $3, 2000, issue_id, version_id, 'support', 'For a test.', 'Analyst One', false
       from issue_definition limit 1`,
      [id, dialogue, speaker],
    );
    expect(await own()).toEqual([true]);
    await database.sql(
      `insert into representation (id, statement_id, basis, actor_id, position)
       select gen_random_uuid(), $1, 'group', id, 9 from actor where slug = 'nordic'`,
      [id],
    );
    expect(await own()).toEqual([true]);
    await database.sql("delete from representation where statement_id = $1 and basis = 'own'", [id]);
    expect(await own()).toEqual([false]);
    await database.sql("update representation set basis = 'own', actor_id = null where statement_id = $1", [id]);
    expect(await own()).toEqual([true]);
    await database.sql("delete from representation where statement_id = $1", [id]);
    expect(await own()).toEqual([true]);
    await database.sql("delete from position where statement_id = $1", [id]);
  });
});
