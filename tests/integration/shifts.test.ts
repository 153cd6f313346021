import { beforeAll, describe, expect, it } from "vitest";
import { mergeIssues, openDraft, reviseIssue } from "@/features/codebook/mutations/draft";
import { publishDraft } from "@/features/codebook/mutations/publish";
import { loadMerges } from "@/features/codebook/queries/merges";
import { previewDraft } from "@/features/codebook/queries/versions";
import type { PositionValue } from "@/features/codebook/schema";
import { getShift, listShifts, type ShiftDto } from "@/features/positions/queries/shifts";
import { shiftsOf, type Break, type OwnCoding } from "@/features/positions/rules/shifts";
import { grant, systemIdentity } from "@/lib/auth/caller";
import { snapshot } from "@/lib/db";
import { call, expectProblem, json, tokenFor } from "@/tests/support/api";
import { useDatabase } from "@/tests/support/database";
import { fillRandomly } from "@/tests/support/random-world";

const database = useDatabase("reference");
const reader = grant(systemIdentity("Analyst One"), "record:read");
const editor = grant(systemIdentity("Reviewer One"), "codebook:edit");
const all = (query = {}) => snapshot(reader, (tx) => listShifts(tx, query, { limit: 1000 }));

type Draft = NonNullable<Awaited<ReturnType<typeof previewDraft>>>["draft"];

/** Version 2 redefines one issue and merges two others; half of what was coded is said to be coded under it. */
async function publishSecondVersion(): Promise<void> {
  await openDraft(editor);
  const draft = async (): Promise<Draft> => (await previewDraft(reader))!.draft;
  const { issues, version } = await draft();
  const agenda = issues.find(({ code }) => code === "formal_agenda")!;
  const { id, code, title, scale, examples } = agenda;
  await reviseIssue(editor, version, id, { code, title, scale, examples, definition: "Another question." });
  const merged = ["veto_restraint", "r2p_principle"].map((one) => issues.find((issue) => issue.code === one)!.id);
  await mergeIssues(editor, (await draft()).version, merged, { code: "both", title: "Both" });
  await publishDraft(editor, (await draft()).version, "One issue is defined anew, two are one.");
  await database.sql(
    `update position p set version_id = (select id from codebook_version where number = 2)
     where ('x' || substr(md5(p.id::text), 1, 8))::bit(32)::int % 2 = 0`,
  );
}

beforeAll(async () => {
  await fillRandomly(database, 11, 200);
  await publishSecondVersion();
}, 120_000);

type Stored = {
  id: string;
  actor_id: string;
  issue_id: string;
  codebook: number;
  value: PositionValue;
  dialogue_id: string | null;
  day: string;
  place: number;
};

/** The rule over everything that is on record, one actor and issue after the other. */
async function shiftsSlowly(): Promise<string[]> {
  const rows = await database.sql<Stored>(
    `select p.id, who.actor_id, p.issue_id, v.number as codebook, p.value::text, p.dialogue_id,
       to_char(coalesce(d.starts_on, make_date(p.year, 12, 31)), 'YYYY-MM-DD') as day, coalesce(s."order", 0) as place
     from position p join codebook_version v on v.id = p.version_id
       left join dialogue d on d.id = p.dialogue_id left join statement s on s.id = p.statement_id
       cross join lateral (
         select p.actor_id where (p.statement_id is null and p.through_id is null) or (p.statement_id is not null and (
           exists (select from representation r where r.statement_id = s.id and r.basis = 'own')
           or not exists (select from representation r where r.statement_id = s.id)))
         union select r.actor_id from representation r where r.statement_id = s.id and r.basis = 'group'
       ) as who(actor_id)
       join actor a on a.id = who.actor_id
     where p.kind = 'position' and (s.id is null or (s.withdrawn_at is null and s.role = 'statement'))
       and (a.admitted_on is null or a.kind <> 'member_state' or a.admitted_on <= coalesce(d.starts_on, make_date(p.year, 12, 31)))`,
  );
  const merges = await loadMerges(reader);
  const breaks = await database.sql<Break>(
    `select from_id as "issueId", v.number as version from crosswalk_step c join codebook_version v on v.id = c.version_id
     where c.kind in ('redefined', 'split')`,
  );
  const groups = new Map<string, OwnCoding[]>();
  for (const { id, actor_id, issue_id, codebook, value, dialogue_id, day, place } of rows) {
    const readAs = merges.get(issue_id) ?? issue_id;
    const at = { dialogue: dialogue_id, day, order: place };
    const coding = { positionId: id, issueId: issue_id, readAs, codebook, value, at };
    const key = `${actor_id} ${readAs}`;
    groups.set(key, [...(groups.get(key) ?? []), coding]);
  }
  return [...groups].flatMap(([key, codings]) =>
    shiftsOf(codings, breaks).map(({ earlier, later, steps }) =>
      [key.split(" ")[0], earlier.positionId, later.positionId, steps].join(" "),
    ),
  );
}

const inWords = ({ actorId, earlier, later, steps }: ShiftDto) => [actorId, earlier.id, later.id, steps].join(" ");

