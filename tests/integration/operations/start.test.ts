import { spawn, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startOf } from "@/scripts/lock.mjs";
import { dataFolder, startProduct, type Product } from "@/tests/support/product";

const BUILD_AND_START = 600_000;

type Ended = { code: number | null; errors: string; output: string };

/** Starts the product and waits until it ends by itself. */
function refusedStart(settings: Record<string, string>): Promise<Ended> {
  const { DATABASE_URL: _, APP_URL: __, ...rest } = process.env;
  const env = { ...rest, SEED: "none", ...settings } as NodeJS.ProcessEnv;
  const child = spawn(process.execPath, ["scripts/start.mjs"], { env, stdio: ["ignore", "pipe", "pipe"] });
  const ended: Ended = { code: null, errors: "", output: "" };
  child.stdout.on("data", (chunk) => (ended.output += String(chunk)));
  child.stderr.on("data", (chunk) => (ended.errors += String(chunk)));
  return new Promise((resolve) => child.once("close", (code) => resolve({ ...ended, code })));
}

async function freePort(): Promise<string> {
  const probe = net.createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => probe.once("listening", resolve));
  const { port } = probe.address() as net.AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return String(port);
}

let data: Awaited<ReturnType<typeof dataFolder>>;
beforeAll(async () => {
  data = await dataFolder();
});
afterAll(() => data.remove());

describe("a start that cannot succeed ends with one sentence", () => {
  test.each([
    [{ PORT: "http" }, "PORT must be a whole number from 1 to 65535."],
    [{ SEED: "everything" }, "SEED must be record, reference or none."],
    [{ APP_URL: "rostrum.example.org" }, "APP_URL must be an address like https://rostrum.example.org."],
    [{ AUTH_SECRET: "short" }, "AUTH_SECRET must have at least 32 characters."],
    [{ SMTP_URL: "mail.example.org" }, "SMTP_URL must be an address like smtps://user:password@mail.example.org:465."],
    [{ SMTP_URL: "smtp://mail.example.org" }, "SMTP_URL and MAIL_FROM must be set together, or neither."],
    [{ DIGEST_HOUR: "24" }, "DIGEST_HOUR must be a whole hour from 0 to 23, in UTC."],
    [{ ADMIN_EMAIL: "analyst@example.org" }, "ADMIN_EMAIL and ADMIN_PASSWORD must be set together, or neither."],
    [
      { DATABASE_URL: "mysql://a@b/c" },
      "DATABASE_URL must be an address like postgresql://user:password@host:5432/database.",
    ],
    [{ DATABASE_URL: "postgresql://a:secret@127.0.0.1:1/c" }, "DATABASE_URL: nothing listens at 127.0.0.1:1."],
    [{ DATA_DIR: "/proc/rostrum" }, "DATA_DIR: the folder /proc/rostrum cannot be written (ENOENT)."],
    [{ HOST: "203.0.113.7" }, "HOST 203.0.113.7 is not an address of this machine."],
  ])("%j", async (settings, sentence) => {
    const { code, errors } = await refusedStart({ DATA_DIR: data.folder, PORT: await freePort(), ...settings });
    expect({ code, errors: errors.trim() }).toEqual({ code: 1, errors: sentence });
  });

  test("a port that is taken, whose owner is left alone", async () => {
    const stranger = net.createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => stranger.once("listening", resolve));
    const { port } = stranger.address() as net.AddressInfo;
    const { code, errors } = await refusedStart({ DATA_DIR: data.folder, PORT: String(port) });
    expect({ code, errors: errors.trim() }).toEqual({
      code: 1,
      errors: `PORT ${port} on 127.0.0.1 is taken by another program; stop it, or set PORT to another number.`,
    });
    expect(stranger.listening).toBe(true);
    stranger.close();
  });
});

