import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it } from "vitest";
import { mergeIssues, openDraft } from "@/features/codebook/mutations/draft";
import { publishDraft } from "@/features/codebook/mutations/publish";
import { findIssueIds } from "@/features/codebook/queries/codebook";
import { previewDraft } from "@/features/codebook/queries/versions";
import { POSITION_VALUES } from "@/features/codebook/schema";
import { figuresOf, representedIn } from "@/features/figures/queries/counted";
import { getTurnout, listTrend } from "@/features/figures/queries/over-time";
import { loadDialogueRecord, loadDialogueRecords } from "@/features/figures/queries/record";
import { ALIGNED, representedQuery, RULES } from "@/features/figures/schema";
import { listDialogues } from "@/features/dialogues/queries";
import { codeStatement } from "@/features/positions/mutations";
import { getCohesion } from "@/features/positions/queries/cohesion";
import { listQuotationsOn } from "@/features/positions/queries/compendium";
import { listComposition } from "@/features/positions/queries/composition";
import { getIssueStands } from "@/features/positions/queries/issue-stands";
import { getMatrix } from "@/features/positions/queries/matrix";
import { agreement } from "@/features/positions/rules/cohesion";
import { ENOUGH } from "@/features/positions/rules/strength";
import { matrixQuery, positionsInput } from "@/features/positions/schema";
import { putText } from "@/features/sources/mutations/texts";
import { withdrawStatement } from "@/features/statements/mutations";
import { snapshot } from "@/lib/db";
import { call, json, tokenFor } from "@/tests/support/api";
import { useDatabase } from "@/tests/support/database";
import { dialogue, person, say, type Person } from "@/tests/support/record";

const database = useDatabase("record");
let analyst: Person;
let token = "";
const reader = () => analyst.may("record:read");
const issueId = async (code: string, version?: number) =>
  (await findIssueIds(reader(), [code], version)).get(code) ?? "";

const WHY = "Heard in the room; no text was given out.";
const TEXT = "Peace first.\n\nWe oppose it.\n\nAnd yet = we listen.";
let held = { slug: "", quoted: "" };

/** A dialogue with everything that could be counted twice or wrongly. */
async function debate() {
  const { slug } = await dialogue(analyst, { startsOn: "2026-06-25", title: "Debate of 2026" });
  const code = (id: string, list: unknown[]) =>
    codeStatement(analyst.may("position:code"), id, null, positionsInput.parse(list));
  const on = (issue: string, value: string, more = {}) => ({ issue, value, noQuoteReason: WHY, ...more });
  const first = await say(analyst, slug, { speaker: "DNK", language: "en" });
  const second = await say(analyst, slug, { speaker: "DNK", language: "en" });
  const joint = await say(analyst, slug, { speaker: "SWE", represents: [{ basis: "group", group: "nordic" }] });
  const both = await say(analyst, slug, {
    speaker: "FIN",
    represents: [{ basis: "own" }, { basis: "group", group: "nordic" }],
  });
  const holySee = await say(analyst, slug, { speaker: "VAT" });
  const gone = await say(analyst, slug, { speaker: "FRA" });
  const panel = await say(analyst, slug, { speaker: "ITA", role: "panellist" });
  await putText(analyst.may("text:edit"), second.id, {
    which: {},
    version: null,
    input: { language: "en", text: TEXT },
  });
  await code(first.id, [on("formal_agenda", "support")]);
  const quote = { noQuoteReason: undefined, quote: "We oppose it." };
  await code(second.id, [
    on("formal_agenda", "oppose", quote),
    on("veto_restraint", "support"),
    on("fr_mx_veto", "mixed"),
  ]);
  await code(joint.id, [on("formal_agenda", "support")]);
  await code(both.id, [on("formal_agenda", "mixed"), on("fr_mx_veto", "sceptical")]);
  await code(holySee.id, [on("formal_agenda", "support")]);
  await code(gone.id, [on("formal_agenda", "support")]);
  await code(panel.id, [on("formal_agenda", "support")]);
  await withdrawStatement(analyst.may("statement:record"), gone.id, gone.version, "Recorded twice");
  return { slug, quoted: second.id };
}

