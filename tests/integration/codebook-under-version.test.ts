import { beforeAll, describe, expect, it } from "vitest";
import { getActor } from "@/features/actors/queries/actor";
import {
  addIssue,
  mergeIssues,
  openDraft,
  retireIssue,
  reviseIssue,
  splitIssue,
} from "@/features/codebook/mutations/draft";
import { publishDraft } from "@/features/codebook/mutations/publish";
import { listRecodeQueue } from "@/features/codebook/queries/codings";
import { askedVersion } from "@/features/codebook/queries/reading";
import { previewDraft } from "@/features/codebook/queries/versions";
import type { CodebookDto } from "@/features/codebook/schema";
import { getCellEvidence } from "@/features/positions/queries/cell";
import { codingStates, listDialoguesToCode } from "@/features/positions/queries/codings";
import { getActorStands } from "@/features/positions/queries/of-actor";
import { evidenceQuery } from "@/features/positions/schema";
import { grant, systemIdentity } from "@/lib/auth/caller";
import { snapshot } from "@/lib/db";
import { call, expectProblem, json, pathsOf, tokenFor } from "@/tests/support/api";
import { useDatabase } from "@/tests/support/database";

useDatabase("reference");

const editor = grant(systemIdentity("Reviewer One"), "codebook:edit");
const reader = grant(systemIdentity("Reviewer One"), "record:read");
const VERSIONS = [1, 2, 3] as const;
const SLUG = "under-versions";
const WHY = "Heard in the room; no text was given out.";

type Listed = { issue: string; issueTitle: string; reading: string; codedAs: string; actor: string; codebook: number };
type Page = { data: Listed[]; total: number };

let token = "";
let danish = "";
let norwegian = "";
let dialogueId = "";

async function ok<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await call(method, path, { token, ...(body === undefined ? {} : { body }) });
  expect(response.status, `${method} ${path}: ${await response.clone().text()}`).toBeLessThan(300);
  return json<T>(response);
}

async function draft(): Promise<CodebookDto> {
  const effect = await previewDraft(reader);
  if (!effect) throw new Error("no draft");
  return effect.draft;
}

/** Changes the draft, which has another version after each change. */
async function change(act: (version: number, idOf: (code: string) => string) => Promise<unknown>): Promise<void> {
  const { version, issues } = await draft();
  await act(version, (code) => issues.find((one) => one.code === code)?.id ?? "");
}

const say = async (speaker: string, represents: unknown[] = []): Promise<string> =>
  (await ok<{ id: string }>("POST", `/dialogues/${SLUG}/statements`, { speaker, represents })).id;
const code = (id: string, values: Record<string, string>) =>
  ok(
    "PUT",
    `/statements/${id}/positions`,
    Object.entries(values).map(([issue, value]) => ({ issue, value, noQuoteReason: WHY })),
  );

/** Version 2 renames one issue, splits one and retires one; version 3 merges two. Denmark is coded under 1, Norway under 3. */
beforeAll(async () => {
  token = await tokenFor({ role: "reviewer" });
  const slug = { slug: SLUG, title: "Under versions", kind: "informal_interactive_dialogue", startsOn: "2017-09-06" };
  dialogueId = (await ok<{ id: string }>("POST", "/dialogues", slug)).id;
  danish = await say("DNK", [{ basis: "own" }, { basis: "group", group: "nordic" }]);
  norwegian = await say("NOR");
  await say("SWE");
  await code(danish, {
    formal_agenda: "support",
    focal_point: "support",
    act_code_of_conduct: "support",
    fr_mx_veto: "conditional",
    rights_up_front: "mixed",
  });

  await openDraft(editor);
  const wording = { title: "A place on the agenda", definition: "Whether it has one.", examples: [] };
  await change((version, id) =>
    reviseIssue(editor, version, id("formal_agenda"), { ...wording, code: "place_on_agenda" }),
  );
  const parts = [
    { code: "focal_point_named", title: "Focal Point named" },
    { code: "focal_point_appointed", title: "Focal Point appointed" },
  ];
  await change((version, id) => splitIssue(editor, version, id("focal_point"), parts));
  await change((version, id) => retireIssue(editor, version, id("rights_up_front")));
  await publishDraft(editor, (await draft()).version, "Second");

  await openDraft(editor);
  const veto = { code: "veto_codes", title: "Veto codes" };
  await change((version, id) => mergeIssues(editor, version, [id("act_code_of_conduct"), id("fr_mx_veto")], veto));
  await change((version) => addIssue(editor, version, { ...wording, code: "zymurgy", title: "Zymurgy" }));
  await publishDraft(editor, (await draft()).version, "Third");

  await code(norwegian, { place_on_agenda: "oppose", focal_point_named: "support", veto_codes: "mixed" });
});

