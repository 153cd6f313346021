import { beforeAll, describe, expect, it } from "vitest";
import { markRead, stopWatching, watch } from "@/features/audit/mutations/watches";
import { countUnread, loadInbox } from "@/features/audit/queries/inbox";
import { isWatched, listWatches } from "@/features/audit/queries/watches";
import type { News, WatchKind } from "@/features/audit/schema";
import { newsInWords } from "@/features/audit/formats/news";
import { undoBatch } from "@/features/batches/mutations/undo";
import { codeStatement } from "@/features/positions/mutations";
import { positionsInput } from "@/features/positions/schema";
import { importParticipants } from "@/features/statements/mutations/participants";
import { withClient } from "@/scripts/db";
import { statementInput } from "@/features/statements/schema";
import { useDatabase } from "@/tests/support/database";
import { dialogue, person, say, type Person } from "@/tests/support/record";

const database = useDatabase("reference");
let reader: Person;
let analyst: Person;

beforeAll(async () => {
  reader = await person("viewer");
  analyst = await person("analyst");
});

const own = (who: Person) => who.may("watch:own");
const inbox = async (who: Person, query: Parameters<typeof loadInbox>[1] = {}): Promise<News[]> =>
  (await loadInbox(own(who), query, 50)).news;
const words = async (who: Person) => (await inbox(who)).map(newsInWords);

async function idOf(kind: WatchKind, ref: string): Promise<string> {
  const queries = {
    actor: "select id from actor where slug = $1 or iso3 = $1",
    issue: "select issue_id as id from issue_definition where code = $1",
    dialogue: "select id from dialogue where slug = $1",
  };
  return (await database.sql<{ id: string }>(queries[kind], [ref]))[0]?.id ?? "";
}
const watching = async (who: Person, kind: WatchKind, ref: string) => watch(own(who), kind, await idOf(kind, ref));

