import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { useDatabase } from "@/tests/support/database";

const database = useDatabase("empty");
const run = promisify(execFile);

function seed(...args: string[]) {
  return run(process.execPath, ["scripts/run.mjs", "scripts/seed.ts", ...args], {
    env: { ...process.env, DATABASE_URL: database.appUrl },
  });
}

async function count(table: string): Promise<number> {
  const [row] = await database.sql<{ count: string }>(`SELECT count(*) FROM ${table}`);
  return Number(row?.count);
}

// The tests follow each other on one database: empty, refused, loaded, loaded again. Each starts processes of its own.
describe("scripts/seed.ts", { timeout: 240_000 }, () => {
  it("refuses what it does not know in one line and loads nothing", async () => {
    await expect(seed("everything")).rejects.toMatchObject({
      stderr: "Say what to load: record, reference or codebook.\n",
    });
    expect(await count("actor")).toBe(0);
  });

  it("loads all or nothing: a record that fails at its end leaves no actor and no event", async () => {
    await database.sql("ALTER TABLE exclusion ADD CONSTRAINT broken_on_purpose CHECK (false)");
    await expect(seed("record")).rejects.toThrow("Command failed");
    const tables = ["actor", "actor_name", "membership", "dialogue", "statement", "audit_event"];
    expect(await Promise.all(tables.map(count))).toEqual(tables.map(() => 0));
    await database.sql("ALTER TABLE exclusion DROP CONSTRAINT broken_on_purpose");
  });

  it("fills an empty database when two start at once, one of them, in one line each", async () => {
    const both = await Promise.all([seed("record"), seed("record")]);
    expect(both.map(({ stdout }) => stdout).sort()).toEqual([
      expect.stringMatching(
        /^Loaded 238 actors with .+ names, 641 memberships, 29 issues of the codebook, 16 dialogues with 198 statements, 141 .+\.\n$/,
      ),
      "The database is not empty: nothing was loaded.\n",
    ]);
    expect(await count("report")).toBe(17);
    expect(await count("meeting")).toBe(26);
    expect(await count("exclusion")).toBe(1);
  });

  it("does nothing the second time", async () => {
    const events = await count("audit_event");
    const { stdout } = await seed("reference");
    expect(stdout).toBe("The database is not empty: nothing was loaded.\n");
    expect(await count("audit_event")).toBe(events);
    expect(await count("actor")).toBe(238);
  });

  it("recorded one event for each row with a history, by the system, and none without its row", async () => {
    const rows = await database.sql<{ type: string; events: string; subjects: string }>(`
      SELECT type, count(*) AS events, count(DISTINCT subject_id) AS subjects FROM audit_event
      WHERE user_id IS NULL AND before IS NULL AND after IS NOT NULL AND version = 1 GROUP BY type`);
    const counts = Object.fromEntries(
      rows.map(({ type, events, subjects }) => [type, [Number(events), Number(subjects)]]),
    );
    expect(counts).toEqual({
      "actor.recorded": [238, 238],
      "membership.recorded": [641, 641],
      "report.recorded": [17, 17],
      "dialogue.recorded": [16, 16],
      "figure.recorded": [141, 141],
      "codebook.published": [1, 1],
      "vote.recorded": [1, 1],
      "statement.recorded": [198, 198],
      "position.recorded": [171, 171],
    });
    const [stray] = await database.sql<{ count: string }>(`
      SELECT count(*) FROM audit_event event WHERE NOT EXISTS (
        SELECT FROM actor WHERE id = event.subject_id UNION ALL SELECT FROM membership WHERE id = event.subject_id
        UNION ALL SELECT FROM report WHERE id = event.subject_id UNION ALL SELECT FROM dialogue WHERE id = event.subject_id
        UNION ALL SELECT FROM published_figure WHERE id = event.subject_id
        UNION ALL SELECT FROM codebook_version WHERE id = event.subject_id UNION ALL SELECT FROM statement WHERE id = event.subject_id
        UNION ALL SELECT FROM position WHERE id = event.subject_id UNION ALL SELECT FROM recorded_vote WHERE id = event.subject_id)`);
    expect(stray?.count).toBe("0");
  });

  it("gives a database that was filled before there was a codebook its first version, once", async () => {
    await database.sql("DELETE FROM position");
    await database.sql("DELETE FROM crosswalk_step");
    await database.sql("DELETE FROM codebook_version");
    expect((await seed("codebook")).stdout).toBe("Loaded 29 issues of the codebook.\n");
    expect((await seed("codebook")).stdout).toBe("There is a codebook: nothing was loaded.\n");
    expect(await count("issue_definition")).toBe(29);
  });

  it("gives rows ids that sort as the files do: the official name of an actor comes first", async () => {
    const names = await database.sql<{ name: string }>(`
      SELECT name FROM actor_name WHERE actor_id = (SELECT id FROM actor WHERE iso3 = 'IRN') ORDER BY id LIMIT 2`);
    expect(names.map(({ name }) => name)).toEqual(["Iran (Islamic Republic of)", "Iran"]);
  });
});
