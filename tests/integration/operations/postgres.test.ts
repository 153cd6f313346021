import { spawn, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type pg from "pg";
import { afterEach, describe, expect, test } from "vitest";
import { withClient } from "@/scripts/db";
import { ROOT } from "@/scripts/install.mjs";
import { startOf } from "@/scripts/lock.mjs";
import { runningPostgres, startPostgres, type RunningPostgres } from "@/scripts/postgres";

const folders: string[] = [];
const servers: RunningPostgres[] = [];
const children: ChildProcess[] = [];

function folder(): string {
  const made = fs.mkdtempSync(path.join(os.tmpdir(), "rostrum-ops-"));
  folders.push(made);
  return path.join(made, "data");
}

async function start(dataDir: string): Promise<RunningPostgres> {
  const server = await startPostgres({ dataDir, unsafeFast: true });
  servers.push(server);
  return server;
}

/** Another process that starts the server of a data folder and holds it until it is killed. */
async function startElsewhere(dataDir: string): Promise<{ child: ChildProcess; said: string }> {
  const file = pathToFileURL(path.join(ROOT, "scripts/postgres.ts")).href;
  const code = `const { startPostgres } = await import(${JSON.stringify(file)});
    try { await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, unsafeFast: true }); console.log("started"); setInterval(() => {}, 1000); }
    catch (error) { console.log(error.message); process.exit(1); }`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", code], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const said = await new Promise<string>((resolve) =>
    child.stdout?.once("data", (line) => resolve(String(line).trim())),
  );
  return { child, said };
}

const one = async <T>(url: string, sql: string): Promise<T | undefined> =>
  (await withClient(url, (client) => client.query<{ answer: T }>(sql))).rows[0]?.answer;

const postmasterOf = (dataDir: string) =>
  Number(fs.readFileSync(path.join(dataDir, "postgres/postmaster.pid"), "utf8").split("\n")[0]);

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const server of servers.splice(0)) await server.stop();
  for (const made of folders.splice(0)) fs.rmSync(made, { recursive: true, force: true });
});

