import { beforeAll, describe, expect, it } from "vitest";
import type { StepDto } from "@/features/codebook/queries/versions";
import { loadMerges } from "@/features/codebook/queries/merges";
import { previewDraft } from "@/features/codebook/queries/versions";
import { findIssueIds, loadCodebook } from "@/features/codebook/queries/codebook";
import { listRecodeQueue } from "@/features/codebook/queries/codings";
import {
  addIssue,
  mergeIssues,
  moveIssue,
  openDraft,
  restoreIssue,
  retireIssue,
  reviseIssue,
  splitIssue,
} from "@/features/codebook/mutations/draft";
import { discardDraft, publishDraft } from "@/features/codebook/mutations/publish";
import type { CodebookDto } from "@/features/codebook/schema";
import { grant, systemIdentity } from "@/lib/auth/caller";
import { call, expectProblem, json, pathsOf, tokenFor } from "@/tests/support/api";
import { useDatabase } from "@/tests/support/database";

const database = useDatabase("reference");
const editor = grant(systemIdentity("Reviewer One"), "codebook:edit");
const reader = grant(systemIdentity("Reviewer One"), "record:read");

type Issue = { id: string; code: string; title: string; codebook: number; scale: { value: string }[] };
type Page<T> = { data: T[]; total: number };

let token = "";
const issue = { title: "Test", definition: "What a statement says about the test." };

beforeAll(async () => {
  token = await tokenFor({ role: "reviewer" });
});

async function draft(): Promise<CodebookDto> {
  const effect = await previewDraft(reader);
  if (!effect) throw new Error("no draft");
  return effect.draft;
}

async function idOf(code: string): Promise<string> {
  return (await draft()).issues.find((one) => one.code === code)?.id ?? "";
}

async function steps(): Promise<string[]> {
  const effect = await previewDraft(reader);
  return (effect?.steps ?? []).map(inWords);
}

function inWords({ kind, from, to }: StepDto): string {
  return `${kind} ${from?.code ?? ""}>${to?.code ?? ""}`;
}

async function versionCount(): Promise<number> {
  return (await json<Page<unknown>>(await call("GET", "/codebook/versions", { token }))).total;
}

