import { beforeAll, describe, expect, it } from "vitest";
import { undoBatch } from "@/features/batches/mutations/undo";
import { voteFormValues } from "@/features/votes/formats/form";
import { parseRollCall } from "@/features/votes/formats/pasted";
import { revisePasted } from "@/features/votes/mutations";
import { withdrawVote } from "@/features/votes/mutations/withdraw";
import { getRollCall } from "@/features/votes/queries/votes";
import { voteRevisionForm } from "@/features/votes/schema";
import { withdrawText } from "@/features/sources/mutations/withdraw";
import { grant, systemIdentity } from "@/lib/auth/caller";
import { call, expectProblem, json, tokenFor } from "@/tests/support/api";
import { useDatabase } from "@/tests/support/database";

const database = useDatabase("record");

const identity = systemIdentity("Analyst One");
const voting = grant(identity, "vote:edit");
const writing = grant(identity, "text:edit");
const undoing = grant(identity, "import:run");
const reader = grant(identity, "record:read");
const VOTE = "a-res-75-277";
const TEXT = "We support the veto restraint.\n\nWe thank the panel for its words.";

let token = "";
let statement = "";

async function ok<T>(method: string, path: string, body?: unknown, version?: number): Promise<T> {
  const headers: Record<string, string> = version === undefined ? {} : { "If-Match": `"${version}"` };
  const response = await call(method, path, { token, headers, ...(body === undefined ? {} : { body }) });
  expect(response.status, `${method} ${path}: ${await response.clone().text()}`).toBeLessThan(300);
  return json<T>(response);
}

beforeAll(async () => {
  token = await tokenFor();
  const { data } = await ok<{ data: { id: string }[] }>("GET", "/dialogues/unga-r2p-2017/statements?limit=1");
  statement = data[0]?.id ?? "";
});

describe("a recorded vote in the form", () => {
  const form = async (change: Record<string, unknown>) => {
    const rollCall = await getRollCall(reader, VOTE);
    const { id, version } = rollCall;
    return voteRevisionForm.parse({ ...voteFormValues(rollCall), current: id, version, step: "record", ...change });
  };
  const save = async (change: Record<string, unknown>) => {
    const input = await form(change);
    return revisePasted(voting, input, parseRollCall(input.text));
  };

  it("saved as it is opened says the same of every state, in the words of the record", async () => {
    const before = await getRollCall(reader, VOTE);
    await save({ note: "Looked at again." });
    const after = await getRollCall(reader, VOTE);
    expect(after).toEqual({ ...before, note: "Looked at again.", version: before.version + 1 });
    await save({ note: undefined });
    expect((await getRollCall(reader, VOTE)).note).toBeNull();
  });

  it("keeps whom a name means that only somebody's choice could tell, and names that the record does not print", async () => {
    await database.sql(
      "UPDATE vote SET printed = 'The Kingdom over the sea' WHERE actor_id = (SELECT id FROM actor WHERE iso3 = 'DNK')",
    );
    await database.sql("UPDATE vote SET printed = NULL WHERE actor_id = (SELECT id FROM actor WHERE iso3 = 'SWE')");
    const before = await getRollCall(reader, VOTE);
    await save({});
    expect((await getRollCall(reader, VOTE)).votes).toEqual(before.votes);
  });

  it("is refused with the difference, and to the slower of two with what stands now", async () => {
    const { votes, version } = await getRollCall(reader, VOTE);
    const swapped = voteFormValues(await getRollCall(reader, VOTE))["text"] as string;
    const wrong = await form({ text: swapped.replace(/^N /mu, "Y ") });
    await expect(revisePasted(voting, wrong, parseRollCall(wrong.text))).rejects.toMatchObject({
      code: "INVALID",
      issues: expect.arrayContaining([
        expect.objectContaining({ message: expect.stringContaining("115") as string }),
      ]) as unknown[],
    });
    const slow = await form({ title: "Slow" });
    await save({ title: "Quick" });
    await expect(revisePasted(voting, slow, parseRollCall(slow.text))).rejects.toMatchObject({
      code: "STALE",
      current: { title: "Quick", version: version + 1 },
    });
    expect((await getRollCall(reader, VOTE)).votes).toEqual(votes);
  });
});

