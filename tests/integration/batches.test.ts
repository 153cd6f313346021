import { expect, test } from "vitest";
import {
  recordActor,
  recordMembership,
  removeMembership,
  reviseActor,
  reviseMembership,
} from "@/features/actors/mutations";
import { actorInput, membershipInput } from "@/features/actors/schema";
import { openBatch } from "@/features/audit/mutations";
import { listHistory } from "@/features/audit/queries";
import { undoBatch } from "@/features/batches/mutations/undo";
import { listBatches } from "@/features/batches/queries";
import { reviseStatement, withdrawStatement } from "@/features/statements/mutations";
import { getStatement, statementSnapshot } from "@/features/statements/queries/statement";
import type { Caller } from "@/lib/auth/caller";
import type { Permission } from "@/lib/auth/permissions";
import { write } from "@/lib/db";
import { useDatabase } from "@/tests/support/database";
import { dialogue, person, say, type Person } from "@/tests/support/record";

const database = useDatabase("reference");

/** Somebody whose writes belong to one act, and its id. */
async function acting(by: Person, title: string): Promise<{ by: Person; id: string }> {
  const { id } = await write(by.may("import:run"), async (tx) => {
    const opened = await openBatch(tx, by.may("import:run"), "bulk_edit", title);
    return { id: opened.id };
  });
  const may = <P extends Permission>(permission: P): Caller<P> => ({ ...by.may(permission), batchId: id });
  return { by: { ...by, may }, id };
}

const faults = () => database.sql("select * from audit_chain_faults()");
const snapshotOf = async (by: Person, id: string) => statementSnapshot(await getStatement(by.may("record:read"), id));

test("statements: recorded are withdrawn, revised and withdrawn are as before, each with its event", async () => {
  const analyst = await person();
  const { slug } = await dialogue(analyst);
  const parties = [
    { basis: "group", group: "nordic", exclude: ["FIN"] },
    { basis: "aligned", actor: "ALB" },
  ];
  const revised = await say(analyst, slug, { speaker: "DNK", represents: parties, note: "as it was", language: "en" });
  const withdrawn = await say(analyst, slug, { speaker: "FRA", person: { name: "A person", title: "A title" } });
  const before = [await snapshotOf(analyst, revised.id), await snapshotOf(analyst, withdrawn.id)];

  const act = await acting(analyst, "Several changes");
  const recorded = await say(act.by, slug, { speaker: "DEU" });
  const change = { role: "joint_statement", represents: [{ basis: "own" }], note: null, speaker: "SWE" } as const;
  const once = await reviseStatement(act.by.may("statement:record"), revised.id, 1, {
    ...change,
    represents: [{ basis: "own" }],
  });
  await reviseStatement(act.by.may("statement:record"), revised.id, once.version, { language: "fr" });
  await withdrawStatement(act.by.may("statement:record"), withdrawn.id, 1, "A mistake");

  expect(await undoBatch(analyst.may("import:run"), act.id)).toMatchObject({ title: "Several changes", records: 3 });
  expect([await snapshotOf(analyst, revised.id), await snapshotOf(analyst, withdrawn.id)]).toEqual(before);
  expect((await getStatement(analyst.may("record:read"), recorded.id)).withdrawn).toMatchObject({
    reason: "Undone: Several changes",
  });
  const types = [];
  for (const { id } of [recorded, revised, withdrawn]) {
    const [newest] = await listHistory(analyst.may("record:read"), { subjectId: id });
    const { version } = await getStatement(analyst.may("record:read"), id);
    expect(newest).toMatchObject({ reason: "Undone: Several changes", by: analyst.name, version });
    types.push(newest?.type);
  }
  expect(types).toEqual(["statement.withdrawn", "statement.revised", "statement.restored"]);
  expect(await faults()).toEqual([]);
  await expect(undoBatch(analyst.may("import:run"), act.id)).rejects.toThrow("This was undone already.");
  const { batches } = await listBatches(analyst.may("import:run"), { page: 1, size: 10 });
  expect(batches).toMatchObject([{ id: act.id, records: 4, undone: { by: analyst.name } }]);
});

