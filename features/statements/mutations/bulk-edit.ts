import "server-only";
import { openBatch, recordAuditMany } from "@/features/audit/mutations";
import { insertRepresentations, lockDialogue, type Recorder } from "@/features/statements/mutations/insert";
import { planBulkEdit } from "@/features/statements/queries/bulk-edit";
import { statementSnapshot } from "@/features/statements/queries/statement";
import type { BulkEdit } from "@/features/statements/schema";
import { write } from "@/lib/db";
import { DomainError, notFound } from "@/lib/errors";
import { plural } from "@/lib/format";

/**
 * Changes one thing of many statements of a dialogue, all or none, as one act that can be undone. Statements that say so
 * already are left alone. The rows are planned again under the lock: what the preview showed is what happens, or nothing does.
 * @throws DomainError CONFLICT with a sentence for each statement that cannot be changed so, or when there is nothing to change
 */
export async function bulkEdit(caller: Recorder, edit: BulkEdit): Promise<{ batch: string; changed: number }> {
  return write(caller, async (tx) => {
    const place = await tx.dialogue.findUnique({ where: { slug: edit.dialogue }, select: { id: true } });
    if (!place || !(await lockDialogue(tx, { dialogueId: place.id }))) throw notFound("dialogue", edit.dialogue);
    const { dialogue, what, data, changes } = await planBulkEdit(tx, edit);
    const issues = changes.flatMap(({ before, problem }) =>
      problem === null
        ? []
        : [{ path: ["rows"], message: `${before.speakerName}, number ${before.order}: ${problem}` }],
    );
    if (issues.length > 0) throw new DomainError({ code: "CONFLICT", message: "Nothing was changed.", issues });
    if (changes.length === 0) {
      throw new DomainError({ code: "CONFLICT", message: "All of these statements say so already." });
    }
    const title = `${plural(changes.length, "statement", "statements")} changed, ${dialogue.title}: ${what}`;
    const batch = await openBatch(tx, caller, "bulk_edit", title);
    const ids = changes.map(({ id }) => id);
    await tx.statement.updateMany({
      where: { id: { in: ids } },
      data: { ...data, version: { increment: 1 }, updatedAt: new Date() },
    });
    if (edit.change === "addGroup" || edit.change === "removeGroup") {
      await tx.representation.deleteMany({ where: { statementId: { in: ids } } });
      await insertRepresentations(tx, changes);
    }
    await recordAuditMany(
      tx,
      batch.caller,
      changes.map(({ id, before, after }) => ({
        type: "statement.revised",
        subjectId: id,
        dialogueId: dialogue.id,
        version: after.version,
        before: statementSnapshot(before),
        after: statementSnapshot(after),
      })),
    );
    return { batch: batch.id, changed: changes.length };
  });
}