describe("the API", () => {
  it("lists the 29 issues in their order, by version, and finds one by its code", async () => {
    const page = await json<Page<Issue>>(await call("GET", "/codebook/issues?limit=1000", { token }));
    expect(page.total).toBe(29);
    expect(page.data[0]).toMatchObject({ code: "r2p_principle", codebook: 1, place: 1 });
    const one = await json<Issue>(await call("GET", "/codebook/issues/formal_agenda", { token }));
    expect(one.scale.map(({ value }) => value)).toEqual(["support", "conditional", "mixed", "sceptical", "oppose"]);
    await expectProblem(await call("GET", "/codebook/issues?version=9", { token }), 404);
    await expectProblem(await call("GET", "/codebook/issues/nothing", { token }), 404);
  });

  it("publishes an added issue at once; its code can be used and the version before is as it was", async () => {
    const body = { ...issue, code: "test_issue", include: "This", exclude: "That", examples: ["One"] };
    const answer = await call("POST", "/codebook/issues", { token, body });
    expect(answer.status).toBe(201);
    expect(await json<Issue>(answer)).toMatchObject({ ...body, codebook: 2, place: 30 });
    expect((await findIssueIds(reader, ["test_issue", "nothing"])).size).toBe(1);
    expect((await findIssueIds(reader, ["test_issue"], 1)).size).toBe(0);
    const before = await json<Page<Issue>>(await call("GET", "/codebook/issues?version=1&limit=1000", { token }));
    expect(before.total).toBe(29);
  });

  it("refuses a code that is taken, a scale of three values, and analysts", async () => {
    const taken = await call("POST", "/codebook/issues", { token, body: { ...issue, code: "test_issue" } });
    expect(await pathsOf(taken)).toEqual(["code"]);
    const scale = [{ value: "support", meaning: "Yes." }];
    const short = await call("POST", "/codebook/issues", { token, body: { ...issue, code: "short_scale", scale } });
    expect(await pathsOf(short)).toEqual(["scale"]);
    const analyst = await tokenFor({ role: "analyst" });
    await expectProblem(await call("POST", "/codebook/issues", { token: analyst, body: { ...issue, code: "b" } }), 403);
  });

  it("keeps an open draft open when an issue is published beside it: the draft gets the issue and the next number", async () => {
    await openDraft(editor);
    const answer = await call("POST", "/codebook/issues", { token, body: { ...issue, code: "beside" } });
    expect(await json<Issue>(answer)).toMatchObject({ codebook: 3 });
    expect(await draft()).toMatchObject({ number: 4 });
    expect(await steps()).toEqual([]);
    const into = { ...issue, code: "in_draft", draft: true };
    expect(await json<Issue>(await call("POST", "/codebook/issues", { token, body: into }))).toMatchObject({
      codebook: 4,
    });
    expect(await steps()).toEqual(["added >in_draft"]);
    expect((await findIssueIds(reader, ["in_draft"])).size).toBe(0);
    await discardDraft(editor, (await draft()).version);
    const [{ count } = { count: "" }] = await database.sql<{ count: string }>(
      "SELECT count(*) FROM issue WHERE NOT EXISTS (SELECT FROM issue_definition WHERE issue_id = issue.id)",
    );
    expect(count).toBe("0");
  });

  it("numbers versions without a gap when issues come at once", async () => {
    const before = await versionCount();
    const answers = await Promise.all(
      [1, 2, 3].map((n) => call("POST", "/codebook/issues", { token, body: { ...issue, code: `at_once_${n}` } })),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(await versionCount()).toBe(before + 3);
    expect((await loadCodebook(reader))?.issues.filter(({ code }) => code.startsWith("at_once")).length).toBe(3);
  });
});

describe("a draft", () => {
  it("is one at a time, also when two open it at once", async () => {
    const results = await Promise.allSettled([openDraft(editor), openDraft(editor)]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await expect(publishDraft(editor, (await draft()).version, "Nothing")).rejects.toThrow("says the same as version");
  });

  it("renames, splits, merges, retires, reorders; each can be put back", async () => {
    const wording = { ...issue, code: "place_on_agenda", examples: [] };
    const { version } = await draft();
    await reviseIssue(editor, version, await idOf("formal_agenda"), wording);
    await expect(moveIssue(editor, version, await idOf("joint_office"), "up")).rejects.toMatchObject({ code: "STALE" });
    expect(await steps()).toEqual(["renamed formal_agenda>place_on_agenda", "redefined formal_agenda>place_on_agenda"]);

    const parts = [
      { code: "focal_point_named", title: "Focal Point named" },
      { code: "focal_point_appointed", title: "Focal Point appointed" },
    ];
    await splitIssue(editor, (await draft()).version, await idOf("focal_point"), parts);
    const both = [await idOf("act_code_of_conduct"), await idOf("fr_mx_veto")];
    await mergeIssues(editor, (await draft()).version, both, { code: "veto_codes", title: "Veto codes" });
    await retireIssue(editor, (await draft()).version, await idOf("rights_up_front"));
    expect((await steps()).slice(2)).toEqual([
      "split focal_point>focal_point_named",
      "split focal_point>focal_point_appointed",
      "merged act_code_of_conduct>veto_codes",
      "merged fr_mx_veto>veto_codes",
      "retired rights_up_front>",
    ]);
    const places = (await draft()).issues.map(({ place }) => place);
    expect(places).toEqual(places.map((_, index) => index + 1));

    const base = await loadCodebook(reader);
    const original = (code: string): string => base?.issues.find((one) => one.code === code)?.id ?? "";
    await restoreIssue(editor, (await draft()).version, original("fr_mx_veto"));
    await restoreIssue(editor, (await draft()).version, original("rights_up_front"));
    await restoreIssue(editor, (await draft()).version, original("formal_agenda"));
    await restoreIssue(editor, (await draft()).version, original("focal_point"));
    expect(await steps()).toEqual([]);
    expect((await draft()).issues.map(({ code }) => code)).toEqual(base?.issues.map(({ code }) => code));
  });

  it("refuses a code that ever named another issue, and splitting what is new in it", async () => {
    const { version } = await draft();
    const taken = { ...issue, code: "veto_restraint", examples: [] };
    await expect(addIssue(editor, version, taken)).rejects.toThrow("names another issue");
    await expect(reviseIssue(editor, version, await idOf("joint_office"), taken)).rejects.toThrow(
      "names another issue",
    );
    await addIssue(editor, version, { ...issue, code: "brand_new", examples: [] });
    const parts = [
      { code: "new_a", title: "A" },
      { code: "new_b", title: "B" },
    ];
    await expect(splitIssue(editor, (await draft()).version, await idOf("brand_new"), parts)).rejects.toThrow("is new");
  });

  it("when published leaves codings where they are: a split queues them, a merge keeps both originals", async () => {
    const [year, versionId] = [2013, (await loadCodebook(reader))?.id];
    const [{ id: actor } = { id: "" }] = await database.sql<{ id: string }>("SELECT id FROM actor WHERE iso3 = 'DNK'");
    const ids = await findIssueIds(reader, ["focal_point", "act_code_of_conduct", "fr_mx_veto"]);
    const code = (issueId: string | undefined) =>
      database.sql(
        `INSERT INTO position (id, occasion, actor_id, year, issue_id, version_id, value, no_quote_reason, coder_name)
         VALUES (gen_random_uuid(), 'general_debate', $1, $2, $3, $4, 'support', 'Test', 'Analyst One')`,
        [actor, year, issueId, versionId],
      );
    for (const id of ids.values()) await code(id);

    const parts = [
      { code: "focal_point_named", title: "Focal Point named" },
      { code: "focal_point_appointed", title: "Focal Point appointed" },
    ];
    await splitIssue(editor, (await draft()).version, await idOf("focal_point"), parts);
    const both = [await idOf("act_code_of_conduct"), await idOf("fr_mx_veto")];
    await mergeIssues(editor, (await draft()).version, both, { code: "veto_codes", title: "Veto codes" });
    const effect = await previewDraft(reader);
    expect(effect?.steps.filter(({ kind }) => kind !== "added").map(({ codings }) => codings)).toEqual([1, 1, 1, 1]);
    expect((await listRecodeQueue(reader, { page: 1, size: 10 })).total).toBe(0);

    const { number } = await publishDraft(editor, (await draft()).version, "Focal Points apart, codes together.");
    const queue = await listRecodeQueue(reader, { page: 1, size: 10 });
    expect(queue.total).toBe(1);
    expect(queue.rows[0]).toMatchObject({ actor: { name: "Denmark" }, from: { code: "focal_point" }, splitIn: number });
    expect(queue.rows[0]?.to.map(({ code }) => code)).toEqual(["focal_point_named", "focal_point_appointed"]);

    const now = await findIssueIds(reader, ["veto_codes", "focal_point_named"]);
    const merges = await loadMerges(reader);
    for (const original of ["act_code_of_conduct", "fr_mx_veto"]) {
      expect(merges.get(ids.get(original) ?? "")).toBe(now.get("veto_codes"));
    }
    expect((await loadMerges(reader, number - 1)).size).toBe(0);
    expect((await findIssueIds(reader, ["focal_point"], 1)).get("focal_point")).toBe(ids.get("focal_point"));

    await code(now.get("focal_point_named"));
    expect((await listRecodeQueue(reader, { page: 1, size: 10 })).total).toBe(0);
    await expect(database.sql("UPDATE position SET version_id = NULL")).rejects.toThrow("null value");
  });
});
