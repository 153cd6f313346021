// The embedded Postgres: one cluster in a data folder, owned by the process that started it.
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { holderOf, type Lock } from "./lock.mjs";
import { Refusal } from "./refusal.mjs";
import { binaries, identityFor, type Identity } from "./postgres-binaries";
import {
  alive,
  forgetTakenNumber,
  freePort,
  keep,
  lockDataDir,
  makeDataDir,
  orphanOf,
  places,
  postmaster,
  readKept,
  type Kept,
} from "./postgres-folder";

/** The roles: `postgres` is superuser, `rostrum_owner` owns the database and migrates, `rostrum_app` owns nothing. */
export type PostgresUrls = { port: number; superUrl: string; ownerUrl: string; appUrl: string };
export type RunningPostgres = PostgresUrls & {
  /** Fast stop: open transactions are rolled back, everything acknowledged is on disk. Resolves when the server has ended. */
  stop(): Promise<void>;
  /** Asks for the same without waiting: for a process that must end at once. */
  abandon(): void;
};
export type PostgresOptions = {
  dataDir: string;
  /** One line per step that takes time. */
  log?: (line: string) => void;
  /** No flushing to disk: for test clusters only, whose loss costs nothing. */
  unsafeFast?: boolean;
  /** The lock on the data folder, when the caller took it already (see `lockDataDir`). */
  lock?: Lock;
};

const DATABASE = "rostrum";
const UNSAFE = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"];

const urls = ({ port, passwords }: Kept): PostgresUrls => {
  const url = (user: string, password: string, database: string) =>
    `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`;
  return {
    port,
    superUrl: url("postgres", passwords.postgres, DATABASE),
    ownerUrl: url("rostrum_owner", passwords.owner, DATABASE),
    appUrl: url("rostrum_app", passwords.app, DATABASE),
  };
};

/** SIGINT is Postgres' fast stop. After 10 seconds SIGQUIT: at once, and the next start replays its log. */
async function stopServer(pid: number): Promise<void> {
  for (const [signal, patience] of [
    ["SIGINT", 10_000],
    ["SIGQUIT", 5000],
    ["SIGKILL", 5000],
  ] as const) {
    if (!alive(pid)) return;
    process.kill(pid, signal);
    const until = Date.now() + patience;
    while (alive(pid) && Date.now() < until) await sleep(20);
  }
}

/** Nothing of ours: settings like PGPORT, or a secret, must not reach the server. (Next's types ask for NODE_ENV everywhere.) */
const environment = (tmp: string): NodeJS.ProcessEnv => ({
  NODE_ENV: process.env.NODE_ENV,
  PATH: process.env.PATH ?? "/usr/bin:/bin",
  TMPDIR: tmp,
  TZ: "UTC",
  LC_MESSAGES: "C",
});

/** Runs initdb beside the final place and renames: a start killed half-way leaves nothing that looks like a cluster. */
function initialise(where: ReturnType<typeof places>, password: string, identity: Identity, fast: boolean): void {
  fs.rmSync(where.unfinished, { recursive: true, force: true });
  fs.mkdirSync(where.unfinished, { mode: 0o700 });
  identity.own(where.unfinished);
  fs.rmSync(where.tmp, { recursive: true, force: true });
  fs.mkdirSync(where.tmp, { mode: 0o700 });
  identity.own(where.tmp);
  const passwordFile = path.join(where.tmp, "initdb");
  fs.writeFileSync(passwordFile, password, { mode: 0o600 });
  identity.own(passwordFile);
  const flags = [
    "-D",
    where.unfinished,
    "--username=postgres",
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    // ICU's root order sorts names as readers expect on every system; the C library's order differs between systems.
    "--locale-provider=icu",
    "--icu-locale=und",
    "--lc-messages=C",
    ...(fast ? ["--no-sync"] : []),
  ];
  let failure: unknown;
  // pg_trgm asks the C library which bytes are letters: only a UTF-8 locale knows letters beyond ASCII.
  for (const locale of ["C.UTF-8", "en_US.UTF-8", "C"]) {
    try {
      const { command, args, options } = identity.command(binaries().initdb, [...flags, `--locale=${locale}`]);
      execFileSync(command, args, { ...options, env: environment(where.tmp), stdio: "pipe" });
      fs.rmSync(passwordFile, { force: true });
      fs.renameSync(where.unfinished, where.cluster);
      return;
    } catch (error) {
      failure = error;
    }
  }
  fs.rmSync(passwordFile, { force: true });
  throw new Refusal(`The embedded Postgres could not be set up in ${where.root}: ${lastLine(failure)}`);
}