describe("a withdrawn vote", () => {
  it("is gone with its votes, and back as it was when that is undone", async () => {
    const before = await getRollCall(reader, VOTE);
    await expect(withdrawVote(voting, VOTE, before.version - 1, "Test")).rejects.toMatchObject({ code: "STALE" });
    const { act } = await withdrawVote(voting, VOTE, before.version, "Recorded twice.");
    await expectProblem(await call("GET", `/votes/${VOTE}`, { token }), 404);
    expect(await database.sql("SELECT FROM vote")).toHaveLength(0);
    expect(await undoBatch(undoing, act)).toMatchObject({ records: 1 });
    expect(await getRollCall(reader, VOTE)).toEqual({ ...before, version: before.version + 2 });
    expect(await database.sql("SELECT FROM withdrawn_record")).toHaveLength(0);
    const events = await database.sql<{ type: string; reason: string }>(
      `SELECT type, reason FROM audit_event WHERE subject_id = '${before.id}' ORDER BY id DESC LIMIT 2`,
    );
    expect(events.map(({ type }) => type)).toEqual(["vote.restored", "vote.withdrawn"]);
    expect(events[1]?.reason).toBe("Recorded twice.");
  });

  it("stays away while another has its address", async () => {
    const vote = await getRollCall(reader, VOTE);
    const { act } = await withdrawVote(voting, VOTE, vote.version, "Recorded twice.");
    const { slug, symbol, title, date, result } = vote;
    const votes = vote.votes.map(({ actor, value }) => ({ actor, value }));
    const other = await ok<{ version: number }>("POST", "/votes", { slug, symbol, title, date, result, votes });
    await expect(undoBatch(undoing, act)).rejects.toMatchObject({ code: "CONFLICT" });
    await ok("DELETE", `/votes/${slug}?reason=Again`, undefined, other.version);
    await undoBatch(undoing, act);
    expect((await getRollCall(reader, VOTE)).votes).toEqual(vote.votes);
  });
});

describe("a withdrawn text", () => {
  it("stays while positions rest on its words, and the refusal names each", async () => {
    await ok("PUT", `/statements/${statement}/text`, { language: "en", text: TEXT });
    const [position] = (
      await ok<{ data: { quotation: { text: string } }[] }>("PUT", `/statements/${statement}/positions`, [
        { issue: "veto_restraint", value: "support", quote: "We support the veto restraint" },
      ])
    ).data;
    const text = position?.quotation.text ?? "";
    await expect(withdrawText(writing, text, 1, "Wrong file")).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("1 position rests") as string,
      issues: [{ path: [], message: expect.stringMatching(/: supports\.$/u) as string }],
    });
    expect(await ok("GET", `/texts/${text}`)).toMatchObject({ text: TEXT });
  });

  it("goes with its quotations and earlier versions, and all of it comes back", async () => {
    const french = { language: "fr", text: "Nous remercions le groupe de ses mots." };
    const { id } = await ok<{ id: string }>("PUT", `/statements/${statement}/text`, french);
    await ok("PATCH", `/texts/${id}`, { text: `${french.text}\n\nMerci.` }, 1);
    await ok("POST", `/statements/${statement}/quotations`, { quote: "le groupe", text: id });
    const before = await ok<{ version: number; quotations: object[] }>("GET", `/texts/${id}`);
    const earlier = async () => (await ok<{ data: object[] }>("GET", `/texts/${id}/versions`)).data.slice(1);
    const versions = await earlier();
    const { act } = await withdrawText(writing, id, before.version, "Of another statement");
    await expectProblem(await call("GET", `/texts/${id}`, { token }), 404);
    expect((await ok<{ total: number }>("GET", "/search?q=remercions")).total).toBe(0);

    const again = await ok<{ id: string; version: number }>("PUT", `/statements/${statement}/text`, french);
    await expect(undoBatch(undoing, act)).rejects.toMatchObject({
      code: "CONFLICT",
      issues: [{ path: [], message: expect.stringContaining("another text of this kind") as string }],
    });
    await ok("DELETE", `/texts/${again.id}`, undefined, again.version);
    expect(await undoBatch(undoing, act)).toMatchObject({ records: 2 });
    const back = await ok<typeof before>("GET", `/texts/${id}`);
    const quotations = before.quotations.map((quotation) => ({ ...quotation, version: 3 }));
    expect(back).toEqual({ ...before, version: before.version + 2, quotations });
    expect(await earlier()).toEqual(versions);
    expect((await ok<{ total: number }>("GET", "/search?q=remercions")).total).toBe(1);
    await expect(undoBatch(undoing, act)).rejects.toMatchObject({ code: "CONFLICT" });
  });
});
