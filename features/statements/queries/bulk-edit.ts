import "server-only";
import { loadCast, type Cast } from "@/features/actors/queries/register";
import { findActorIds } from "@/features/actors/queries/resolve";
import { participant } from "@/features/statements/queries/participants";
import { actorsIn, dayOfStatement, readStatements, type StatementRow } from "@/features/statements/queries/rows";
import { statementDetail, type StatementDetail } from "@/features/statements/queries/statement";
import { checkRepresentation, toggledGroup, type Represents } from "@/features/statements/rules";
import { BULK_CHANGES, ROLE_NAMES, type BulkEdit } from "@/features/statements/schema";
import type { Tx } from "@/lib/db";
import { DomainError, invalid, notFound } from "@/lib/errors";
import { formatDay, dayOf } from "@/lib/format";

/** What a bulk edit would do to one statement. */
export type PlannedChange = {
  id: string;
  before: StatementDetail;
  after: StatementDetail;
  represents: Represents[];
  /** The changed field in words, "" for nothing. */
  from: string;
  to: string;
  /** Why it cannot be changed so. */
  problem: string | null;
};

export type BulkPlan = {
  dialogue: { id: string; title: string };
  /** What is changed, in words: "Role: Joint statement". */
  what: string;
  /** The new value of the column, where the change is one of a column. */
  data: {
    role?: StatementRow["role"];
    meetingId?: string | null;
    language?: string | null;
    sourceUrl?: string | null;
    note?: string | null;
  };
  changes: PlannedChange[];
  /** How many say so already: they are left alone. */
  unchanged: number;
};

type Meeting = { id: string; number: number; date: Date };

function meetingIn(meetings: readonly Meeting[], number: number | undefined): Meeting | null {
  if (number === undefined) return null;
  const found = meetings.find((one) => one.number === number);
  if (!found) throw invalid("meeting", `This dialogue has no meeting ${number}.`);
  return found;
}

function dataOf({ change, role, language, sourceUrl, note }: BulkEdit, meeting: Meeting | null): BulkPlan["data"] {
  if (change === "role") return role === undefined ? {} : { role };
  if (change === "meeting") return { meetingId: meeting?.id ?? null };
  if (change === "language") return { language: language ?? null };
  if (change === "sourceUrl") return { sourceUrl: sourceUrl ?? null };
  if (change === "note") return { note: note ?? null };
  return {};
}

function representsOf({ representations }: StatementRow): Represents[] {
  return representations.map(({ basis, actorId, exclusions }) => ({
    basis,
    actorId,
    excluded: exclusions.map((exclusion) => exclusion.actorId),
  }));
}

/** The field that a bulk edit changes, in words. */
function inWords({ change }: BulkEdit, row: StatementRow, cast: Cast): string {
  if (change === "addGroup" || change === "removeGroup") return participant(row, { cast }).onBehalfOf;
  if (change === "role") return ROLE_NAMES[row.role];
  if (change === "meeting") return row.meeting ? `${row.meeting.number} · ${formatDay(dayOf(row.meeting.date))}` : "";
  return row[change] ?? "";
}

function problemOf(next: StatementRow, represents: Represents[], cast: Cast): string | null {
  const day = dayOfStatement(next);
  try {
    checkRepresentation({ speakerId: next.speakerId, role: next.role, day, represents }, cast.register, ({ id }) =>
      cast.nameOn(id, day),
    );
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error.message;
    throw error;
  }
}

/**
 * What a bulk edit would change, row by row, in a number of queries that does not depend on how many rows there are. Inside the
 * transaction that writes it, or a snapshot that only shows it. Statements that others changed or withdrew have a problem.
 * @throws DomainError INVALID when the change itself cannot be: no such meeting, no such group
 */
export async function planBulkEdit(tx: Tx, edit: BulkEdit): Promise<BulkPlan> {
  const dialogue = await tx.dialogue.findUnique({
    where: { slug: edit.dialogue },
    select: { id: true, title: true, meetings: { select: { id: true, number: true, date: true } } },
  });
  if (!dialogue) throw notFound("dialogue", edit.dialogue);
  const meeting = edit.change === "meeting" ? meetingIn(dialogue.meetings, edit.meeting) : null;
  const wanted = new Map(edit.rows.map(({ id, version }) => [id, version]));
  const rows = await readStatements(tx, { dialogueId: dialogue.id, id: { in: [...wanted.keys()] } });
  if (rows.length < wanted.size) throw invalid("rows", "Some of these statements are not of this dialogue.");
  const groupId = edit.group === undefined ? null : ((await findActorIds(tx, [edit.group])).get(edit.group) ?? null);
  const togglesGroup = edit.change === "addGroup" || edit.change === "removeGroup";
  if (togglesGroup && groupId === null) throw invalid("group", "There is no such group.");
  const cast = await loadCast(tx, [...actorsIn(rows), ...(groupId ? [groupId] : [])]);
  const data = dataOf(edit, meeting);

  const planned = rows.map((row): PlannedChange => {
    const represents = togglesGroup
      ? toggledGroup(representsOf(row), groupId ?? "", edit.change === "addGroup")
      : representsOf(row);
    const next: StatementRow = {
      ...row,
      ...data,
      meeting: edit.change === "meeting" ? meeting : row.meeting,
      representations: represents.map(({ basis, actorId, excluded }) => ({
        basis,
        actorId,
        exclusions: excluded.map((id) => ({ actorId: id })),
      })),
      version: row.version + 1,
    };
    const moved = row.withdrawnAt
      ? "It was withdrawn meanwhile."
      : row.version === wanted.get(row.id)
        ? null
        : "Somebody else changed it meanwhile.";
    return {
      id: row.id,
      before: statementDetail(row, cast),
      after: statementDetail(next, cast),
      represents,
      from: inWords(edit, row, cast),
      to: inWords(edit, next, cast),
      problem: moved ?? problemOf(next, represents, cast),
    };
  });
  const changes = planned.filter(({ from, to, problem }) => from !== to || problem !== null);
  const value = togglesGroup ? cast.nameOn(groupId ?? "", "9999-12-31") : (planned[0]?.to ?? "");
  return {
    dialogue,
    what: `${BULK_CHANGES[edit.change]}${value === "" ? ", cleared" : `: ${value.slice(0, 80)}`}`,
    data,
    changes,
    unchanged: planned.length - changes.length,
  };
}