beforeAll(async () => {
  analyst = await person();
  token = await tokenFor();
  held = await debate();
});

describe("the years", () => {
  it("have of each dialogue the numbers of its own page, under every rule", async () => {
    const { dialogues } = await listDialogues(reader(), {}, { limit: 100 });
    const records = await loadDialogueRecords(reader(), dialogues);
    expect(records[3]).toMatchObject({
      published: (await loadDialogueRecord(reader(), dialogues[3]?.slug ?? "")).published,
    });
    for (const rule of RULES) {
      for (const aligned of ALIGNED) {
        const points = await listTrend(reader(), { rule, aligned });
        expect(points.map(({ slug }) => slug)).toEqual(dialogues.map(({ slug }) => slug).toReversed());
        for (const record of records) {
          const point = points.find(({ slug }) => slug === record.dialogue.slug);
          const { spoke, represented } = figuresOf(record, { rule, aligned });
          expect([point?.slug, point?.spoke, point?.reached.length]).toEqual([
            record.dialogue.slug,
            spoke.memberStates,
            represented.states,
          ]);
          const own = representedIn(record, representedQuery.parse({ rule: "own_voice", kind: "member_state" }));
          expect(point?.ownVoice).toHaveLength(own.length);
        }
      }
    }
  });

  it("name who is new and who fell silent as plain SQL does, each with its rows", async () => {
    const voices = await database.sql<{ slug: string; refs: string[] | null }>(`
      SELECT d.slug, array_agg(DISTINCT a.iso3::text) FILTER (WHERE a.iso3 IS NOT NULL) AS refs
      FROM dialogue d LEFT JOIN statement s ON s.dialogue_id = d.id AND s.withdrawn_at IS NULL
          AND s.role IN ('statement', 'joint_statement', 'civil_society')
        LEFT JOIN actor a ON a.id = s.speaker_id AND a.kind = 'member_state' AND coalesce(a.admitted_on, d.starts_on) <= d.starts_on
          AND (NOT EXISTS (SELECT FROM representation r WHERE r.statement_id = s.id)
            OR EXISTS (SELECT FROM representation r WHERE r.statement_id = s.id AND r.basis = 'own'))
      GROUP BY d.id HAVING count(s.id) > 0 ORDER BY d.starts_on, d.id`);
    const heard = new Set<string>();
    let silent = 0;
    for (const [place, { slug, refs }] of voices.entries()) {
      const here = refs ?? [];
      const turnout = await snapshot(reader(), (tx) => getTurnout(tx, slug));
      const fresh = here.filter((ref) => !heard.has(ref)).sort();
      expect([slug, turnout.firstTime?.map(({ ref }) => ref).sort()]).toEqual([slug, place === 0 ? undefined : fresh]);
      const window = voices.slice(Math.max(0, place - 3), place).map((one) => one.refs ?? []);
      const fell = (window.at(-1) ?? [])
        .filter((ref) => !here.includes(ref) && window.filter((list) => list.includes(ref)).length >= 2)
        .sort();
      expect([slug, turnout.fellSilent?.map(({ ref }) => ref).sort()]).toEqual([slug, place < 2 ? undefined : fell]);
      expect(turnout.point.firstTime?.length).toBe(turnout.firstTime?.length);
      expect(turnout.point.fellSilent?.length).toBe(turnout.fellSilent?.length);
      for (const row of turnout.fellSilent ?? []) {
        expect(row.spokeAt.length).toBeGreaterThan(1);
        const later = voices.slice(place + 1).find((one) => one.refs?.includes(row.ref));
        expect(row.again?.slug).toBe(later?.slug);
      }
      for (const row of turnout.firstTime ?? []) expect(row.statements.length).toBeGreaterThan(0);
      silent += fell.length;
      for (const ref of here) heard.add(ref);
    }
    expect(silent).toBeGreaterThan(10);
  });

  it("are a file in which every mark is a row", async () => {
    const file = await call("GET", "/trends.csv?rule=own_voice", { token });
    const text = await file.text();
    const rows: Record<string, string>[] = parse(text, { bom: true, columns: true });
    const points = await listTrend(reader(), { rule: "own_voice", aligned: "exclude" });
    const of = (slug: string, measure: string, basis: string) =>
      rows
        .filter((row) => row.Dialogue === slug && row.Measure === measure && row.Basis === basis)
        .map(({ Value, Publisher }) => (basis === "counted" ? Number(Value) : `${Value} ${Publisher}`));
    for (const point of points) {
      const nothing = point.completeness === "unrecorded";
      expect(of(point.slug, "states_represented", "counted")).toEqual(nothing ? [] : [point.reached.length]);
      expect(of(point.slug, "member_states_spoke", "published")).toEqual(
        point.published.member_states_spoke.map(({ value, publisher }) => `${value} ${publisher}`),
      );
    }
    const [, link] = /^<(.+)>; rel="describedby"/.exec(file.headers.get("link") ?? "") ?? [];
    const described = await json<{ notes: object[]; tableSchema: { columns: { titles: string }[] } }>(
      await call("GET", `/${link}`, { token }),
    );
    expect(described.notes[0]).toMatchObject({ rule: "own_voice", aligned: "exclude", total: rows.length });
    expect(text.split("\r\n")[0]).toBe(described.tableSchema.columns.map(({ titles }) => titles).join(","));
  });
});

