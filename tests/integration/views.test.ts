import { beforeAll, describe, expect, it } from "vitest";
import { recordView, removeView, restoreView, reviseView } from "@/features/views/mutations";
import { findRemovedView, getView, listViews } from "@/features/views/queries";
import { viewInput } from "@/features/views/schema";
import type { Caller } from "@/lib/auth/caller";
import { call, json, tokenFor } from "@/tests/support/api";
import { useDatabase } from "@/tests/support/database";
import { person, type Person } from "@/tests/support/record";

const database = useDatabase("empty");
let one: Person;
let other: Person;

beforeAll(async () => {
  one = await person("viewer");
  other = await person("analyst");
});

const own = (who: Person): Caller<"view:own"> => who.may("view:own");
let made = 0;
const view = (more: Record<string, unknown> = {}) => {
  made += 1;
  return viewInput.parse({ name: `View ${made}`, address: "/positions?group=nordic", ...more });
};
const names = async (who: Person, whose: "mine" | "others") =>
  (await listViews(own(who), whose, { limit: 100 })).views.map(({ name }) => name);

describe("a saved view", () => {
  it("is its owner's alone until it is shared, and then everybody's to open and nobody else's to change", async () => {
    const kept = await recordView(own(one), view({ name: "Nordic positions", note: "For Tuesday" }));
    expect(kept).toMatchObject({ address: "/positions?group=nordic", shared: false, mine: true, version: 1 });
    expect(await names(other, "others")).toEqual([]);
    await expect(getView(own(other), kept.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(reviseView(own(other), kept.id, 1, { name: "Mine" })).rejects.toMatchObject({ code: "NOT_FOUND" });

    await reviseView(own(one), kept.id, 1, { shared: true });
    expect(await names(other, "others")).toEqual(["Nordic positions"]);
    expect(await getView(own(other), kept.id)).toMatchObject({ mine: false, note: "For Tuesday", owner: one.name });
    await expect(reviseView(own(other), kept.id, 2, { name: "Mine" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(removeView(own(other), kept.id, 2)).rejects.toMatchObject({ code: "FORBIDDEN" });

    await reviseView(own(one), kept.id, 2, { shared: false });
    expect(await names(other, "others")).toEqual([]);
  });

  it("is not written over by a window that knows an older version", async () => {
    const kept = await recordView(own(one), view());
    await reviseView(own(one), kept.id, 1, { note: "First" });
    await expect(reviseView(own(one), kept.id, 1, { note: "Second" })).rejects.toMatchObject({
      code: "STALE",
      current: { note: "First", version: 2 },
    });
    await expect(removeView(own(one), kept.id, 1)).rejects.toMatchObject({ code: "STALE" });
    expect(await getView(own(one), kept.id)).toMatchObject({ note: "First" });
  });

  it("has a name that no other view of its owner has, however many windows save it at once", async () => {
    const both = await Promise.allSettled([1, 2].map(() => recordView(own(one), view({ name: "Twice" }))));
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(recordView(own(one), view({ name: "TWICE" }))).rejects.toMatchObject({
      code: "INVALID",
      issues: [{ path: ["name"] }],
    });
    await recordView(own(other), view({ name: "Twice" }));
  });

  it("is deleted and put back, unless its name is taken by then", async () => {
    const kept = await recordView(own(one), view({ name: "Gone and back" }));
    await removeView(own(one), kept.id, 1);
    await expect(getView(own(one), kept.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await findRemovedView(own(other), kept.id)).toBeNull();
    const gone = await findRemovedView(own(one), kept.id);
    expect(gone).toMatchObject({ name: "Gone and back", version: 2 });
    await expect(restoreView(own(other), kept.id, 2)).rejects.toMatchObject({ code: "NOT_FOUND" });
    const second = await recordView(own(one), view({ name: "Gone and back" }));
    await expect(restoreView(own(one), kept.id, 2)).rejects.toMatchObject({ code: "CONFLICT" });
    await removeView(own(one), second.id, 1);
    expect(await restoreView(own(one), kept.id, 2)).toMatchObject({ name: "Gone and back", version: 3 });
  });

  it("leaves in the audit trail what was done with it", async () => {
    const kept = await recordView(own(one), view({ name: "Told" }));
    await reviseView(own(one), kept.id, 1, { shared: true });
    await removeView(own(one), kept.id, 2);
    await restoreView(own(one), kept.id, 3);
    const events = await database.sql<{ type: string; after: { shared: boolean } | null }>(
      "select type, after from audit_event where subject_id = $1 order by id",
      [kept.id],
    );
    expect(events.map(({ type, after }) => [type, after?.shared])).toEqual([
      ["view.recorded", false],
      ["view.revised", true],
      ["view.removed", undefined],
      ["view.restored", true],
    ]);
  });

  it("is one of at most 500", async () => {
    const many = await person("viewer");
    await database.sql(
      `insert into saved_view (id, owner_id, name, address)
       select gen_random_uuid(), $1::uuid, 'View ' || n, '/positions' from generate_series(1, 500) n`,
      [own(many).userId],
    );
    await expect(recordView(own(many), view())).rejects.toMatchObject({ code: "TOO_MANY" });
  });
});

const ifMatch = (version: number) => ({ "If-Match": `"${version}"` });

describe("saved views by the API", () => {
  it("are made, read, changed and deleted with versions, and refuse what leads elsewhere", async () => {
    const token = await tokenFor({ role: "viewer" });
    const reader = await tokenFor({ role: "viewer", scope: "read" });
    const body = { name: "By program", address: "/states?region=WEOG&q=", shared: true };
    expect((await call("POST", "/views", { token: reader, body })).status).toBe(403);
    const response = await call("POST", "/views", { token, body });
    expect(response.status).toBe(201);
    const saved = await json<{ id: string; address: string }>(response);
    expect(saved.address).toBe("/states?region=WEOG");
    expect(response.headers.get("location")).toBe(`/api/v1/views/${saved.id}`);
    const list = await json<{ data: { name: string; mine: boolean }[] }>(
      await call("GET", "/views?whose=others&limit=1000", { token: reader }),
    );
    expect(list.data).toContainEqual(expect.objectContaining({ name: "By program", mine: false }));

    const at = `/views/${saved.id}`;
    expect((await call("PATCH", at, { token, body: { shared: false } })).status).toBe(428);
    expect((await call("PATCH", at, { token, body: { shared: false }, headers: ifMatch(1) })).status).toBe(200);
    expect((await call("PATCH", at, { token, body: { shared: true }, headers: ifMatch(1) })).status).toBe(412);
    expect((await call("GET", at, { token: reader })).status).toBe(404);
    for (const address of ["//example.org", "https://example.org/states", "/api/v1/actors", "/states\\x"]) {
      const refused = await call("POST", "/views", { token, body: { name: address, address } });
      expect([refused.status, await json(refused)], address).toMatchObject([422, { errors: [{ path: "address" }] }]);
    }
    expect((await call("DELETE", at, { token, headers: ifMatch(2) })).status).toBe(200);
    expect((await call("GET", at, { token })).status).toBe(404);
  });
});
