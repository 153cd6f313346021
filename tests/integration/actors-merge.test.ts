import { beforeAll, describe, expect, it } from "vitest";
import { undoBatch } from "@/features/batches/mutations/undo";
import { grant, systemIdentity } from "@/lib/auth/caller";
import { call, json, tokenFor } from "@/tests/support/api";
import { useDatabase } from "@/tests/support/database";

const database = useDatabase("reference");
let token = "";

type Actor = { id: string; slug: string; version: number; names: { name: string }[] };
type Statement = {
  id: string;
  speaker: string;
  version: number;
  represents: { basis: string; group?: string; exclude?: string[] }[];
};
type Merged = { into: Actor; batch: string };
type Problem = { errors?: { path: string; message: string }[] };

async function ok<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
  const response = await call(method, path, { token, headers, ...(body === undefined ? {} : { body }) });
  expect(response.status, `${method} ${path}: ${await response.clone().text()}`).toBeLessThan(300);
  return json<T>(response);
}

let made = 0;
async function actor(kind: string, name: string): Promise<Actor> {
  made += 1;
  return ok("POST", "/actors", { kind, slug: `twice-${made}`, name: `${name} ${made}`, names: [] });
}
async function dialogue(): Promise<string> {
  made += 1;
  const slug = `merged-${made}`;
  await ok("POST", "/dialogues", { slug, title: slug, kind: "formal_debate", startsOn: "2019-06-27" });
  return slug;
}
const merge = (from: Actor, into: string, version = from.version) =>
  call("POST", `/actors/${from.slug}/merge`, { token, body: { into }, headers: { "If-Match": `"${version}"` } });
const get = <T>(path: string) => ok<T>("GET", path);

/** A group that was recorded twice: with a member, a statement for it, and one that it delivered itself. */
async function groupTwice() {
  const [from, into] = [await actor("group", "Group of Islands"), await actor("group", "Islands Group")];
  const source = "Made for a test";
  await ok("POST", `/actors/${from.slug}/members`, { member: "FJI", from: "2001-01-01", source });
  await ok("POST", `/actors/${from.slug}/members`, { member: "TUV", from: "2001-01-01", source });
  await ok("POST", `/actors/${into.slug}/members`, { member: "PLW", from: "2001-01-01", source });
  const slug = await dialogue();
  const represents = [{ basis: "group", group: from.slug, exclude: ["TUV"] }];
  const named = await ok<Statement>("POST", `/dialogues/${slug}/statements`, { speaker: "FJI", represents });
  const spoken = await ok<Statement>("POST", `/dialogues/${slug}/statements`, { speaker: from.slug });
  return { from, into, slug, named, spoken };
}

beforeAll(async () => {
  token = await tokenFor();
});

describe("a merge", () => {
  it("moves statements, parties, members and names, and the old address leads to the other", async () => {
    const { from, into, slug, named, spoken } = await groupTwice();
    const answer = await merge(from, into.slug);
    expect(answer.status, await answer.clone().text()).toBe(200);
    const { into: after } = await json<Merged>(answer);
    expect(after.names.map(({ name }) => name)).toEqual(expect.arrayContaining([`Group of Islands ${made - 2}`]));
    expect(await get(`/actors/${from.slug}`)).toMatchObject({ id: into.id });
    expect(await get(`/statements/${named.id}`)).toMatchObject({
      represents: [{ basis: "group", group: into.slug, exclude: ["TUV"] }],
      version: 2,
      covers: { states: 2 },
    });
    expect(await get(`/statements/${spoken.id}`)).toMatchObject({ speaker: into.slug });
    const members = await get<{ total: number }>(`/actors/${into.slug}/members?on=2019-06-27`);
    expect(members.total).toBe(3);
    const list = await get<{ data: Actor[] }>("/actors?kind=group&limit=1000");
    expect(list.data.map(({ id }) => id)).not.toContain(from.id);
    // A new statement that names the old address names the other.
    const again = await ok<Statement>("POST", `/dialogues/${slug}/statements`, { speaker: from.slug });
    expect(again.speaker).toBe(into.slug);
  });

  it("is undone as one act: everything is as before", async () => {
    const { from, into, named, spoken } = await groupTwice();
    const before = await get<Actor>(`/actors/${into.slug}`);
    const { batch } = await json<Merged>(await merge(from, into.slug));
    await undoBatch(grant(systemIdentity("Reviewer One"), "import:run"), batch);
    expect(await get(`/actors/${from.slug}`)).toMatchObject({ id: from.id });
    expect((await get<Actor>(`/actors/${into.slug}`)).names).toEqual(before.names);
    expect(await get(`/statements/${named.id}`)).toMatchObject({
      represents: [{ group: from.slug, exclude: ["TUV"] }],
      covers: { states: 1 },
    });
    expect(await get(`/statements/${spoken.id}`)).toMatchObject({ speaker: from.slug });
    expect(await get(`/actors/${from.slug}/members?on=2019-06-27`)).toMatchObject({ total: 2 });
    const [faults] = await database.sql<{ count: string }>("SELECT count(*) FROM audit_chain_faults()");
    expect(faults?.count).toBe("0");
  });

  it("leads on when the other is merged too", async () => {
    const [a, b, c] = [
      await actor("un_office", "Office"),
      await actor("un_office", "Office"),
      await actor("un_office", "Office"),
    ];
    await merge(a, b.slug);
    await merge({ ...b, version: b.version + 1 }, c.slug);
    expect(await get(`/actors/${a.slug}`)).toMatchObject({ id: c.id });
  });

  it("is refused with everything that stands in the way, and changes nothing", async () => {
    const state = await get<Actor>("/actors/DNK");
    expect((await json<Problem>(await merge(state, "NOR"))).errors?.[0]?.message).toContain("never merged");
    const { from, into, named } = await groupTwice();
    const source = "Made for a test";
    await ok("POST", `/actors/${into.slug}/members`, { member: "FJI", from: "2010-01-01", source });
    const overlapping = await merge(from, into.slug);
    expect(overlapping.status).toBe(409);
    expect((await json<Problem>(overlapping)).errors?.[0]?.message).toContain("overlap");
    expect((await merge(from, "DNK")).status).toBe(409);
    expect((await merge(from, "nobody")).status).toBe(404);
    expect((await merge(from, into.slug, 7)).status).toBe(412);
    expect(await get(`/statements/${named.id}`)).toMatchObject({ version: 1, represents: [{ group: from.slug }] });
  });

  it("is refused where a statement would then name its own speaker or a party twice", async () => {
    const [from, into] = [await actor("civil_society", "Coalition"), await actor("civil_society", "Coalition")];
    const slug = await dialogue();
    const represents = [{ basis: "named", actor: from.slug }];
    await ok("POST", `/dialogues/${slug}/statements`, { speaker: into.slug, role: "civil_society", represents });
    const refused = await merge(from, into.slug);
    expect(refused.status, await refused.clone().text()).toBe(422);
    expect(await get(`/actors/${from.slug}`)).toMatchObject({ id: from.id });
  });
});