/** The composition as the matrix of each dialogue has it, cell by cell. */
async function literally(codes: string[], codebook?: number) {
  const { dialogues } = await listDialogues(reader(), {}, { limit: 100 });
  const counted = new Map<string, (string | number)[][]>(codes.map((code) => [code, []]));
  for (const { slug } of dialogues.toReversed()) {
    const { rows } = await getMatrix(
      reader(),
      matrixQuery.parse({ dialogue: slug, issues: codes.join(","), ...(codebook ? { codebook } : {}) }),
    );
    for (const [column, code] of codes.entries()) {
      const cells = rows.flatMap((row) => row.cells[column] ?? []);
      const of = (value: string) => cells.filter((cell) => cell.kind === "own" && cell.value === value).length;
      counted.get(code)?.push([slug, ...POSITION_VALUES.map(of)]);
    }
  }
  return counted;
}

const inNumbers = (rows: Awaited<ReturnType<typeof listComposition>>) =>
  rows.map(({ slug, counts }) => [slug, ...POSITION_VALUES.map((value) => counts[value])]);

describe("what was said on an issue over the years", () => {
  it("is what the matrix of each dialogue shows in own voice, also under merged issues and earlier versions", async () => {
    const codes = ["formal_agenda", "veto_restraint", "fr_mx_veto"];
    const before = await literally(codes);
    for (const code of codes) {
      expect(inNumbers(await listComposition(reader(), await issueId(code))), code).toEqual(before.get(code));
    }
    const now = (await listComposition(reader(), await issueId("formal_agenda"))).at(-1);
    // Denmark by its later statement, Finland in both voices; no observer, no group, nothing withdrawn, no panel.
    expect(now).toMatchObject({ slug: held.slug, n: 2, kind: "some", counts: { oppose: 1, mixed: 1, support: 0 } });
    expect((await listComposition(reader(), await issueId("accountability_icc_icj"))).at(-1)).toMatchObject({
      kind: "none",
      n: 0,
    });

    const editor = (await person("reviewer")).may("codebook:edit");
    await openDraft(editor);
    const draft = (await previewDraft(reader()))?.draft;
    const both = ["veto_restraint", "fr_mx_veto"].map(
      (code) => draft?.issues.find((one) => one.code === code)?.id ?? "",
    );
    await mergeIssues(editor, draft?.version ?? 0, both, { code: "veto", title: "Veto" });
    await publishDraft(editor, (await previewDraft(reader()))?.draft.version ?? 0, "The veto is one question.");
    const merged = inNumbers(await listComposition(reader(), await issueId("veto")));
    expect(
      merged
        .at(-1)
        ?.slice(1)
        .reduce((sum: number, count) => sum + Number(count), 0),
    ).toBe(2);
    expect(merged.slice(0, -1)).toEqual((await literally(["veto"])).get("veto")?.slice(0, -1));
    const old = await listComposition(reader(), await issueId("fr_mx_veto", 1), 1);
    expect(inNumbers(old)).toEqual(before.get("fr_mx_veto"));
  });

  it("has gaps in its file where nothing is coded, never zeros", async () => {
    const text = await (await call("GET", "/codebook/issues/formal_agenda/trend.csv", { token })).text();
    const rows: Record<string, string>[] = parse(text, { bom: true, columns: true });
    const composition = await listComposition(reader(), await issueId("formal_agenda"));
    expect(rows.map((row) => [row.Dialogue, row.Kind, row.n])).toEqual(
      composition.map(({ slug, kind, n }) => [slug, kind, kind === "gap" ? "" : String(n)]),
    );
    expect(rows.some(({ Kind }) => Kind === "gap")).toBe(true);
  });
});