function lastLine(error: unknown): string {
  const text = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
  return text.trim().split("\n").at(-1) ?? "";
}

async function spawnServer(
  where: ReturnType<typeof places>,
  port: number,
  identity: Identity,
  fast: boolean,
): Promise<ChildProcess> {
  if (fs.existsSync(where.log) && fs.statSync(where.log).size > 10_000_000) fs.renameSync(where.log, `${where.log}.1`);
  const log = fs.openSync(where.log, "a", 0o600);
  const { command, args, options } = identity.command(binaries().postgres, [
    "-D",
    where.cluster,
    "-p",
    String(port),
    "-c",
    "listen_addresses=127.0.0.1",
    "-c",
    "unix_socket_directories=",
    "-c",
    "timezone=UTC",
    "-c",
    "log_timezone=UTC",
    ...(fast ? UNSAFE : []),
  ]);
  // Its own process group: a Ctrl-C meant for us must not end it while requests still run. Output to a file: a pipe would break with us.
  const child = spawn(command, args, {
    ...options,
    env: environment(where.tmp),
    stdio: ["ignore", log, log],
    detached: true,
  });
  fs.closeSync(log);
  const ended = new Promise<{ error: Error | null }>((resolve) => {
    child.once("error", (error) => resolve({ error }));
    child.once("exit", () => resolve({ error: null }));
  });
  for (;;) {
    const end = await Promise.race([ended, sleep(20, null)]);
    if (end) throw end.error ?? new Error(lastLine(fs.readFileSync(where.log, "utf8")));
    const state = postmaster(where.cluster);
    if (state && state.pid === child.pid && state.ready) return child;
  }
}

/** Roles and the database, made as far as they are missing. */
async function ensureRoles(kept: Kept): Promise<void> {
  const { superUrl } = urls(kept);
  const admin = new pg.Client({ connectionString: superUrl.replace(/\/rostrum$/, "/postgres") });
  await admin.connect();
  try {
    for (const [role, password] of [
      ["rostrum_owner", kept.passwords.owner],
      ["rostrum_app", kept.passwords.app],
    ] as const) {
      const { rowCount } = await admin.query("select from pg_roles where rolname = $1", [role]);
      const verb = rowCount ? "ALTER" : "CREATE";
      await admin.query(
        `${verb} ROLE ${role} WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD ${pg.escapeLiteral(password)}`,
      );
    }
    const { rowCount } = await admin.query("select from pg_database where datname = $1", [DATABASE]);
    if (!rowCount) await admin.query(`CREATE DATABASE ${DATABASE} OWNER rostrum_owner`);
    await admin.query(`REVOKE ALL ON DATABASE ${DATABASE} FROM PUBLIC`);
    await admin.query(`GRANT CONNECT ON DATABASE ${DATABASE} TO rostrum_app`);
  } finally {
    await admin.end();
  }
}

const secret = () => randomBytes(24).toString("hex");

