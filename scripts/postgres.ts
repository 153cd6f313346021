// The embedded Postgres: one cluster in a data folder, owned by the process that started it.
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { holderOf, takeLock, type Lock } from "./lock.mjs";
import { Refusal } from "./refusal.mjs";
import { binaries, identityFor, type Identity } from "./postgres-binaries";

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

type Kept = { port: number; passwords: { postgres: string; owner: string; app: string } };

const DATABASE = "rostrum";
const UNSAFE = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"];

const places = (dataDir: string) => {
  const root = path.resolve(dataDir);
  return {
    root,
    lock: path.join(root, "lock"),
    cluster: path.join(root, "postgres"),
    unfinished: path.join(root, "postgres.unfinished"),
    kept: path.join(root, "postgres.json"),
    log: path.join(root, "postgres.log"),
    tmp: path.join(root, "tmp"),
  };
};

/**
 * Takes the lock on a data folder, so that two starts never touch one cluster.
 * @throws Refusal when another living process holds it
 */
export async function lockDataDir(dataDir: string): Promise<Lock> {
  const { lock, holder } = await takeLock(places(dataDir).lock);
  if (lock) return lock;
  throw new Refusal(
    `Rostrum is already ${holder.state === "starting" ? "starting" : "running"} on the data folder ${path.resolve(dataDir)} (process ${holder.pid}); stop it first, or set DATA_DIR to another folder.`,
  );
}

function readKept(file: string): Kept | null {
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as Kept) : null;
}

function keep(file: string, kept: Kept): Kept {
  // Written beside and renamed: a crash leaves the old passwords or the new ones, never half a file.
  fs.writeFileSync(`${file}.new`, JSON.stringify(kept), { mode: 0o600 });
  fs.renameSync(`${file}.new`, file);
  return kept;
}

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

function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", (error: NodeJS.ErrnoException) =>
      wanted !== 0 && error.code === "EADDRINUSE" ? resolve(freePort(0)) : reject(error),
    );
    probe.listen(wanted, "127.0.0.1", () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** What the postmaster wrote about itself: its number, the port, and "ready" when it takes connections. */
function postmaster(cluster: string): { pid: number; port: number; ready: boolean } | null {
  try {
    const lines = fs.readFileSync(path.join(cluster, "postmaster.pid"), "utf8").split("\n");
    return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
  } catch {
    return null;
  }
}

function commandOf(pid: number): string {
  try {
    if (process.platform === "linux") return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return "";
  }
}

/** The server that an earlier process left running on this very cluster, by the command line that we start it with. */
function orphanOf(cluster: string): number | null {
  const left = postmaster(cluster);
  if (!left) return null;
  const command = commandOf(left.pid);
  return command.includes("postgres") && command.includes(` -D ${cluster} `) ? left.pid : null;
}

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
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
  const failed = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", () => resolve(lastLine(fs.readFileSync(where.log, "utf8").trimEnd())));
  });
  for (;;) {
    const failure = await Promise.race([failed, sleep(20, null)]);
    if (failure !== null) throw new Error(failure);
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

async function prepareFolder(options: PostgresOptions): Promise<{ kept: Kept; identity: Identity; fresh: boolean }> {
  const where = places(options.dataDir);
  const identity = identityFor(where.root);
  const orphan = orphanOf(where.cluster);
  if (orphan) {
    options.log?.("Stopping the database that an earlier run left behind");
    await stopServer(orphan);
  }
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
  return { kept, identity, fresh };
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
    let { kept, identity } = await prepareFolder(options);
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
        child.once("exit", revive);
        if (stopping) child.kill("SIGINT");
        return;
      } catch {
        // A server that was killed leaves memory that its last workers still hold: they go, then it starts.
      }
    }
  };
  child.once("exit", revive);
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

/** Makes the data folder for us alone. An existing folder keeps its owner and mode: it may be shared on purpose. */
export function makeDataDir(dataDir: string): void {
  const root = path.resolve(dataDir);
  try {
    if (!fs.existsSync(root)) fs.mkdirSync(root, { recursive: true, mode: 0o700 });
    fs.accessSync(root, fs.constants.R_OK | fs.constants.W_OK | fs.constants.X_OK);
    const probe = path.join(root, `.probe-${process.pid}`);
    fs.writeFileSync(probe, "");
    fs.rmSync(probe);
  } catch (error) {
    throw new Refusal(
      `DATA_DIR: the folder ${root} cannot be written (${(error as NodeJS.ErrnoException).code ?? "unknown error"}).`,
    );
  }
}

/** The addresses of the server that another process is running on this data folder, or null when none is. */
export function runningPostgres(dataDir: string): PostgresUrls | null {
  const where = places(dataDir);
  const kept = readKept(where.kept);
  if (!kept || !holderOf(where.lock) || !orphanOf(where.cluster)) return null;
  const state = postmaster(where.cluster);
  return state?.ready ? urls({ ...kept, port: state.port }) : null;
}