describe("where everybody stands on an issue", () => {
  it("is one column of the matrix: every state in one share, rows in their order", async () => {
    const { matrix, distribution } = await getIssueStands(reader(), {
      code: "r2p_principle",
      asOf: "unga-r2p-2021",
      codebook: undefined,
    });
    expect(distribution.reduce((sum, { count }) => sum + count, 0)).toBe(193);
    expect(matrix.rows).toHaveLength(193);
    for (const { kind, value, count } of distribution) {
      const where = ["r2p_principle", kind, value].filter(Boolean).join(":");
      const behind = await getMatrix(
        reader(),
        matrixQuery.parse({ asOf: "unga-r2p-2021", where, issues: "r2p_principle" }),
      );
      expect(behind.rows, where).toHaveLength(count);
    }
    const kinds = matrix.rows.map(({ cells }) => [
      cells[0]?.kind,
      cells[0] && "value" in cells[0] ? cells[0].value : null,
    ]);
    expect([...new Set(kinds.map(String))]).toEqual(distribution.map(({ kind, value }) => String([kind, value])));
  });
});

describe("the cohesion of a group", () => {
  it("is counted from the cells of its members, issue by issue, beside what the group said", async () => {
    const [group = { id: "", slug: "" }] = await database.sql<{ id: string; slug: string }>(
      "SELECT id, slug FROM actor WHERE slug = 'nordic'",
    );
    const { members, issues } = await getCohesion(reader(), group, { on: "2026-06-25", codebook: 1 });
    const matrix = await getMatrix(reader(), matrixQuery.parse({ group: "nordic", asOf: "2026-06-25", codebook: 1 }));
    expect(members).toBe(5);
    const found = matrix.issues.flatMap(({ code }, column) => {
      const own = matrix.rows.flatMap(({ cells }) => (cells[column]?.kind === "own" ? [cells[column].value] : []));
      if (own.length < 2) return [];
      const counts = POSITION_VALUES.map((value) => own.filter((one) => one === value).length);
      return [[code, own.length, ...counts, own.length < ENOUGH ? null : agreement(counts)]];
    });
    expect(found.length).toBeGreaterThan(0);
    expect(
      issues.map(({ issue, n, counts, index }) => [
        issue.code,
        n,
        ...POSITION_VALUES.map((value) => counts[value]),
        index,
      ]),
    ).toEqual(found);
    expect(issues.find(({ issue }) => issue.code === "formal_agenda")?.group).toMatchObject({
      kind: "own",
      value: "mixed",
    });
    const union = await database.sql<{ id: string; slug: string }>(
      "SELECT id, slug FROM actor WHERE slug = 'european-union'",
    );
    const european = await getCohesion(reader(), union[0] ?? group, { on: "2026-06-25", codebook: 1 });
    expect(european.issues.some(({ index }) => index !== null)).toBe(true);
  });
});

