import "server-only";
import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import type { Importer } from "@/features/imports/mutations/kind";
import { track, type Report } from "@/features/imports/mutations/track";
import { findMapping, headersKey } from "@/features/imports/queries/imports";
import { guessMapping } from "@/features/imports/rules/mapping";
import type { ImportKind } from "@/features/imports/schema";
import { copyIn, write } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import type { Upload } from "@/lib/upload";

const MOST_AT_ONCE = 2;
const MEMORY_MB = 512;
const LONGEST_MS = 120_000;

// Not shared between processes: it bounds the memory and the processor of this one. Next bundles each route apart.
const shared = globalThis as typeof globalThis & { rostrumReaders?: { running: number } };
const readers = (shared.rostrumReaders ??= { running: 0 });

type Said = { headers?: string[]; media?: string; rows?: number; done?: number; notes?: string[]; problem?: string };

/** Runs the reader in a process of its own, with a limit to its memory and its time and without our settings. */
function startReader(file: string, name: string, id: string) {
  const root = process.cwd();
  const loader = pathToFileURL(path.join(root, "node_modules/tsx/dist/loader.mjs")).href;
  const script = path.join(root, "scripts/read-table.ts");
  const limits = [`--max-old-space-size=${MEMORY_MB}`, "--conditions=react-server", "--import", loader];
  const child = spawn(process.execPath, [...limits, script, file, name, id], {
    cwd: root,
    env: { NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "ignore", "pipe"],
    timeout: LONGEST_MS,
    killSignal: "SIGKILL",
  });
  return { child, rows: child.stdout as Readable, words: child.stdio[3] as Readable };
}

/**
 * Reads a file into the rows of an import. `report` is told how many were read.
 * @throws DomainError INVALID with a sentence about the file
 */
export async function readInto(
  caller: Importer,
  id: string,
  { file, name }: Pick<Upload, "file" | "name">,
  report: Report,
): Promise<Required<Omit<Said, "problem" | "rows">>> {
  const { child, rows, words } = startReader(file, name, id);
  const ended = new Promise<number | null>((resolve) => {
    child.once("error", () => resolve(null));
    child.once("close", (code) => resolve(code));
  });
  const said: Said = {};
  const heard = (async () => {
    for await (const line of createInterface({ input: words })) {
      Object.assign(said, JSON.parse(line) as Said);
      if (said.rows !== undefined) report(said.rows);
    }
  })();
  try {
    // Copied before it is known that the file is whole: what it leaves is removed with the import's failure.
    await Promise.all([copyIn(caller, "import_row", rows), heard]);
  } finally {
    child.kill("SIGKILL");
  }
  const code = await ended;
  const { headers, media, done, notes, problem } = said;
  if (problem !== undefined) throw new DomainError({ code: "INVALID", message: problem });
  if (code !== 0 || !headers || !media || done === undefined || !notes) {
    const message =
      "The file cannot be read: it takes more memory or time than a table of its size should. Save the table as CSV in UTF-8.";
    throw new DomainError({ code: "INVALID", message });
  }
  return { headers, media, done, notes };
}

/**
 * Begins an import: reads the file into rows that wait to be looked at. Returns its id when that is done, or after a moment,
 * while it goes on. `upload` is removed.
 * @throws DomainError TOO_MANY when two files are being read already
 */
export async function openImport(
  caller: Importer,
  { kind, dialogue, upload }: { kind: ImportKind; dialogue?: string | undefined; upload: Upload },
): Promise<{ id: string }> {
  try {
    if (readers.running >= MOST_AT_ONCE) {
      const message = `${MOST_AT_ONCE} files are being read already. Try again in a few seconds.`;
      throw new DomainError({ code: "TOO_MANY", message, retryAfter: 5 });
    }
    const { name: fileName, bytes, sha256 } = upload;
    const { id } = await write(caller, async (tx) => {
      // What nobody took for a week is no longer wanted.
      await tx.$executeRaw`DELETE FROM import WHERE status <> 'done' AND updated_at < now() - interval '7 days'`;
      const defaults = dialogue === undefined ? {} : { dialogue };
      const data = { kind, userId: caller.userId, fileName, mediaType: "", bytes, sha256, defaults };
      return tx.import.create({ data, select: { id: true } });
    });
    readers.running += 1;
    await track(caller, { id, status: "reading", after: "failed" }, async (report) => {
      try {
        const { headers, media, done, notes } = await readInto(caller, id, upload, report);
        await write(caller, async (tx) => {
          const mapping = (await findMapping(tx, kind, headersKey(headers))) ?? guessMapping(kind, headers);
          const data = {
            status: "ready" as const,
            headers,
            mediaType: media,
            rowCount: done,
            notes,
            mapping,
            progress: done,
          };
          await tx.import.update({ where: { id }, data: { ...data, updatedAt: new Date() } });
        });
      } catch (error) {
        await write(caller, (tx) => tx.$executeRaw`DELETE FROM import_row WHERE import_id = ${id}::uuid`);
        throw error;
      } finally {
        readers.running -= 1;
        await upload.remove();
      }
    });
    return { id };
  } catch (error) {
    await upload.remove();
    throw error;
  }
}
