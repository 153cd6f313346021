import "server-only";
import type { Importer } from "@/features/imports/mutations/kind";
import type { ImportStatus } from "@/features/imports/schema";
import { write } from "@/lib/db";
import { translateDatabaseError } from "@/lib/db-errors";
import { DomainError, framesOf } from "@/lib/errors";
import { log } from "@/lib/log";
import { serving } from "@/lib/serving";

const BEAT_MS = 1500;
/** How long a form waits for the work: most files are done by then, and the next page shows what came of it. */
const PATIENCE_MS = 1500;

/** Tells how far a piece of work is; throws when the server is about to stop, so that the work ends in order. */
export type Report = (rows: number) => void;

/** What a reader learns of an error. One that nobody foresaw is logged, without any text that a user sent. */
function sentenceOf(error: unknown): string {
  const known = translateDatabaseError(error);
  if (known instanceof DomainError) return known.message;
  log.error({ event: "import.failed", err: { name: (error as Error)?.name, at: framesOf(error) } });
  return "Something went wrong on our side. Nothing was imported.";
}

/**
 * Does a piece of work on an import whose state everybody can see in the database: how far it is, and that its process still
 * lives. Whatever ends it, the process included, nothing half done is left, because it is one transaction. Returns when it is
 * done, or after a moment, while it goes on. When it fails, the import gets the status `after` and the reason.
 */
export async function track(
  caller: Importer,
  { id, status, after }: { id: string; status: ImportStatus; after: ImportStatus },
  work: (report: Report) => Promise<void>,
): Promise<void> {
  let progress = 0;
  const beat = setInterval(() => {
    // A beat that is missed is no harm; the next one tells the same.
    void write(caller, (tx) =>
      tx.import.updateMany({ where: { id, status }, data: { progress, updatedAt: new Date() } }),
    ).catch(() => {});
  }, BEAT_MS);
  const report: Report = (rows) => {
    progress = rows;
    if (serving.draining)
      throw new DomainError({ code: "UNAVAILABLE", message: "The server was stopped. Nothing was imported." });
  };
  const done = work(report)
    .catch(async (error: unknown) => {
      const problem = sentenceOf(error);
      const data = { status: after, problem, errors: null, updatedAt: new Date() };
      await write(caller, (tx) => tx.import.updateMany({ where: { id, status }, data })).catch(sentenceOf);
    })
    .finally(() => clearInterval(beat));
  await Promise.race([done, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
}