describe("the quotations on an issue", () => {
  it("are those that were coded, by value and dialogue, with the way to their place", async () => {
    const id = await issueId("formal_agenda");
    const page = { page: 1, size: 10 };
    const { entries, total } = await listQuotationsOn(reader(), id, {}, page);
    expect(total).toBe(1);
    expect(entries[0]).toMatchObject({
      exact: "We oppose it.",
      paragraph: 2,
      value: "oppose",
      actor: { ref: "DNK", name: "Denmark" },
      onBehalfOf: "own capacity",
      dialogue: { slug: held.slug, startsOn: "2026-06-25" },
      statement: held.quoted,
    });
    const none = await listQuotationsOn(reader(), id, { value: "support" }, page);
    const there = await listQuotationsOn(reader(), id, { value: "oppose", dialogue: held.slug }, page);
    expect([none.total, there.total]).toEqual([0, 1]);
  });

  it("go out as CSV and as Markdown that shows them as they are", async () => {
    const base = "/codebook/issues/formal_agenda/quotations";
    const csv = parse(await (await call("GET", `${base}.csv?value=oppose`, { token })).text(), {
      bom: true,
      columns: true,
    });
    expect(csv).toMatchObject([{ Actor: "DNK", Quotation: "We oppose it.", Paragraph: "2", Value: "oppose" }]);
    const meta = await json<{ notes: object[] }>(
      await call("GET", `${base}.csv-metadata.json?value=oppose`, { token }),
    );
    expect(meta.notes[0]).toMatchObject({ issue: "formal_agenda", filters: { value: "oppose" }, total: 1 });
    const file = await call("GET", `${base}.md`, { token });
    const text = await file.text();
    expect(file.headers.get("content-type")).toContain("text/markdown");
    expect(text).toContain("# Quotations on “Formal agenda item”");
    expect(text).toContain("> We oppose it\\.");
    expect(text).toMatch(/Denmark, own capacity: Opposes\. \[Source, paragraph 2\]\(http:\/\/\S+#quotation-/);
  });
});

describe("what a report asks", () => {
  type Report = {
    slug: string;
    version: number;
    requests: { text: string; addressee: string | null; paragraph: string | null }[];
  };
  const points = [
    { text: "Prevent earlier.", addressee: "Member states", paragraph: "12" },
    { text: "Report every year." },
  ];

  it("is kept in its order, changed as a whole, left alone when absent, and told in the history", async () => {
    const made = await json<Report>(
      await call("POST", "/reports", { token, body: { slug: "asks", title: "A report", requests: points } }),
    );
    expect(made.requests).toEqual([points[0], { text: "Report every year.", addressee: null, paragraph: null }]);
    const patch = async (version: number, body: object) =>
      call("PATCH", "/reports/asks", { token, body, headers: { "If-Match": `"${version}"` } });
    const renamed = await json<Report>(await patch(made.version, { title: "Another title" }));
    expect(renamed.requests).toEqual(made.requests);
    const shorter = await json<Report>(await patch(renamed.version, { requests: [points[1]] }));
    expect(shorter.requests).toHaveLength(1);
    expect((await patch(renamed.version, { requests: [] })).status).toBe(412);
    expect((await json<Report>(await call("GET", "/reports/asks", { token }))).requests).toHaveLength(1);
    const refused = await json<{ errors: { path: string }[] }>(
      await patch(shorter.version, { requests: [{ addressee: "All" }] }),
    );
    expect(refused.errors.map(({ path }) => path)).toEqual(["requests.0.text"]);
    const [event] = await database.sql<{ before: Report; after: Report }>(
      "SELECT before, after FROM audit_event WHERE type = 'report.revised' ORDER BY id DESC LIMIT 1",
    );
    expect([event?.before.requests.length, event?.after.requests.length]).toEqual([2, 1]);
  });

  it("of 2017 is on record with the reports", async () => {
    const { requests } = await json<Report>(await call("GET", "/reports/r2p-report-2017", { token }));
    expect(requests).toHaveLength(5);
    expect(requests[0]?.addressee).toBe("Member states, intergovernmental bodies and the United Nations");
  });
});