async function prepareFolder(options: PostgresOptions): Promise<{ kept: Kept; identity: Identity }> {
  const where = places(options.dataDir);
  const identity = identityFor(where.root);
  const orphan = orphanOf(where.cluster);
  if (orphan) {
    options.log?.("Stopping the database that an earlier run left behind");
    await stopServer(orphan);
  }
  forgetTakenNumber(where.cluster);
  const before = readKept(where.kept);
  const fresh = !before || !fs.existsSync(where.cluster);
  const wanted = before ?? { port: 0, passwords: { postgres: secret(), owner: secret(), app: secret() } };
  const kept = keep(where.kept, { ...wanted, port: await freePort(wanted.port) });
  if (fresh && !before && fs.existsSync(where.cluster)) {
    throw new Refusal(
      `${where.kept} with the database's passwords is missing beside ${where.cluster}; put it back, or move both away to start anew.`,
    );
  }
  if (fresh) {
    options.log?.("Setting up an embedded Postgres");
    initialise(where, kept.passwords.postgres, identity, options.unsafeFast ?? false);
  }
  const version = fs.readFileSync(path.join(where.cluster, "PG_VERSION"), "utf8").trim();
  if (version !== "18") {
    throw new Refusal(
      `The database in ${where.cluster} was made by Postgres ${version} and this version brings Postgres 18; restore a backup into a new DATA_DIR.`,
    );
  }
  fs.mkdirSync(where.tmp, { recursive: true, mode: 0o700 });
  return { kept, identity };
}

/**
 * Starts the embedded Postgres of a data folder, setting it up at the first time. A server that a killed process left on this
 * folder is stopped and replaced; when a stranger holds the remembered port, another port is taken. While it runs, a server
 * that dies is started again on the same port.
 * @throws Refusal in one sentence: the folder is in use, not writable, or of another Postgres
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const where = places(options.dataDir);
  const fast = options.unsafeFast ?? false;
  makeDataDir(where.root);
  const lock = options.lock ?? (await lockDataDir(where.root));
  try {
    const { kept: remembered, identity } = await prepareFolder(options);
    let kept = remembered;
    let child: ChildProcess | null = null;
    for (let attempt = 1; child === null; attempt += 1) {
      try {
        child = await spawnServer(where, kept.port, identity, fast);
      } catch (error) {
        if (attempt >= 5)
          throw new Refusal(`The embedded Postgres does not start (see ${where.log}): ${lastLine(error)}`);
        // Somebody may have taken the port since we looked; a killed server's memory may take a moment to go.
        await sleep(attempt * 200);
        kept = keep(where.kept, { ...kept, port: await freePort(kept.port) });
      }
    }
    await ensureRoles(kept);
    return supervise(
      child,
      () => spawnServer(where, kept.port, identity, fast),
      urls(kept),
      options.lock ? null : lock,
    );
  } catch (error) {
    if (!options.lock) lock.release();
    throw error;
  }
}

function supervise(
  first: ChildProcess,
  again: () => Promise<ChildProcess>,
  at: PostgresUrls,
  lock: Lock | null,
): RunningPostgres {
  let child = first;
  let stopping = false;
  const revive = async (): Promise<void> => {
    while (!stopping) {
      await sleep(500);
      try {
        child = await again();
        child.unref();
        child.once("exit", () => void revive());
        if (stopping) child.kill("SIGINT");
        return;
      } catch {
        // A server that was killed leaves memory that its last workers still hold: they go, then it starts.
      }
    }
  };
  child.once("exit", () => void revive());
  // The server must not keep a finished process alive.
  child.unref();
  return {
    ...at,
    stop: async () => {
      stopping = true;
      if (child.pid) await stopServer(child.pid);
      lock?.release();
    },
    abandon: () => {
      stopping = true;
      child.kill("SIGINT");
    },
  };
}

/** The addresses of the server that another process is running on this data folder, or null when none is. */
export function runningPostgres(dataDir: string): PostgresUrls | null {
  const where = places(dataDir);
  const kept = readKept(where.kept);
  if (!kept || !holderOf(where.lock) || !orphanOf(where.cluster)) return null;
  const state = postmaster(where.cluster);
  return state?.ready ? urls({ ...kept, port: state.port }) : null;
}