test("memberships and actors: recorded are removed, revised as before, removed are there again", async () => {
  const analyst = await person();
  const member = (input: object) =>
    recordMembership(analyst.may("actor:edit"), "nordic", membershipInput.parse({ source: "A test", ...input }));
  const revised = await member({ member: "FRA", from: "1990-01-01", until: "1990-12-31" });
  const removed = await member({ member: "DEU", knownOn: "1991-02-03", until: "1992-01-01", note: "Once" });
  const actor = await recordActor(
    analyst.may("actor:edit"),
    actorInput.parse({
      kind: "group",
      slug: "testers",
      name: "Testers",
      names: [{ name: "Les Testeurs", language: "fr" }],
    }),
  );

  const act = await acting(analyst, "Members");
  const editor = act.by.may("actor:edit");
  const made = await recordActor(editor, actorInput.parse({ kind: "group", slug: "made", name: "Made" }));
  await recordMembership(editor, "made", membershipInput.parse({ member: "FRA", source: "A test" }));
  await reviseMembership(editor, "nordic", revised.id, 1, { until: "1990-06-30", source: "Another" });
  await removeMembership(editor, "nordic", removed.id, 1, "A mistake");
  await reviseActor(editor, "testers", 1, { name: "Examiners", note: "New", names: [] });

  await undoBatch(analyst.may("import:run"), act.id);
  const rows = (ids: string[]) =>
    database.sql(
      `select id, valid_from::text, valid_until::text, known_on::text, source, note from membership where id = any($1) order by id`,
      [ids],
    );
  expect(await rows([revised.id, removed.id])).toEqual([
    {
      id: revised.id,
      valid_from: "1990-01-01",
      valid_until: "1990-12-31",
      known_on: null,
      source: "A test",
      note: null,
    },
    {
      id: removed.id,
      valid_from: null,
      valid_until: "1992-01-01",
      known_on: "1991-02-03",
      source: "A test",
      note: "Once",
    },
  ]);
  expect(await database.sql("select from actor where id = $1", [made.id])).toEqual([]);
  expect(
    await database.sql("select name, kind::text, language, folded from actor_name where actor_id = $1 order by name", [
      actor.id,
    ]),
  ).toEqual([
    { name: "Les Testeurs", kind: "alias", language: "fr", folded: "les testeurs" },
    { name: "Testers", kind: "short", language: "en", folded: "testers" },
  ]);
  expect(await faults()).toEqual([]);
});

test("refuses and lists what, when a record was changed since, or is needed by another", async () => {
  const analyst = await person();
  const { slug } = await dialogue(analyst);
  const act = await acting(analyst, "Two statements");
  const [first, second] = [await say(act.by, slug, { speaker: "NOR" }), await say(act.by, slug, { speaker: "ISL" })];
  await reviseStatement(analyst.may("statement:record"), second.id, 1, { note: "A later change" });
  await expect(undoBatch(analyst.may("import:run"), act.id)).rejects.toMatchObject({
    code: "CONFLICT",
    issues: [{ message: expect.stringMatching(/^The statement of ISL was revised, by .* on /) as string }],
  });
  expect((await getStatement(analyst.may("record:read"), first.id)).withdrawn).toBeNull();

  const other = await acting(analyst, "An actor");
  const made = await recordActor(
    other.by.may("actor:edit"),
    actorInput.parse({ kind: "un_office", slug: "office", name: "Office" }),
  );
  await say(analyst, slug, { speaker: made.slug });
  await expect(undoBatch(analyst.may("import:run"), other.id)).rejects.toMatchObject({
    code: "CONFLICT",
    issues: [{ message: "Office is named by 1 record by now." }],
  });
});

test("an analyst undoes their own acts, a reviewer everybody's", async () => {
  const [analyst, other, reviewer] = [await person(), await person(), await person("reviewer")];
  const { slug } = await dialogue(analyst);
  const act = await acting(analyst, "Somebody's act");
  await say(act.by, slug, { speaker: "NOR" });
  await expect(undoBatch(other.may("import:run"), act.id)).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect((await listBatches(other.may("import:run"), { page: 1, size: 10 })).total).toBe(0);
  await undoBatch(reviewer.may("import:run"), act.id);
});
