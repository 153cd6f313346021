// Sends the daily digest while the server runs, in a process of its own: a mail server that hangs holds up nobody.
import { spawn, type ChildProcess } from "node:child_process";
import { withClient } from "./db";
import { ROOT, scriptArguments } from "./install.mjs";

const MINUTE = 60_000;
/** How long a digest that the mail server did not take waits: as long as its claim lasts. */
const PAUSE = 11 * MINUTE;

/** Whether somebody's digest of today waits to be sent: the database's day and hour, in UTC. */
async function isDue(databaseUrl: string, hour: number): Promise<boolean> {
  const { rows } = await withClient(databaseUrl, (client) =>
    client.query<{ due: boolean }>(
      `select extract(hour from now() at time zone 'UTC') >= $1 and exists (
         select from reader join "user" person on person.id = reader.user_id
         where reader.digest and person.disabled_at is null and not exists (
           select from digest_mail mail where mail.user_id = reader.user_id
             and mail.day = (now() at time zone 'UTC')::date and mail.sent_at is not null)) as due`,
      [hour],
    ),
  );
  return rows[0]?.due ?? false;
}

/** Runs scripts/digest.ts to its end; what it logs goes where the server's log goes. */
function sendInChild(running: { child?: ChildProcess | undefined }): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, scriptArguments("scripts/digest.ts", []), {
      cwd: ROOT,
      stdio: ["ignore", "inherit", "inherit"],
    });
    running.child = child;
    const end = () => {
      running.child = undefined;
      resolve();
    };
    child.once("error", end);
    child.once("close", end);
  });
}

/**
 * Looks each minute whether a digest is due, from `hour` (UTC) on, and sends it. A database that is away is asked again later.
 * Returns what ends it: the process that sends, too, whose claim is taken again after the next start.
 */
export function startDigestTimer(databaseUrl: string, hour: number): { stop(): void } {
  const running: { child?: ChildProcess | undefined } = {};
  let busy = false;
  let quietUntil = 0;
  const look = async () => {
    if (busy || Date.now() < quietUntil) return;
    busy = true;
    try {
      if (await isDue(databaseUrl, hour)) {
        quietUntil = Date.now() + PAUSE;
        await sendInChild(running);
      }
    } catch {
      // The server says itself that its database is away; the digest waits.
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(() => void look(), MINUTE);
  void look();
  return {
    stop() {
      clearInterval(timer);
      running.child?.kill();
    },
  };
}
