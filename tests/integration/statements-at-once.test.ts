import { beforeAll, describe, expect, it } from "vitest";
import type { DialogueDto } from "@/features/dialogues/queries";
import { restoreStatement, reviseStatement, withdrawStatement } from "@/features/statements/mutations";
import { getStatement, listStatements, type StatementDetail } from "@/features/statements/queries/statement";
import { DomainError } from "@/lib/errors";
import { useDatabase } from "@/tests/support/database";
import { dialogue, person, say, type Person } from "@/tests/support/record";

const database = useDatabase("reference");
let analyst: Person;
let other: Person;

beforeAll(async () => {
  [analyst, other] = [await person(), await person()];
});

const SPEAKERS = "AFG ALB DZA AND AGO ATG ARG ARM AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BTN".split(" ");

async function orders({ id }: DialogueDto): Promise<[string, number][]> {
  const { statements } = await listStatements(analyst.may("record:read"), id, { limit: 1000, withdrawn: true });
  return statements.map(({ speaker, order }) => [speaker, order]);
}

/** Events of a statement, as `type version`, the oldest first. */
async function events(id: string): Promise<string[]> {
  const rows = await database.sql<{ event: string }>(
    "select type || ' ' || version as event from audit_event where subject_id = $1 order by id",
    [id],
  );
  return rows.map(({ event }) => event);
}

type Outcome = { made: StatementDetail[]; refused: DomainError[] };

async function together(work: Promise<StatementDetail>[]): Promise<Outcome> {
  const settled = await Promise.allSettled(work);
  const made = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const refused = settled.flatMap((one) => (one.status === "rejected" ? [one.reason as DomainError] : []));
  for (const reason of refused) expect(reason).toBeInstanceOf(DomainError);
  return { made, refused };
}

describe("many at once", () => {
  it("twenty statements into one dialogue: twenty rows, places 1 to 20, twenty events", async () => {
    const here = await dialogue(analyst);
    const { made, refused } = await together(SPEAKERS.map((speaker) => say(analyst, here.slug, { speaker })));
    expect(refused).toEqual([]);
    expect(made.map(({ order }) => order).sort((a, b) => a - b)).toEqual(SPEAKERS.map((_, at) => at + 1));
    const now = await orders(here);
    expect(now.map(([speaker]) => speaker).sort()).toEqual([...SPEAKERS].sort());
    const rows = await database.sql("select from audit_event where dialogue_id = $1 and type = 'statement.recorded'", [
      here.id,
    ]);
    expect(rows).toHaveLength(20);
    expect(await database.sql("select * from audit_chain_faults()")).toEqual([]);
  });

  it("twenty statements to the first place: each is first for a moment, none is lost", async () => {
    const here = await dialogue(analyst);
    const { made } = await together(SPEAKERS.map((speaker) => say(analyst, here.slug, { speaker, order: 1 })));
    expect(made.map(({ order }) => order)).toEqual(SPEAKERS.map(() => 1));
    expect((await orders(here)).map(([, order]) => order)).toEqual(SPEAKERS.map((_, at) => at + 1));
  });

  it("moves: every statement keeps a place of its own", async () => {
    const here = await dialogue(analyst);
    const made: StatementDetail[] = [];
    for (const speaker of SPEAKERS.slice(0, 8)) made.push(await say(analyst, here.slug, { speaker }));
    const recorder = analyst.may("statement:record");
    const moves = made.map(({ id }, at) => reviseStatement(recorder, id, 1, { order: 8 - at }));
    const inserts = SPEAKERS.slice(8, 12).map((speaker) => say(other, here.slug, { speaker, order: 3 }));
    const { refused } = await together([...moves, ...inserts]);
    expect(refused).toEqual([]);
    const now = await orders(here);
    expect(now).toHaveLength(12);
    expect(new Set(now.map(([, order]) => order)).size).toBe(12);
    for (const { id } of made) expect(await events(id)).toEqual(["statement.recorded 1", "statement.revised 2"]);
  });
});