const inWords = ({ issue, reading, codedAs }: Listed): string => `${issue} ${reading} ${codedAs}`;

describe("the positions of a statement", () => {
  const positionsOf = async (id: string, query: string): Promise<string[]> =>
    (await ok<Page>("GET", `/statements/${id}/positions${query}`)).data.map(inWords);

  it("are all there under each version, in its order: renamed, read under the merged one, or apart", async () => {
    expect(await positionsOf(danish, "?codebook=1")).toEqual([
      "formal_agenda itself formal_agenda",
      "focal_point itself focal_point",
      "act_code_of_conduct itself act_code_of_conduct",
      "fr_mx_veto itself fr_mx_veto",
      "rights_up_front itself rights_up_front",
    ]);
    const apart = ["focal_point absent focal_point", "rights_up_front absent rights_up_front"];
    expect(await positionsOf(danish, "?codebook=2")).toEqual([
      "place_on_agenda itself formal_agenda",
      "act_code_of_conduct itself act_code_of_conduct",
      "fr_mx_veto itself fr_mx_veto",
      ...apart,
    ]);
    const newest = [
      "place_on_agenda itself formal_agenda",
      "veto_codes merged act_code_of_conduct",
      "veto_codes merged fr_mx_veto",
      ...apart,
    ];
    expect(await positionsOf(danish, "?codebook=3")).toEqual(newest);
    expect(await positionsOf(danish, "")).toEqual(newest);
  });

  it("coded under a later version are read under an issue that an earlier one has, or stand apart", async () => {
    expect(await positionsOf(norwegian, "?codebook=1")).toEqual([
      "formal_agenda itself place_on_agenda",
      "focal_point_named absent focal_point_named",
      "veto_codes absent veto_codes",
    ]);
    expect(await positionsOf(norwegian, "?codebook=2")).toEqual([
      "place_on_agenda itself place_on_agenda",
      "focal_point_named itself focal_point_named",
      "veto_codes absent veto_codes",
    ]);
  });

  it("keep the code of the form: what was merged is not coded again by opening the desk", async () => {
    const { data } = await ok<Page>("GET", `/statements/${danish}/positions`);
    expect(data.filter(({ reading }) => reading === "merged").map(({ issueTitle }) => issueTitle)).toEqual([
      "Veto codes",
      "Veto codes",
    ]);
  });
});

describe("the list of positions", () => {
  const listed = (query: string): Promise<Page> => ok<Page>("GET", `/positions?actor=DNK&${query}`);
  const total = async (query: string): Promise<number> => (await ok<Page>("GET", `/positions?${query}`)).total;

  it("finds by the code that a version gives, with what was merged by then and nothing that was merged later", async () => {
    expect((await listed("issue=veto_codes&codebook=3")).data.map(inWords)).toEqual([
      "veto_codes merged act_code_of_conduct",
      "veto_codes merged fr_mx_veto",
    ]);
    expect(await total("issue=veto_codes&actor=NOR&mode=own")).toBe(1);
    expect(await total("issue=veto_codes&actor=DNK&codebook=2")).toBe(0);
    expect(await total("issue=act_code_of_conduct&actor=DNK&codebook=2")).toBe(1);
    expect((await listed("issue=formal_agenda&codebook=1")).data.map(inWords)).toEqual([
      "formal_agenda itself formal_agenda",
    ]);
    expect((await listed("issue=place_on_agenda&codebook=1")).data.map(inWords)).toEqual([
      "formal_agenda itself formal_agenda",
    ]);
  });

  it("has the same rows under every version", async () => {
    const totals = await Promise.all(VERSIONS.map((version) => total(`dialogue=${SLUG}&codebook=${version}`)));
    expect(new Set(totals).size).toBe(1);
  });

  it("refuses a version that there is not, as every list that takes one", async () => {
    for (const path of [
      "/positions?codebook=9",
      `/statements/${danish}/positions?codebook=9`,
      "/search?q=veto&codebook=9",
    ]) {
      const answer = await call("GET", path, { token });
      await expectProblem(answer.clone(), 422);
      expect(await pathsOf(answer), path).toEqual(["codebook"]);
    }
    expect(await askedVersion(reader, 9)).toBeUndefined();
    expect(await askedVersion(reader, 3)).toBeUndefined();
    expect(await askedVersion(reader, 2)).toBe(2);
  });
});

