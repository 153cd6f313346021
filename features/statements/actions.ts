"use server";

import { redirect } from "next/navigation";
import { recordStatement, restoreStatement, reviseStatement, withdrawStatement } from "@/features/statements/mutations";
import { bulkEdit } from "@/features/statements/mutations/bulk-edit";
import { planBulkEdit } from "@/features/statements/queries/bulk-edit";
import { importParticipants, type ImportedParticipants } from "@/features/statements/mutations/participants";
import type { MatchedLine } from "@/features/statements/queries/match";
import { decideList, readPasted, type ReadList } from "@/features/statements/queries/paste";
import { resolveForm, type ResolvedForm } from "@/features/statements/queries/form";
import {
  bulkEditForm,
  pasteForm,
  restoreForm,
  reviseForm,
  statementForm,
  withdrawForm,
  type PasteForm,
  type StatementForm,
} from "@/features/statements/schema";
import { defineAction } from "@/lib/action";
import { grant, type Caller } from "@/lib/auth/caller";
import { snapshot } from "@/lib/db";
import { DomainError, invalid } from "@/lib/errors";

/** Runs a write on a form whose names were understood; errors about `represents` go to the row that they were typed in. */
async function withNames<R>(
  caller: Caller<"statement:record">,
  form: StatementForm,
  work: (resolved: ResolvedForm) => Promise<R>,
): Promise<R> {
  const resolved = await snapshot(caller, (tx) => resolveForm(tx, form));
  try {
    return await work(resolved);
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "INVALID") throw error;
    const issues = error.issues.map(({ path: [head, index, ...rest], message }) => {
      const row = head === "represents" ? resolved.rowOf[Number(index)] : undefined;
      if (row === undefined || row === null)
        return { path: [head ?? "", ...(index === undefined ? [] : [index, ...rest])], message };
      return { path: ["parties", String(row), rest[0] === "exclude" ? "exclude" : "actor"], message };
    });
    throw new DomainError({ code: "INVALID", issues });
  }
}

function fieldsOf({ printed, role, meeting, language, personName, personTitle, sourceUrl, note }: StatementForm) {
  return {
    printed: printed ?? null,
    role,
    meeting: meeting ?? null,
    language: language ?? null,
    person: personName === undefined ? null : { name: personName, title: personTitle ?? null },
    sourceUrl: sourceUrl ?? null,
    note: note ?? null,
  };
}

export const recordStatementAction = defineAction({
  permission: "statement:record",
  schema: statementForm,
  run: async (caller, form): Promise<void> => {
    const { order } = form;
    const statement = await withNames(caller, form, ({ speaker, represents }) =>
      recordStatement(caller, form.dialogue, {
        ...fieldsOf(form),
        speaker,
        represents,
        ...(order === undefined ? {} : { order }),
      }),
    );
    redirect(`/dialogues/${statement.dialogue}?recorded=${statement.id}`);
  },
});

export const reviseStatementAction = defineAction({
  permission: "statement:record",
  schema: reviseForm,
  run: async (caller, form): Promise<void> => {
    const { order, place } = form;
    // The form sends the place that it was opened with; meanwhile others may have recorded statements before this one.
    const moved = order !== undefined && order !== place;
    const statement = await withNames(caller, form, ({ speaker, represents }) =>
      reviseStatement(caller, form.statement, form.version, {
        ...fieldsOf(form),
        speaker,
        represents,
        ...(moved ? { order } : {}),
      }),
    );
    redirect(`/dialogues/${statement.dialogue}/statements/${statement.id}?saved=${statement.version}`);
  },
});

export const withdrawStatementAction = defineAction({
  permission: "statement:record",
  schema: withdrawForm,
  run: async (caller, { statement: id, version, reason }): Promise<void> => {
    const statement = await withdrawStatement(caller, id, version, reason);
    redirect(`/dialogues/${statement.dialogue}/statements/${statement.id}?saved=${statement.version}`);
  },
});

export const restoreStatementAction = defineAction({
  permission: "statement:record",
  schema: restoreForm,
  run: async (caller, { statement: id, version }): Promise<void> => {
    const statement = await restoreStatement(caller, id, version);
    redirect(`/dialogues/${statement.dialogue}/statements/${statement.id}?saved=${statement.version}&restored=yes`);
  },
});

/** What a bulk edit would do, for its preview: nothing is written. */
export type BulkPreview = {
  what: string;
  unchanged: number;
  rows: { id: string; order: number; name: string; from: string; to: string; problem: string | null }[];
};

export const bulkEditAction = defineAction({
  permission: "statement:record",
  schema: bulkEditForm,
  run: async (caller, form): Promise<BulkPreview> => {
    if (form.confirmed === "yes") {
      const { batch } = await bulkEdit(caller, form);
      redirect(`/dialogues/${form.dialogue}?act=${batch}`);
    }
    const { what, changes, unchanged } = await snapshot(caller, (tx) => planBulkEdit(tx, form));
    const rows = changes.map(({ id, before, from, to, problem }) => {
      return { id, order: before.order, name: before.speakerName, from, to, problem };
    });
    return { what, unchanged, rows };
  },
});

const CHANGED = "The list or the record is not as it was when you read it. Look at the lines that are open once more.";

/** Records what was decided about the lines of a list; issues about statements go to the lines that they come from. */
async function recordList(
  caller: Caller<"statement:record">,
  form: PasteForm,
  lines: MatchedLine[],
): Promise<ImportedParticipants> {
  const { rows, lineOf, actors, spellings } = await snapshot(caller, (tx) => decideList(tx, lines, form));
  if (rows.length === 0) throw invalid("text", "Every line is left out: there is nothing to record.");
  try {
    return await importParticipants(caller, form.dialogue, rows, {
      caller: grant(caller, "actor:edit"),
      actors,
      spellings,
    });
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "INVALID") throw error;
    const issues = error.issues.map(({ path: [head = "", row = "", ...rest], message }) => {
      const line = head === "rows" ? lineOf[Number(row)] : undefined;
      if (line === undefined) return { path: ["text"], message };
      return {
        path: ["rows", String(line), rest[0] === "role" ? "role" : "choice"],
        message: `Line ${lines[line]?.line}: ${message}`,
      };
    });
    throw new DomainError({ code: "INVALID", issues });
  }
}

/** Reads a pasted list, or records it with the choices that were made. A mistake shows the list again as it was decided. */
export const pasteAction = defineAction({
  permission: "statement:record",
  schema: pasteForm,
  run: async (caller, form): Promise<ReadList> => {
    const { dialogue, lines } = await readPasted(caller, form.dialogue, form.text);
    if (form.step === "read") return { lines, issues: [], message: null };
    const seen = lines.length === form.rows.length && lines.every(({ key }, at) => form.rows[at]?.key === key);
    if (!seen) return { lines, issues: [], message: CHANGED };
    let recorded: ImportedParticipants;
    try {
      recorded = await recordList(caller, form, lines);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== "INVALID") throw error;
      return { lines, issues: error.issues, message: null };
    }
    redirect(`/dialogues/${dialogue.slug}?act=${recorded.batch}`);
  },
});