describe("the embedded Postgres", () => {
  test("lets nobody in without a password, and sends none in clear", async () => {
    const dataDir = folder();
    const { appUrl, superUrl } = await start(dataDir);
    const wrong = new URL(appUrl);
    wrong.password = "wrong";
    await expect(one(wrong.href, "select 1")).rejects.toMatchObject({ code: "28P01" });
    const rules = fs.readFileSync(path.join(dataDir, "postgres/pg_hba.conf"), "utf8").match(/^(local|host).*$/gm) ?? [];
    expect(rules.length).toBeGreaterThan(0);
    expect(rules.filter((rule) => !rule.endsWith("scram-sha-256"))).toEqual([]);
    expect(
      await one(
        superUrl,
        "select bool_and(rolpassword like 'SCRAM-SHA-256$%') as answer from pg_authid where rolcanlogin",
      ),
    ).toBe(true);
    expect(await one(superUrl, "select current_setting('listen_addresses') as answer")).toBe("127.0.0.1");
  });

  test("keeps its passwords where only their owner reads them, and leaves none behind", async () => {
    const dataDir = folder();
    await start(dataDir);
    expect(fs.statSync(path.join(dataDir, "postgres.json")).mode & 0o077).toBe(0);
    expect(fs.statSync(path.join(dataDir, "postgres")).mode & 0o077).toBe(0);
    expect(fs.statSync(dataDir).mode & 0o007).toBe(0);
    expect(fs.readdirSync(path.join(dataDir, "tmp"))).toEqual([]);
  });

  test("gives the application a role that owns nothing and makes nothing", async () => {
    const { appUrl } = await start(folder());
    expect(
      await one(
        appUrl,
        "select rolsuper or rolcreatedb or rolcreaterole or rolbypassrls or rolreplication as answer from pg_roles where rolname = current_user",
      ),
    ).toBe(false);
    expect(
      await one(
        appUrl,
        "select count(*)::int as answer from pg_shdepend where refobjid = current_user::regrole and deptype = 'o'",
      ),
    ).toBe(0);
    await expect(one(appUrl, "create table mine (id int)")).rejects.toMatchObject({ code: "42501" });
  });

  test("replaces the server that a killed process left behind", async () => {
    const dataDir = folder();
    const { child, said } = await startElsewhere(dataDir);
    expect(said).toBe("started");
    const orphan = postmasterOf(dataDir);
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("exit", resolve));
    expect(startOf(orphan)).not.toBeNull();
    const { appUrl } = await start(dataDir);
    expect(postmasterOf(dataDir)).not.toBe(orphan);
    expect(startOf(orphan)).toBeNull();
    expect(await one(appUrl, "select 1 as answer")).toBe(1);
  });

  test("of two starts at once on one folder serves one, and the other says so", async () => {
    const dataDir = folder();
    const both = await Promise.all([startElsewhere(dataDir), startElsewhere(dataDir)]);
    const said = both.map((start) => start.said).sort();
    expect(said[1]).toBe("started");
    expect(said[0]).toMatch(
      /^Rostrum is already (starting|running) on the data folder .* set DATA_DIR to another folder\.$/,
    );
    expect(runningPostgres(dataDir)).not.toBeNull();
  });

  test("takes another port when a stranger holds the one it had", async () => {
    const dataDir = folder();
    const before = await startPostgres({ dataDir, unsafeFast: true });
    await before.stop();
    const stranger = net.createServer().listen(before.port, "127.0.0.1");
    await new Promise((resolve) => stranger.once("listening", resolve));
    try {
      const after = await start(dataDir);
      expect(after.port).not.toBe(before.port);
      expect(await one(after.appUrl, "select 1 as answer")).toBe(1);
      expect(stranger.listening).toBe(true);
    } finally {
      stranger.close();
    }
  });

  test("comes back on the same port when the server is killed", async () => {
    const dataDir = folder();
    const { appUrl } = await start(dataDir);
    process.kill(postmasterOf(dataDir), "SIGKILL");
    // Its last workers have to end and its log to be replayed, while other tests use the machine.
    const until = Date.now() + 80_000;
    let answer: number | undefined;
    while (answer !== 1 && Date.now() < until) {
      await sleep(100);
      answer = await one<number>(appUrl, "select 1 as answer").catch(() => undefined);
    }
    expect(answer).toBe(1);
  }, 90_000);

  test("starts although another program has the number that it had, and leaves that program alone", async () => {
    const dataDir = folder();
    const before = await startPostgres({ dataDir, unsafeFast: true });
    const file = path.join(dataDir, "postgres/postmaster.pid");
    const [, ...rest] = fs.readFileSync(file, "utf8").split("\n");
    await before.stop();
    // As the user of the server, whose processes Postgres takes seriously.
    const { uid, gid } = fs.statSync(path.join(dataDir, "postgres"));
    const bystander = spawn("sleep", ["60"], { stdio: "ignore", uid, gid });
    children.push(bystander);
    fs.writeFileSync(file, [bystander.pid, ...rest].join("\n"), { mode: 0o600 });
    fs.chownSync(file, uid, gid);
    expect(runningPostgres(dataDir)).toBeNull();
    const { appUrl } = await start(dataDir);
    expect(await one(appUrl, "select 1 as answer")).toBe(1);
    expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
  });

  test("loses no acknowledged write when it is killed", async () => {
    const dataDir = folder();
    const server = await startPostgres({ dataDir });
    servers.push(server);
    await withClient(server.ownerUrl, (client: pg.Client) => client.query("create table kept as select 42 as answer"));
    process.kill(postmasterOf(dataDir), "SIGKILL");
    const until = Date.now() + 20_000;
    let answer: number | undefined;
    while (answer === undefined && Date.now() < until) {
      await sleep(100);
      answer = await one<number>(server.ownerUrl, "select answer from kept").catch(() => undefined);
    }
    expect(answer).toBe(42);
  });
});