describe("the list of shifts", () => {
  it("is what the rule finds over everything on record", async () => {
    const { shifts, total, counts } = await all();
    const slowly = await shiftsSlowly();
    expect(shifts.map(inWords).sort()).toEqual(slowly.sort());
    expect(total).toBe(slowly.length);
    expect(counts).toEqual({ proposed: total, confirmed: 0, dismissed: 0 });
    expect(total).toBeGreaterThan(40);
    expect(shifts.every(({ status, version }) => status === "proposed" && version === 0)).toBe(true);
    expect(shifts.some(({ earlier, later }) => earlier.codebook !== later.codebook)).toBe(true);
  });

  it("filters by actor, issue and day, and goes on where a page ended", async () => {
    const { shifts } = await all();
    const denmark = await all({ actor: "DNK" });
    expect(denmark.shifts.map(inWords)).toEqual(shifts.filter(({ actor }) => actor === "DNK").map(inWords));
    const both = await all({ issue: "both", since: "2013-06-30" });
    expect(both.shifts.map(inWords)).toEqual(
      shifts.filter(({ issue, later }) => issue === "both" && later.day >= "2013-06-30").map(inWords),
    );
    const token = await tokenFor({ role: "viewer" });
    const pages: string[] = [];
    for (let next: string | null = ""; next !== null;) {
      const address = `/shifts?limit=17${next ? `&cursor=${next}` : ""}`;
      const answer: { next: string | null; total: number; data: ShiftDto[] } = await json(
        await call("GET", address, { token }),
      );
      expect(answer.total).toBe(shifts.length);
      pages.push(...answer.data.map(({ actor, later }) => `${actor} ${later.id}`));
      next = answer.next;
    }
    expect(pages).toEqual(shifts.map(({ actor, later }) => `${actor} ${later.id}`));
    await expectProblem(await call("GET", "/shifts?actor=nobody", { token }), 422);
    await expectProblem(await call("GET", "/shifts?status=loud", { token }), 422);
  });
});

describe("a decision", () => {
  const addressOf = ({ actor, earlier, later }: ShiftDto) => `/shifts/${actor}/${earlier.id}/${later.id}`;
  const REASON = "Both statements answer the same question.";

  it("is a reviewer's, names its version, is told in the history, and can be taken back", async () => {
    const [reviewer, analyst] = [await tokenFor({ role: "reviewer" }), await tokenFor({ role: "analyst" })];
    const [shift] = (await all({ status: "proposed" })).shifts;
    const address = `${addressOf(shift!)}/decision`;
    const put = (body: object, headers = {}, token = reviewer) => call("PUT", address, { token, body, headers });
    await expectProblem(await put({ verdict: "confirmed", reason: REASON }, {}, analyst), 403);
    await expectProblem(await put({ verdict: "confirmed" }), 422);
    const confirmed = await put({ verdict: "confirmed", reason: REASON });
    expect(confirmed.headers.get("etag")).toBe('"1"');
    expect(await json(confirmed)).toMatchObject({ status: "confirmed", decision: { reason: REASON }, version: 1 });
    const { total } = await all();
    const found = await all({ status: "confirmed" });
    expect(found.shifts.map(inWords)).toEqual([inWords(shift!)]);
    // The numbers say what another status would find.
    expect(found).toMatchObject({ total: 1, counts: { proposed: total - 1, confirmed: 1, dismissed: 0 } });

    await expectProblem(await put({ verdict: "dismissed", reason: "No." }), 428);
    const dismissed = await put({ verdict: "dismissed", reason: "One speaks of another year." }, { "If-Match": '"1"' });
    expect(await json(dismissed)).toMatchObject({ status: "dismissed", version: 2 });
    const stale = await expectProblem(await put({ verdict: "confirmed", reason: "Yes." }, { "If-Match": '"1"' }), 412);
    expect(stale).toMatchObject({ current: { status: "dismissed", version: 2 } });

    const undo = (version: number) =>
      call("DELETE", address, { token: reviewer, headers: { "If-Match": `"${version}"` } });
    await expectProblem(await undo(1), 412);
    expect(await json(await undo(2))).toMatchObject({ status: "proposed", decision: null, version: 0 });
    await expectProblem(await undo(2), 409);
    const events = await database.sql<{ type: string; actor: string }>(
      `select type, coalesce(after, before) ->> 'actor' as actor from audit_event where subject_type = 'shift' order by id`,
    );
    expect(events.map(({ type }) => type)).toEqual(["shift.confirmed", "shift.dismissed", "shift.reopened"]);
    expect(events.every(({ actor }) => actor === shift!.actor)).toBe(true);
  });

  it("is stale once one of the two is coded anew: the shift is proposed again, with what was decided", async () => {
    const reviewer = await tokenFor({ role: "reviewer" });
    const { shifts } = await all({ status: "proposed" });
    const shift = shifts.find(({ later }) => later.statement !== null)!;
    const decision = `${addressOf(shift)}/decision`;
    await call("PUT", decision, { token: reviewer, body: { verdict: "confirmed", reason: REASON } });
    await database.sql("update position set note = 'Read again', version = version + 1 where id = $1", [
      shift.later.id,
    ]);
    const again = await snapshot(reader, (tx) =>
      getShift(tx, { actor: shift.actor, earlier: shift.earlier.id, later: shift.later.id }),
    );
    expect(again).toMatchObject({ status: "proposed", stale: true, version: 1, decision: { verdict: "confirmed" } });
    expect((await all({ status: "confirmed" })).shifts.map(inWords)).not.toContain(inWords(shift));
    const anew = await call("PUT", decision, {
      token: reviewer,
      body: { verdict: "dismissed", reason: "The note says it." },
      headers: { "If-Match": '"1"' },
    });
    expect(await json(anew)).toMatchObject({ status: "dismissed", stale: false, version: 2 });

    // With the same value as before it is no shift any more, and nothing can be decided.
    await database.sql('update position set value = $2::"PositionValue", version = version + 1 where id = $1', [
      shift.later.id,
      shift.earlier.value,
    ]);
    await expectProblem(await call("GET", addressOf(shift), { token: reviewer }), 404);
    await expectProblem(
      await call("PUT", decision, { token: reviewer, body: { verdict: "confirmed", reason: REASON } }),
      404,
    );
  });
});
