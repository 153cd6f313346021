import { beforeAll, describe, expect, it } from "vitest";
import { discardDraft, keepDraft } from "@/features/drafts/mutations";
import { listDrafts, openDraft } from "@/features/drafts/queries";
import { draftInput, type DraftInput } from "@/features/drafts/schema";
import { recordStatement } from "@/features/statements/mutations";
import { statementInput } from "@/features/statements/schema";
import { parse } from "@/lib/action";
import type { Caller } from "@/lib/auth/caller";
import { useDatabase } from "@/tests/support/database";
import { dialogue, person, type Person } from "@/tests/support/record";

const database = useDatabase("reference");
let one: Person;
let other: Person;

beforeAll(async () => {
  one = await person("analyst");
  other = await person("analyst");
});

const BY_DENMARK = statementInput.parse({ speaker: "DNK" });
const FORM = "statement.new:unga-r2p-2017";
const draft = (more: Partial<DraftInput> = {}): DraftInput => ({
  form: FORM,
  path: "/dialogues/unga-r2p-2017/statements/new",
  title: "New statement, 2017 dialogue",
  values: { speaker: "Denm", parties: [{ basis: "group", actor: "nordic", exclude: ["FIN"] }] },
  basedOn: null,
  seen: null,
  ...more,
});
const own = (who: Person): Caller<"draft:own"> => who.may("draft:own");
const open = (who: Person, form = FORM) => openDraft(own(who), form, { draft: "go-on" });

describe("drafts", () => {
  it("are kept as they were typed, one for a form, and belong to their person alone", async () => {
    const { savedAt } = await keepDraft(own(one), draft());
    const again = await keepDraft(own(one), draft({ values: { speaker: "Denmark" }, seen: savedAt }));
    expect((await open(one)).values).toEqual({ speaker: "Denmark" });
    expect(await listDrafts(one.may("session:own"))).toEqual([
      { form: FORM, path: draft().path, title: draft().title, savedAt: again.savedAt },
    ]);
    expect(await open(other)).toMatchObject({ values: undefined, autosave: { draft: null, resumed: false } });
    expect(await listDrafts(other.may("session:own"))).toEqual([]);
    await discardDraft(own(other), FORM);
    expect((await open(one)).values).toBeDefined();
    await keepDraft(own(other), draft({ values: { speaker: "Norway" } }));
    expect((await open(one)).values).toEqual({ speaker: "Denmark" });
    await discardDraft(own(one), FORM);
    await discardDraft(own(other), FORM);
  });

  it("are filled in only when their person says so", async () => {
    await keepDraft(own(one), draft({ basedOn: 3 }));
    const { autosave, values } = await openDraft(own(one), FORM, {});
    expect(values).toBeUndefined();
    expect(autosave).toMatchObject({ resumed: false, owner: own(one).userId, draft: { basedOn: 3 } });
    await discardDraft(own(one), FORM);
  });

  it("never take the place of one that the page has not seen", async () => {
    const { savedAt } = await keepDraft(own(one), draft());
    for (const seen of [null, "2020-01-01T00:00:00.000Z"]) {
      await expect(keepDraft(own(one), draft({ values: { speaker: "Sweden" }, seen }))).rejects.toMatchObject({
        code: "CONFLICT",
      });
    }
    const both = await Promise.allSettled(
      ["Norway", "Iceland"].map((speaker) => keepDraft(own(one), draft({ values: { speaker }, seen: savedAt }))),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await discardDraft(own(one), FORM);
    // A text that arrives after its form was saved is no draft any more.
    await expect(keepDraft(own(one), draft({ seen: savedAt }))).rejects.toMatchObject({ code: "CONFLICT" });
    expect((await open(one)).values).toBeUndefined();
  });

  it("go in the transaction that saves their form, and stay when it is refused", async () => {
    const { slug } = await dialogue(one, { slug: "with-draft" });
    const form = `statement.new:${slug}`;
    const { savedAt } = await keepDraft(own(one), draft({ form }));
    await keepDraft(own(one), draft());
    await keepDraft(own(other), draft({ form }));
    const caller = { ...one.may("statement:record"), draft: { form, savedAt } };
    // Saved from another window, which did not know of the draft.
    await recordStatement({ ...caller, draft: { form, savedAt: "2020-01-01T00:00:00.000Z" } }, slug, BY_DENMARK);
    expect((await open(one, form)).values).toBeDefined();
    await expect(recordStatement(caller, slug, statementInput.parse({ speaker: "nobody" }))).rejects.toMatchObject({
      code: "INVALID",
    });
    expect((await open(one, form)).values).toBeDefined();
    await recordStatement(caller, slug, BY_DENMARK);
    expect((await open(one, form)).values).toBeUndefined();
    expect((await open(one)).values).toBeDefined();
    expect((await open(other, form)).values).toBeDefined();
  });

  it("are as long as a form can be and not longer, and lead to pages of ours", () => {
    const refused = (more: Record<string, unknown>) => () => parse(draftInput, { ...draft(), ...more });
    expect(parse(draftInput, draft({ values: { note: "x".repeat(500_000) } }))).toBeDefined();
    expect(refused({ values: { note: "x".repeat(950_000) } })).toThrow("too long");
    for (const path of ["https://example.org", "//example.org", "/\\example.org", "dialogues"]) {
      expect(refused({ path }), path).toThrow("not a page of Rostrum");
    }
    for (const form of ["", "Statement", "statement.new:a b", "a".repeat(201)]) expect(refused({ form })).toThrow();
  });

  it("are limited in number", async () => {
    await database.sql(
      `insert into draft (id, user_id, form, path, title, values)
       select gen_random_uuid(), $1::uuid, 'many:' || n, '/', 'One of many', '{}' from generate_series(1, 200) n`,
      [own(other).userId],
    );
    await expect(keepDraft(own(other), draft({ form: "one.more" }))).rejects.toMatchObject({ code: "TOO_MANY" });
  });

  it("end with the account", async () => {
    await keepDraft(own(one), draft({ form: "last.one" }));
    const id = own(one).userId;
    const count = async () =>
      (await database.sql<{ n: number }>("select count(*)::int as n from draft where user_id = $1::uuid", [id]))[0]?.n;
    expect(await count()).toBeGreaterThan(0);
    await database.sql('delete from "user" where id = $1::uuid', [id]);
    expect(await count()).toBe(0);
  });
});
