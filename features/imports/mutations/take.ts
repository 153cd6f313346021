import "server-only";
import { openBatch } from "@/features/audit/mutations";
import { checkRows } from "@/features/imports/mutations/check";
import type { Importer } from "@/features/imports/mutations/kind";
import { kindOfImport, portionsOf, type Mapped } from "@/features/imports/mutations/rows";
import { track } from "@/features/imports/mutations/track";
import { getImport, headersKey } from "@/features/imports/queries/imports";
import { mappingOf } from "@/features/imports/rules/mapping";
import { IMPORT_KIND_NAMES, type MappingForm } from "@/features/imports/schema";
import { write, writeLong, type Tx } from "@/lib/db";
import { DomainError, invalid } from "@/lib/errors";
import { plural } from "@/lib/format";

function busy(): DomainError {
  return new DomainError({ code: "CONFLICT", message: "This import is being worked on. Wait until it is done." });
}

async function mappedImport(tx: Tx, id: string): Promise<Mapped> {
  const { kind, headers, mapping, defaults } = await tx.import.findUniqueOrThrow({ where: { id } });
  if (mapping === null) throw busy();
  return {
    id,
    kind,
    headers,
    mapping: mapping as Mapped["mapping"],
    defaults: (defaults ?? {}) as Mapped["defaults"],
  };
}

/**
 * Takes a mapping of the columns, remembers it for the next file with the same headers, and compares every row with the record.
 * @throws DomainError INVALID under `columns.N` or `dialogue`; NOT_FOUND; CONFLICT while the import is worked on
 */
export async function checkImport(caller: Importer, { import: id, dialogue, columns }: MappingForm): Promise<void> {
  await write(caller, async (tx) => {
    const { kind, status, headers } = await getImport(tx, id);
    if (status !== "ready") throw busy();
    const mapping = mappingOf(kind, headers, columns);
    if (kind === "participants") {
      const found = dialogue && (await tx.dialogue.findUnique({ where: { slug: dialogue }, select: { id: true } }));
      if (!found) throw invalid("dialogue", "Choose the dialogue that these participants spoke in.");
    }
    const defaults = kind === "participants" && dialogue ? { dialogue } : {};
    const key = { kind, headers: headersKey(headers) };
    const now = new Date();
    await tx.columnMapping.upsert({
      where: { kind_headers: key },
      create: { ...key, mapping },
      update: { mapping, updatedAt: now },
    });
    const found = { errors: null, warnings: null, problem: null, progress: 0 };
    // Whoever presses a second time finds it busy: the row is changed under a lock.
    const taken = await tx.$executeRaw`
      UPDATE import SET status = 'checking', updated_at = now() WHERE id = ${id}::uuid AND (status = 'ready'
        OR (status IN ('checking', 'running') AND updated_at < now() - interval '10 s'))`;
    if (taken === 0) throw busy();
    await tx.import.update({ where: { id }, data: { ...found, mapping, defaults, updatedAt: now } });
  });
  await track(caller, { id, status: "checking", after: "ready" }, (report) =>
    writeLong(caller, async (tx) => {
      const found = await checkRows(tx, await mappedImport(tx, id), report);
      await tx.import.update({ where: { id }, data: { ...found, status: "ready", updatedAt: new Date() } });
    }),
  );
}

async function titleOf(
  tx: Tx,
  { fileName, kind, defaults, rowCount }: Awaited<ReturnType<typeof getImport>>,
): Promise<string> {
  const { one, many } = IMPORT_KIND_NAMES[kind];
  const slug = defaults["dialogue"];
  const dialogue =
    slug === undefined ? null : await tx.dialogue.findUnique({ where: { slug }, select: { title: true } });
  return `Import of ${fileName}: ${plural(rowCount, one, many)}${dialogue ? ` of ${dialogue.title}` : ""}`;
}

/**
 * Writes the rows of an import, in portions. Returns how many.
 * @throws DomainError CONFLICT when a row does not fit the record any more
 */
export async function takePortions(
  tx: Tx,
  acting: Importer,
  mapped: Mapped,
  report: (rows: number) => void,
): Promise<number> {
  const kind = kindOfImport(tx, mapped, true);
  let taken = 0;
  for await (const portion of portionsOf(tx, mapped)) {
    const understood = await kind.understand(portion);
    const refused = understood.find(({ value }) => value === null);
    if (refused) {
      const why = refused.issues.find(({ level }) => level === "error")?.message ?? "It does not fit.";
      const message = `The record changed since the rows were checked. Row ${refused.row}: ${why} Nothing was imported; check again.`;
      throw new DomainError({ code: "CONFLICT", message });
    }
    await kind.take(
      acting,
      understood.map(({ value }) => value),
    );
    taken += portion.length;
    report(taken);
  }
  await kind.finish?.(acting);
  return taken;
}

/** Everything in one transaction: the rows, their events, their links in the chain, and that the import is done. */
async function takeRows(caller: Importer, id: string, report: (rows: number) => void): Promise<void> {
  await writeLong(caller, async (tx) => {
    const [free] = await tx.$queryRaw<{ free: boolean }[]>`
      SELECT pg_try_advisory_xact_lock(hashtextextended(${`import ${id}`}, 0)) AS free`;
    if (!free?.free) throw busy();
    const mapped = await mappedImport(tx, id);
    const { id: batchId, caller: acting } = await openBatch(
      tx,
      caller,
      "import",
      await titleOf(tx, await getImport(tx, id)),
    );
    const taken = await takePortions(tx, acting, mapped, report);
    await tx.$executeRaw`DELETE FROM import_row WHERE import_id = ${id}::uuid`;
    const done = await tx.import.updateMany({
      where: { id, status: "running" },
      data: { status: "done", batchId, progress: taken, problem: null, updatedAt: new Date() },
    });
    if (done.count === 0) throw busy();
  });
}

/**
 * Takes all rows of a checked import into the record, or none. Returns when that is done, or after a moment, while it goes on.
 * @throws DomainError CONFLICT when it was not checked, has errors, or is worked on; INVALID under `accept` for warnings that
 *   nobody accepted
 */
export async function takeImport(
  caller: Importer,
  { import: id, accept }: { import: string; accept?: "yes" | undefined },
): Promise<void> {
  await write(caller, async (tx) => {
    const { status, errors, warnings } = await getImport(tx, id);
    if (status !== "ready" || errors === null) throw busy();
    if (errors > 0)
      throw new DomainError({
        code: "CONFLICT",
        message: "Rows with errors cannot be imported. Correct the file and send it again.",
      });
    if ((warnings ?? 0) > 0 && accept !== "yes") throw invalid("accept", "Say that you have read the warnings.");
    const taken = await tx.$executeRaw`
      UPDATE import SET status = 'running', problem = NULL, progress = 0, updated_at = now() WHERE id = ${id}::uuid
        AND (status = 'ready' OR (status = 'running' AND updated_at < now() - interval '10 s'))`;
    if (taken === 0) throw busy();
  });
  await track(caller, { id, status: "running", after: "ready" }, (report) => takeRows(caller, id, report));
}