describe("the product", { timeout: BUILD_AND_START }, () => {
  let settings: { DATA_DIR: string; PORT: string; SEED: string };
  let product: Product;
  const children: ChildProcess[] = [];
  const ready = () =>
    fetch(`${product.url}/api/health/ready`).then(
      ({ status }) => status,
      () => 0,
    );
  const postmaster = () =>
    Number(fs.readFileSync(path.join(settings.DATA_DIR, "postgres/postmaster.pid"), "utf8").split("\n")[0]);
  const databaseLog = () => fs.readFileSync(path.join(settings.DATA_DIR, "postgres.log"), "utf8").trimEnd();

  beforeAll(async () => {
    settings = { DATA_DIR: data.folder, PORT: await freePort(), SEED: "reference" };
    product = await startProduct(settings);
  }, BUILD_AND_START);

  afterAll(async () => {
    await product.stop();
    for (const child of children) child.kill("SIGKILL");
  });

  test("is ready, offers a link to the first account, and keeps its secret to itself", async () => {
    expect(await ready()).toBe(200);
    expect(await (await fetch(`${product.url}/api/health/ready`)).json()).toEqual({
      status: "ok",
      checks: { serving: "ok", database: "ok", migrations: "ok", pool: "ok" },
    });
    expect((await fetch(`${product.url}/api/health/live`)).status).toBe(200);
    expect(product.output()).toContain(`${product.url}/set-up/`);
    expect(fs.statSync(path.join(settings.DATA_DIR, "auth-secret")).mode & 0o077).toBe(0);
  });

  test("answers strangers with headers, whatever they ask", async () => {
    for (const [method, address, status] of [
      ["GET", "/sign-in", 200],
      ["GET", "/no-such-page", 307],
      ["GET", "/api/no-such-address", 404],
      ["GET", "/_next/static/no-such-file.js", 404],
      ["DELETE", "/sign-in", 405],
    ] as const) {
      const answer = await fetch(`${product.url}${address}`, { method, redirect: "manual" });
      expect([address, answer.status]).toEqual([address, status]);
      expect(answer.headers.get("content-security-policy")).toMatch(/frame-ancestors 'none'/);
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      expect(answer.headers.get("x-powered-by")).toBeNull();
    }
    const page = await fetch(`${product.url}/sign-in`);
    expect(page.headers.get("content-security-policy")).toMatch(/script-src 'nonce-[^']+' 'strict-dynamic'/);
    expect(page.headers.get("cache-control")).toContain("no-store");
  });

  test("is not started twice on one folder: the second says so and touches nothing", async () => {
    const { code, errors } = await refusedStart({ ...settings, PORT: await freePort() });
    expect({ code, errors: errors.trim() }).toEqual({
      code: 1,
      errors: `Rostrum is already running on the data folder ${settings.DATA_DIR} (process ${product.pid}); stop it first, or set DATA_DIR to another folder.`,
    });
    expect(await ready()).toBe(200);
  });

  test("serves again after its database was killed, without a restart", async () => {
    process.kill(postmaster(), "SIGKILL");
    const until = Date.now() + 20_000;
    await sleep(1100);
    while ((await ready()) !== 200 && Date.now() < until) await sleep(200);
    expect(await ready()).toBe(200);
    expect((await fetch(`${product.url}/sign-in`)).status).toBe(200);
  });

  test("leaves only an orphan behind when it is killed, and the next start takes its place", async () => {
    await product.kill();
    const orphan = postmaster();
    expect(startOf(orphan)).not.toBeNull();
    product = await startProduct(settings);
    expect(product.output()).toContain("Stopping the database that an earlier run left behind");
    expect(startOf(orphan)).toBeNull();
    expect(await ready()).toBe(200);
  });

  test("says that it is about to stop, ends within 20 seconds with code 0, and stops its database cleanly", async () => {
    const from = Date.now();
    const { pid } = product;
    process.kill(pid, "SIGTERM");
    await sleep(300);
    expect(await ready()).toBe(503);
    expect(await product.stop()).toBe(0);
    expect(Date.now() - from).toBeLessThan(20_000);
    expect(databaseLog()).toMatch(/database system is shut down$/);
    product = await startProduct(settings);
    expect(product.output()).not.toContain("Loading");
    expect(product.output()).not.toContain("Migrating");
  });
});