describe("the inbox", () => {
  it("tells what others did to what is watched, since it is watched, and to whom that matters", async () => {
    const here = await dialogue(analyst);
    await say(analyst, here.slug, { speaker: "SWE" });
    await watching(reader, "actor", "DNK");
    await watching(reader, "actor", "nordic");
    await watching(reader, "dialogue", here.slug);
    expect(await inbox(reader)).toEqual([]);

    const represents = [{ basis: "own" }, { basis: "group", group: "nordic" }];
    const { id } = await say(analyst, here.slug, { speaker: "DNK", represents });
    await say(analyst, here.slug, { speaker: "CUB" });
    const [newest, before] = await inbox(reader);
    expect(newest && newsInWords(newest)).toBe(`${analyst.name} recorded a statement by Cuba`);
    expect(newest?.touched.map(({ name }) => name)).toEqual([here.title]);
    expect(before).toMatchObject({ about: "Denmark", unread: true, href: `/dialogues/${here.slug}/statements/${id}` });
    // Denmark, the group for which it spoke and the dialogue; one act, one entry.
    expect(before?.touched.map(({ kind }) => kind).sort()).toEqual(["actor", "actor", "dialogue"]);
    expect(await countUnread(own(reader))).toBe(2);

    const onlyNordic = await inbox(reader, { of: { kind: "actor", subject: await idOf("actor", "nordic") } });
    expect(onlyNordic).toHaveLength(1);
    // A member of the group is not told: it did not speak, and is not named.
    const norwegian = await person("viewer");
    await watching(norwegian, "actor", "NOR");
    await say(analyst, here.slug, { speaker: "SWE", represents: [{ basis: "group", group: "nordic" }] });
    expect(await inbox(norwegian)).toEqual([]);
  });

  it("never tells people of their own acts", async () => {
    const here = await dialogue(analyst);
    await watching(analyst, "dialogue", here.slug);
    await watching(reader, "dialogue", here.slug);
    const seen = await countUnread(own(reader));
    await say(analyst, here.slug, { speaker: "SWE" });
    expect(await countUnread(own(analyst))).toBe(0);
    expect(await inbox(analyst)).toEqual([]);
    expect(await countUnread(own(reader))).toBe(seen + 1);
  });

  it("tells a coding to its dialogue and speaker once, and each issue its own position", async () => {
    const coder = await person("analyst");
    const [here, onIssue] = [await dialogue(analyst), await person("viewer")];
    const { id } = await say(analyst, here.slug, { speaker: "DNK" });
    const onDialogue = await person("viewer");
    await watching(onDialogue, "dialogue", here.slug);
    await watching(onIssue, "issue", "formal_agenda");
    const codes = (
      await database.sql<{ code: string }>(
        "select distinct code from issue_definition where code <> 'formal_agenda' limit 1",
      )
    ).map(({ code }) => code);
    await codeStatement(
      coder.may("position:code"),
      id,
      null,
      positionsInput.parse(
        ["formal_agenda", ...codes].map((issue) => ({ issue, value: "support", noQuoteReason: "Heard in the room" })),
      ),
    );
    expect(await words(onDialogue)).toEqual([`${coder.name} coded a statement by Denmark`]);
    expect(await words(onIssue)).toEqual([`${coder.name} coded a position: Denmark, supports`]);
  });

  it("tells an act of many changes as one, and its undoing", async () => {
    const [here, onlooker] = [await dialogue(analyst), await person("viewer")];
    await watching(onlooker, "dialogue", here.slug);
    await watching(onlooker, "actor", "FIN");
    const rows = ["DNK", "FIN", "NOR", "ISL"].map((speaker) => statementInput.parse({ speaker }));
    const { batch } = await importParticipants(analyst.may("statement:record"), here.slug, rows);
    const [entry, ...more] = await inbox(onlooker);
    expect(more).toEqual([]);
    expect(entry?.batch).not.toBeNull();
    expect(entry?.touched).toHaveLength(2);
    await undoBatch(analyst.may("import:run"), batch);
    expect((await words(onlooker))[0]).toBe(`${analyst.name} undid: ${entry?.batch}`);
    expect(await inbox(onlooker)).toHaveLength(2);
  });

  it("is read up to what its reader saw, and not beyond", async () => {
    const [here, one] = [await dialogue(analyst), await person("viewer")];
    await watching(one, "dialogue", here.slug);
    await say(analyst, here.slug, { speaker: "DNK" });
    const { head } = await loadInbox(own(one), {}, 50);
    await say(analyst, here.slug, { speaker: "SWE" });
    await markRead(own(one), BigInt(head));
    expect(await countUnread(own(one))).toBe(1);
    expect((await inbox(one)).map(({ unread }) => unread)).toEqual([true, false]);
    expect(await inbox(one, { show: "unread" })).toHaveLength(1);
    // Never back, and never past what has happened.
    await markRead(own(one), 1n);
    expect(await countUnread(own(one))).toBe(1);
    await markRead(own(one), 999_999_999n);
    await say(analyst, here.slug, { speaker: "NOR" });
    expect(await countUnread(own(one))).toBe(1);
  });

  it("shows an act as new that was begun before the reader's mark and came to be seen after it", async () => {
    const [here, one] = [await dialogue(analyst), await person("viewer")];
    await watching(one, "dialogue", here.slug);
    await withClient(database.ownerUrl, async (slow) => {
      await slow.query("begin");
      await slow.query(
        `with event as (insert into audit_event (type, subject_type, subject_id, dialogue_id, user_name)
           values ('dialogue.revised', 'dialogue', $1, $1, 'Analyst Two') returning id)
         insert into audit_subject (kind, subject_id, act, event_id, rank)
           select 'dialogue', $1, gen_random_uuid(), id, 45 from event`,
        [here.id],
      );
      await say(analyst, here.slug, { speaker: "DNK" });
      await markRead(own(one), BigInt((await loadInbox(own(one), {}, 50)).head));
      expect(await countUnread(own(one))).toBe(0);
      await slow.query("commit");
    });
    expect(await inbox(one, { show: "unread" })).toMatchObject([{ by: "Analyst Two" }]);
  });

  it("goes on with an actor that was merged into another", async () => {
    const one = await person("viewer");
    await database.sql(
      `insert into actor (id, kind, slug, merged_into_id) select gen_random_uuid(), 'group', 'old-one', id from actor where slug = 'nordic'`,
    );
    await watching(one, "actor", "old-one");
    const here = await dialogue(analyst);
    await say(analyst, here.slug, { speaker: "DNK", represents: [{ basis: "group", group: "nordic" }] });
    expect(await inbox(one)).toHaveLength(1);
  });
});

describe("a watch", () => {
  it("is one for each person and thing, begins with nothing new, and ends", async () => {
    const one = await person("viewer");
    const [here, denmark] = [await dialogue(analyst), await idOf("actor", "DNK")];
    await Promise.all([1, 2].map(() => watching(one, "dialogue", here.slug)));
    await watching(one, "actor", "DNK");
    expect((await listWatches(own(one))).map(({ name }) => name)).toEqual(["Denmark", here.title]);
    expect(await isWatched(own(one), "actor", denmark)).toBe(true);
    await stopWatching(own(one), "actor", denmark);
    await stopWatching(own(one), "actor", denmark);
    expect(await isWatched(own(one), "actor", denmark)).toBe(false);
    expect(await listWatches(own(one))).toHaveLength(1);
  });

  it("is of something that there is", async () => {
    await expect(watch(own(reader), "issue", await idOf("actor", "DNK"))).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("is one of at most 200", async () => {
    const one = await person("viewer");
    await database.sql(
      "insert into watch (user_id, kind, subject_id, since) select $1, 'actor', id, 0 from actor limit 200",
      [own(one).userId],
    );
    await expect(watching(one, "dialogue", (await dialogue(analyst)).slug)).rejects.toMatchObject({ code: "TOO_MANY" });
  });
});