describe("one version, several writers", () => {
  it("of eight revisions one is made; the others are told what stands", async () => {
    const here = await dialogue(analyst);
    const { id } = await say(analyst, here.slug, { speaker: "DNK", note: "0" });
    const writers = [analyst, other];
    const { made, refused } = await together(
      Array.from({ length: 8 }, (_, at) =>
        reviseStatement(writers[at % 2]!.may("statement:record"), id, 1, { note: String(at) }),
      ),
    );
    expect(made).toHaveLength(1);
    expect(refused.map(({ code }) => code)).toEqual(Array.from({ length: 7 }, () => "STALE"));
    for (const { current } of refused) expect(current).toEqual(made[0]);
    expect(await getStatement(analyst.may("record:read"), id)).toEqual(made[0]);
    expect(await events(id)).toEqual(["statement.recorded 1", "statement.revised 2"]);
  });

  it("revising, withdrawing and restoring exclude each other too", async () => {
    const here = await dialogue(analyst);
    const { id } = await say(analyst, here.slug, { speaker: "DNK" });
    const recorder = analyst.may("statement:record");
    const { made, refused } = await together([
      reviseStatement(recorder, id, 1, { note: "a" }),
      withdrawStatement(recorder, id, 1, "b"),
      reviseStatement(recorder, id, 1, { represents: [{ basis: "group", group: "nordic", exclude: [] }] }),
      withdrawStatement(recorder, id, 1, "c"),
      restoreStatement(recorder, id, 1),
    ]);
    expect([made.length, refused.length]).toEqual([1, 4]);
    expect(await events(id)).toHaveLength(2);
    const rows = await database.sql("select from representation where statement_id = $1", [id]);
    expect(rows).toHaveLength(1);
  });

  it("forty notes added by writers who read, and try again when told, are all there", async () => {
    const here = await dialogue(analyst);
    const { id } = await say(analyst, here.slug, { speaker: "DNK", note: "." });
    const recorder = analyst.may("statement:record");
    async function add(mark: string): Promise<void> {
      for (;;) {
        const { version, note } = await getStatement(analyst.may("record:read"), id);
        try {
          await reviseStatement(recorder, id, version, { note: `${note}${mark}` });
          return;
        } catch (error) {
          if (!(error instanceof DomainError) || error.code !== "STALE") throw error;
        }
      }
    }
    const marks = "a b c d e f g h".split(" ");
    await Promise.all(
      marks.map(async (mark) => {
        for (let round = 0; round < 5; round += 1) await add(mark);
      }),
    );
    const { note, version } = await getStatement(analyst.may("record:read"), id);
    expect(note?.length).toBe(41);
    for (const mark of marks) expect((note ?? "").split(mark)).toHaveLength(6);
    expect(version).toBe(41);
    expect(await events(id)).toHaveLength(41);
  });

  it("a statement revised from an old version is refused with what stands now, and nothing of it is written", async () => {
    const here = await dialogue(analyst);
    const made = await say(analyst, here.slug, { speaker: "DNK" });
    const recorder = other.may("statement:record");
    const now = await reviseStatement(recorder, made.id, 1, { note: "theirs" });
    await expect(reviseStatement(recorder, made.id, 1, { note: "mine", order: 9 })).rejects.toMatchObject({
      code: "STALE",
      current: now,
    });
    await expect(withdrawStatement(recorder, made.id, 1, "mine")).rejects.toMatchObject({
      code: "STALE",
      current: now,
    });
    await expect(reviseStatement(recorder, made.id, 3, {})).rejects.toMatchObject({ code: "STALE" });
    expect(await getStatement(analyst.may("record:read"), made.id)).toEqual(now);
  });
});

describe("a request that is repeated", () => {
  it("is done once, and every repeat gets the first answer", async () => {
    const here = await dialogue(analyst);
    const send = () => say(analyst, here.slug, { speaker: "DNK" }, "once");
    const first = await send();
    expect(await send()).toEqual(first);
    const { made } = await together([send(), send(), send()]);
    expect(made).toEqual([first, first, first]);
    expect(await orders(here)).toEqual([["DNK", 1]]);
    expect(await events(first.id)).toEqual(["statement.recorded 1"]);
  });

  it("at the same time is done once too", async () => {
    const here = await dialogue(analyst);
    const { made, refused } = await together(
      Array.from({ length: 6 }, () => say(analyst, here.slug, { speaker: "DNK" }, "at once")),
    );
    expect(refused).toEqual([]);
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(await orders(here)).toEqual([["DNK", 1]]);
  });

  it("gets the first answer even when the statement has changed since", async () => {
    const here = await dialogue(analyst);
    const first = await say(analyst, here.slug, { speaker: "DNK" }, "before");
    await withdrawStatement(analyst.may("statement:record"), first.id, 1, "Twice");
    expect(await say(analyst, here.slug, { speaker: "DNK" }, "before")).toEqual(first);
  });

  it("belongs to whoever sent it: another person's equal key is another request", async () => {
    const here = await dialogue(analyst);
    const mine = await say(analyst, here.slug, { speaker: "DNK" }, "shared");
    const theirs = await say(other, here.slug, { speaker: "DNK" }, "shared");
    expect(theirs.id).not.toBe(mine.id);
  });

  it("that was refused may be sent again with the same key", async () => {
    const here = await dialogue(analyst);
    await expect(say(analyst, here.slug, { speaker: "ATL" }, "again")).rejects.toMatchObject({ code: "INVALID" });
    expect((await say(analyst, here.slug, { speaker: "DNK" }, "again")).order).toBe(1);
  });
});
