import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, describe, expect, it, vi } from "vitest";
import { findOpenLink } from "@/lib/auth/one-time-link";
import { CLIENT, PASSWORD } from "@/tests/support/people";
import { signIn } from "@/features/people/mutations/sessions";
import { scriptArguments } from "@/scripts/install.mjs";
import { useDatabase } from "@/tests/support/database";

const database = useDatabase();

/** Each start of a process takes a second, on a busy machine several. */
vi.setConfig({ testTimeout: 90_000 });

type Ended = { code: number; out: string; err: string };

/** Runs a script of the project as its npm command does, without looking again whether everything is installed. */
async function run(script: string, args: string[], settings: Record<string, string> = {}): Promise<Ended> {
  const env = { ...process.env, APP_URL: "http://rostrum.example.org", ...settings };
  const child = spawn(process.execPath, scriptArguments(script, args), { env, stdio: ["ignore", "pipe", "pipe"] });
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.on("data", (chunk) => out.push(String(chunk)));
  child.stderr.on("data", (chunk) => err.push(String(chunk)));
  const [code] = (await once(child, "close")) as [number];
  return { code, out: out.join(""), err: err.join("") };
}

describe("npm run admin", () => {
  it.each([
    ["nothing", [], "Say what to do"],
    [
      "an unknown role",
      ["user", "role", "--email", "a@example.org", "--role", "boss"],
      "viewer, analyst, reviewer, admin",
    ],
    [
      "no number of days",
      ["token", "create", "--email", "a@example.org", "--scope", "read", "--days", "x"],
      "--days: ",
    ],
    ["an unknown option", ["user", "list", "--all"], "--all"],
  ])("answers %s in one sentence, with exit code 2 and without a database", async (_, args, sentence) => {
    const { code, out, err } = await run("scripts/admin.ts", args, { DATABASE_URL: "postgresql://127.0.0.1:1/none" });
    expect(err).toContain(sentence);
    expect(err.trim().split("\n")).toHaveLength(1);
    expect({ code, out }).toEqual({ code: 2, out: "" });
  });
});

describe("the first account at a start", () => {
  afterEach(async () => {
    await database.sql(`delete from "user"`);
    await database.sql("delete from one_time_link");
  });
  const start = (settings?: Record<string, string>) => run("scripts/first-account.ts", [], settings);
  const ADMIN_EMAIL = "First@Example.org";

  it("is a link on one line, made from APP_URL; the next start replaces it", async () => {
    const secrets: string[] = [];
    for (let starts = 0; starts < 2; starts += 1) {
      const { code, out, err } = await start();
      expect({ code, err }).toEqual({ code: 0, err: "" });
      secrets.push(
        /^Make the first account at http:\/\/rostrum\.example\.org\/set-up\/(\S+) .*\n$/.exec(out)?.[1] ?? "",
      );
    }
    expect(await findOpenLink(secrets[0] ?? "")).toBeNull();
    expect(await findOpenLink(secrets[1] ?? "")).toMatchObject({ purpose: "set_up" });
  });

  it("comes from the settings; afterwards nothing is printed", async () => {
    const settings = { ADMIN_EMAIL, ADMIN_PASSWORD: PASSWORD };
    expect(await start(settings)).toEqual({ code: 0, out: "The first administrator is first@example.org.\n", err: "" });
    await expect(signIn({ email: "first@example.org", password: PASSWORD }, CLIENT)).resolves.toHaveProperty("key");
    expect(await start(settings)).toEqual({ code: 0, out: "", err: "" });
    expect(await start()).toEqual({ code: 0, out: "", err: "" });
  });

  it("is refused in one sentence when its password is too weak", async () => {
    const { code, out, err } = await start({ ADMIN_EMAIL, ADMIN_PASSWORD: "password1234" });
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(/^ADMIN_PASSWORD: This password is among the first that a guesser tries\..*\n$/);
  });
});