describe("where an actor stands", () => {
  const sum = (voices: { total: number }[]) => voices.reduce((all, { total }) => all + total, 0);

  async function stands(ref: string, version: number | undefined) {
    const actor = await getActor(reader, ref);
    const { issues, codebook } = await snapshot(reader, (tx) => getActorStands(tx, actor, version));
    const spoken = issues.filter(({ voices }) => voices.length > 0);
    return {
      codebook,
      issues: spoken.filter(({ latest }) => latest !== null).map(({ code: of, latest }) => `${of} ${latest?.value}`),
      apart: spoken.filter(({ latest }) => latest === null).map(({ code: of, voices }) => `${of} ${sum(voices)}`),
    };
  }

  it("is told by the issues of the version, for a state and for a group that it spoke for", async () => {
    for (const ref of ["DNK", "nordic"]) {
      expect(await stands(ref, 1)).toEqual({
        codebook: 1,
        issues: [
          "formal_agenda support",
          "focal_point support",
          "act_code_of_conduct support",
          "fr_mx_veto conditional",
          "rights_up_front mixed",
        ],
        apart: [],
      });
      const { issues, apart } = await stands(ref, undefined);
      expect(issues.map((one) => one.split(" ")[0])).toEqual(["place_on_agenda", "veto_codes"]);
      expect(apart).toEqual(["focal_point 1", "rights_up_front 1"]);
    }
    expect(await stands("NOR", 1)).toMatchObject({
      issues: expect.arrayContaining(["formal_agenda oppose"]) as string[],
      apart: ["focal_point_named 1", "veto_codes 1"],
    });
  });

  it("has the evidence of a cell as the cell itself reads it", async () => {
    const at = async (issue: string, codebook: number) => {
      const query = evidenceQuery.parse({ codebook: String(codebook) });
      const { cell, timeline, total } = await getCellEvidence(reader, { actor: "NOR", issue }, query);
      expect(timeline.some(({ id }) => id === cell.positionId)).toBe(true);
      return { value: cell.value, total };
    };
    expect(await at("veto_codes", 3)).toEqual({ value: "mixed", total: 3 });
    expect(await at("act_code_of_conduct", 2)).toEqual({ value: "support", total: 1 });
    expect(await at("formal_agenda", 1)).toEqual({ value: "oppose", total: 2 });
  });
});

describe("how far the coding is", () => {
  it("counts what the version has, what it has not, and who was coded before it", async () => {
    const counts = async (version?: number) => {
      const states = await codingStates(reader, dialogueId, version);
      return [danish, norwegian].map((id) => {
        const { status, positions, apart } = states.get(id) ?? {};
        return `${status} ${positions} ${apart}`;
      });
    };
    expect(await counts(1)).toEqual(["coded 5 0", "coded 1 2"]);
    expect(await counts(2)).toEqual(["coded_before 3 2", "coded 2 1"]);
    expect(await counts()).toEqual(["coded_before 3 2", "coded 3 0"]);
    const before = await Promise.all(
      VERSIONS.map(async (version) =>
        (await listDialoguesToCode(reader, version)).map(({ slug, before: earlier, coded }) => [slug, earlier, coded]),
      ),
    );
    expect(before).toEqual([[[SLUG, 0, 2]], [[SLUG, 1, 2]], [[SLUG, 1, 2]]]);
  });

  it("queues what was split by then", async () => {
    const queued = (version?: number) => listRecodeQueue(reader, { page: 1, size: 10 }, version);
    expect((await queued(1)).total).toBe(0);
    expect((await queued(2)).total).toBe(1);
    expect((await queued()).rows.map(({ from }) => from.code)).toEqual(["focal_point"]);
  });
});

describe("a search for issues", () => {
  it("finds those of the version, under its names, and leads to pages of it", async () => {
    const found = async (query: string) =>
      (await ok<{ data: { title: string; path: string }[] }>("GET", `/search?kind=issue&${query}`)).data;
    expect((await found("q=zymurgy")).map(({ path }) => path)).toEqual(["/codebook/zymurgy"]);
    expect(await found("q=zymurgy&codebook=2")).toEqual([]);
    expect(await found("q=place_on_agenda&codebook=1")).toEqual([]);
    expect((await found("q=formal_agenda&codebook=1")).map(({ path }) => path)).toContain(
      "/codebook/formal_agenda?codebook=1",
    );
    const [renamed] = await found("q=place_on_agenda&codebook=2");
    expect(renamed).toMatchObject({ title: "A place on the agenda", path: "/codebook/place_on_agenda?codebook=2" });
  });
});
