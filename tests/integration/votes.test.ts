import { beforeAll, describe, expect, it } from "vitest";
import type { RollCallDto } from "@/features/votes/queries/votes";
import { call, expectProblem, json, pathsOf, statusesOf, tokenFor } from "@/tests/support/api";
import { useDatabase } from "@/tests/support/database";

const database = useDatabase("record");

type Page<T> = { data: T[]; total: number };

let token = "";

beforeAll(async () => {
  token = await tokenFor();
});

const get = async (ref: string): Promise<RollCallDto> => json(await call("GET", `/votes/${ref}`, { token }));

/** The vote on record, as somebody would send it again under another name. */
async function again(slug: string) {
  const { votes, result, date } = await get("a-res-75-277");
  const rows = votes.map(({ actor, value }) => ({ actor, value }));
  return { slug, symbol: null, title: "Again", date, dialogue: "unga-r2p-2021", result, votes: rows };
}

describe("A/RES/75/277", () => {
  it("is 115, 15, 28, 35; every state of the day is listed with its name as printed", async () => {
    const vote = await get("a-res-75-277");
    expect(vote.result).toEqual({ yes: 115, no: 15, abstain: 28, notVoting: 35 });
    const listed = (value: string): number => vote.votes.filter((one) => one.value === value).length;
    expect(["yes", "no", "abstain", "not_voting"].map(listed)).toEqual([115, 15, 28, 35]);
    expect(vote).toMatchObject({ symbol: "A/RES/75/277", date: "2021-05-18", dialogue: "unga-r2p-2021", missing: [] });
    expect(vote.votes.find(({ actor }) => actor === "TUR")).toMatchObject({ name: "Turkey", printed: "TURKEY" });
    expect((await get(encodeURIComponent("A/RES/75/277"))).id).toBe(vote.id);
    expect((await json<Page<unknown>>(await call("GET", "/votes?dialogue=unga-r2p-2021", { token }))).total).toBe(1);
  });

  it("comes as CSV with as many rows as the filter leaves", async () => {
    const lines = async (query: string) =>
      (await (await call("GET", `/votes/a-res-75-277/roll-call.csv${query}`, { token })).text()).trim().split("\r\n");
    expect(await lines("")).toHaveLength(194);
    const no = await lines("?value=no&region=un-eastern-european-group");
    expect(no.slice(1).map((line) => line.split(",")[3])).toEqual(["BLR", "RUS"]);
    expect(no[1]).toBe("a-res-75-277,A/RES/75/277,2021-05-18,BLR,Belarus,BELARUS,No,Eastern European Group");
  });
});

describe("recording", () => {
  it("refuses totals that do not add up with the difference in words, and writes nothing", async () => {
    const body = await again("wrong-total");
    const votes = body.votes.filter(({ actor }) => actor !== "DNK");
    const answer = await call("POST", "/votes", { token, body: { ...body, votes } });
    const problem = await expectProblem(answer.clone(), 422);
    expect(JSON.stringify(problem)).toContain("The record states 115 yes; 114 are listed.");
    expect(JSON.stringify(problem)).toContain("One member of that day is not listed: Denmark.");
    expect(await pathsOf(answer)).toEqual(["result.yes", "votes"]);
    await expectProblem(await call("GET", "/votes/wrong-total", { token }), 404);
  });

  it("names the rows of who is unknown, listed twice, or had no vote", async () => {
    const body = await again("wrong-rows");
    const votes = [
      { actor: "XXX", value: "yes" },
      { actor: "DNK", value: "yes" },
      { actor: "denmark", value: "no" },
      { actor: "VAT", value: "yes" },
      { actor: "european-union", value: "yes" },
    ];
    const answer = await call("POST", "/votes", { token, body: { ...body, votes } });
    expect(await pathsOf(answer.clone())).toEqual(["votes.0.actor", "votes.2.actor", "votes.3.actor", "votes.4.actor"]);
    expect(await answer.text()).toContain("Denmark is listed twice: in rows 2 and 3.");
    const early = { ...body, date: "2010-01-01", votes: [{ actor: "SSD", value: "yes" }] };
    expect(await (await call("POST", "/votes", { token, body: early })).text()).toContain(
      "South Sudan was no member state on that day and had no vote.",
    );
  });

  it("takes a part of the members when the stated result is that part, and says who is missing", async () => {
    const body = {
      ...(await again("a-part")),
      result: { yes: 1, no: 1, abstain: 0, notVoting: 0 },
      votes: [
        { actor: "DNK", value: "yes" },
        { actor: "NIC", value: "no" },
      ],
    };
    const answer = await call("POST", "/votes", { token, body });
    expect(answer.status).toBe(201);
    expect(answer.headers.get("location")).toBe("/api/v1/votes/a-part");
    expect((await json<RollCallDto>(answer)).missing).toHaveLength(191);
    expect(await pathsOf(await call("POST", "/votes", { token, body }))).toEqual(["slug"]);
    const dialogue = { ...body, slug: "elsewhere", dialogue: "nowhere" };
    expect(await pathsOf(await call("POST", "/votes", { token, body: dialogue }))).toEqual(["dialogue"]);
  });

  it("is repeated by its key without a second record, and is recorded once when two come at once", async () => {
    const body = await again("at-once");
    const headers = { "Idempotency-Key": "vote-1" };
    const [one, two] = [
      await call("POST", "/votes", { token, body, headers }),
      await call("POST", "/votes", { token, body, headers }),
    ];
    expect(await one.text()).toBe(await two.text());
    const other = { ...body, slug: "at-once-too" };
    const answers = await Promise.all([1, 2].map(() => call("POST", "/votes", { token, body: other })));
    expect(statusesOf(answers)).toEqual([201, 422]);
  });
});

describe("revising", () => {
  it("needs the version, is checked as a whole, and leaves its mark in the trail", async () => {
    const before = await get("a-part");
    const patch = { result: { yes: 2, no: 0, abstain: 0, notVoting: 0 } };
    const headers = { "If-Match": '"1"' };
    expect((await call("PATCH", "/votes/a-part", { token, body: patch })).status).toBe(428);
    expect(await pathsOf(await call("PATCH", "/votes/a-part", { token, body: patch, headers }))).toContain(
      "result.yes",
    );
    expect((await get("a-part")).version).toBe(1);
    const votes = before.votes.map(({ actor }) => ({ actor, value: "yes" }));
    const answer = await call("PATCH", "/votes/a-part", { token, body: { ...patch, votes }, headers });
    expect(answer.headers.get("etag")).toBe('"2"');
    await expectProblem(await call("PATCH", "/votes/a-part", { token, body: patch, headers }), 412);
    const events = await database.sql("SELECT type FROM audit_event WHERE subject_id = $1 ORDER BY id", [before.id]);
    expect(events.map(({ type }) => type)).toEqual(["vote.recorded", "vote.revised"]);
  });

  it("is not for viewers", async () => {
    const viewer = await tokenFor({ role: "viewer" });
    await expectProblem(await call("POST", "/votes", { token: viewer, body: await again("no") }), 403);
  });
});
