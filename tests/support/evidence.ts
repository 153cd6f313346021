import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { withClient } from "@/scripts/db";
import type { RunningCaller } from "./callers";
import { CANARY } from "./running";

/** What changes when somebody merely asks: when a session or token was last used, how often somebody tried, when they were here. */
const NOTES = ["throttle", "reader", "_prisma_migrations"];

/** The contents of every table that holds the record, the people and the history, as one hash each. */
export async function fingerprint(ownerUrl: string): Promise<Record<string, string>> {
  return withClient(ownerUrl, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1",
    );
    const found: Record<string, string> = {};
    for (const { name } of tables.filter((table) => !NOTES.includes(table.name))) {
      const { rows } = await client.query<{ hash: string }>(
        `select md5(coalesce(string_agg(row, ',' order by row), '')) as hash
         from (select (to_jsonb(t) - 'last_seen_at' - 'last_used_at')::text as row from public."${name}" t) rows`,
      );
      found[name] = rows[0]?.hash ?? "";
    }
    return found;
  });
}

/** Expects that the log holds nobody's password, e-mail, token or cookie, nor anything else of `more` that was sent. */
export function expectNoSecrets(log: string, callers: Record<string, RunningCaller>, more: string[] = []): void {
  const text = readFileSync(log, "utf8");
  const secrets = Object.values(callers).flatMap(({ email, token, readToken, cookie }) => [
    email,
    token,
    readToken,
    cookie.split("=")[1] ?? cookie,
  ]);
  const told = [CANARY.password, ...secrets, ...more].filter((secret) => text.includes(secret));
  expect(told).toEqual([]);
  // The start names the administrator that it makes; requests do not.
  const [, , ...lines] = text.slice(text.indexOf("Rostrum is ready at")).split("\n");
  expect(lines.join("\n")).not.toContain(CANARY.email);
  for (const line of lines.filter((one) => one !== "")) {
    expect(() => JSON.parse(line) as unknown, line).not.toThrow();
  }
}
