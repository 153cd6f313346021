import "server-only";
import type { Caller } from "@/lib/auth/caller";
import { write, type Tx } from "@/lib/db";
import { refuse } from "@/lib/db-errors";
import { DomainError, invalid } from "@/lib/errors";
import { dateOf, ordinalWord } from "@/lib/format";
import { recordAudit } from "@/features/audit/mutations";
import type { Snapshot } from "@/features/audit/schema";
import { findReport, getDialogue, getReport, type DialogueDto, type ReportDto } from "@/features/dialogues/queries";
import { checkDays, suggestSlug } from "@/features/dialogues/rules";
import type { DialoguePatch, NewDialogue, NewReport, ReportPatch, ReportRequest } from "@/features/dialogues/schema";

type Editor = Caller<"dialogue:edit">;

const TAKEN = { dialogue_slug_key: invalid("slug", "Another dialogue has this address.") };
const REPORT_TAKEN = {
  report_slug_key: invalid("slug", "Another report has this address."),
  report_symbol_key: invalid("symbol", "Another report has this symbol."),
};

/** What the audit trail keeps of a dialogue. */
function dialogueSnapshot(dialogue: DialogueDto): Snapshot {
  const { slug, title, kind, ordinal, startsOn, endsOn, body, report, meetings, note, sourceUrl } = dialogue;
  return {
    slug,
    title,
    kind,
    ordinal,
    startsOn,
    endsOn,
    body,
    report,
    meetings: meetings.map(({ date, label }) => ({ date, label })),
    note,
    sourceUrl,
  };
}

function reportSnapshot({ slug, title, symbol, publishedOn, summary, sourceUrl, requests }: ReportDto): Snapshot {
  return { slug, title, symbol, publishedOn, summary, sourceUrl, requests };
}

async function reportId(tx: Tx, ref: string | null | undefined): Promise<string | null> {
  if (!ref) return null;
  const report = await findReport(tx, ref);
  if (!report) throw invalid("report", `There is no report "${ref}".`);
  return report.id;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function meetingRows(meetings: { date: string; label?: string }[]) {
  return meetings.map(({ date, label }, index) => ({
    number: index + 1,
    date: dateOf(date),
    label: label ?? `${capitalised(ordinalWord(index + 1))} meeting`,
  }));
}

/**
 * Records a dialogue with its meetings. Without a slug it gets one from its title. Throws INVALID when its days do not
 * fit or its slug is taken.
 */
export async function recordDialogue(caller: Editor, input: NewDialogue): Promise<DialogueDto> {
  const { startsOn, endsOn = startsOn, report, meetings: given, ordinal, note, sourceUrl, ...rest } = input;
  const slug = input.slug ?? suggestSlug(input.title, startsOn);
  const meetings = given.length > 0 ? given : [{ date: startsOn }];
  checkDays({ startsOn, endsOn, meetings });
  return write(caller, async (tx) => {
    const { id } = await tx.dialogue
      .create({
        data: {
          ...rest,
          slug,
          ordinal: ordinal ?? null,
          note: note ?? null,
          sourceUrl: sourceUrl ?? null,
          startsOn: dateOf(startsOn),
          endsOn: dateOf(endsOn),
          reportId: await reportId(tx, report),
          meetings: { create: meetingRows(meetings) },
        },
        select: { id: true },
      })
      .catch((error) => refuse(error, TAKEN));
    const dialogue = await getDialogue(tx, id);
    await recordAudit(tx, caller, {
      type: "dialogue.recorded",
      subjectId: id,
      dialogueId: id,
      version: dialogue.version,
      before: null,
      after: dialogueSnapshot(dialogue),
    });
    return dialogue;
  });
}

/** Makes the stored meetings equal to the list: same numbers keep their statements, surplus ones must have none. */
async function replaceMeetings(
  tx: Tx,
  dialogue: DialogueDto,
  meetings: { date: string; label?: string }[],
): Promise<void> {
  const used = await tx.statement.findFirst({
    where: { dialogueId: dialogue.id, meeting: { number: { gt: meetings.length } } },
    select: { meeting: { select: { number: true } } },
  });
  if (used?.meeting) {
    throw invalid(
      "meetings",
      `Statements were delivered at meeting ${used.meeting.number}. Move them before removing it.`,
    );
  }
  await tx.publishedFigure.updateMany({
    where: { dialogueId: dialogue.id, meeting: { number: { gt: meetings.length } } },
    data: { meetingId: null },
  });
  await tx.meeting.deleteMany({ where: { dialogueId: dialogue.id, number: { gt: meetings.length } } });
  for (const { number, date, label } of meetingRows(meetings)) {
    await tx.meeting.upsert({
      where: { dialogueId_number: { dialogueId: dialogue.id, number } },
      create: { dialogueId: dialogue.id, number, date, label },
      update: { date, label },
    });
  }
}

/** Changes a dialogue. `version` is the one that the change was made from; STALE with the present record otherwise. */
export async function reviseDialogue(
  caller: Editor,
  ref: string,
  version: number,
  patch: DialoguePatch,
): Promise<DialogueDto> {
  return write(caller, async (tx) => {
    const before = await getDialogue(tx, ref);
    const { report, meetings, startsOn, endsOn, ...rest } = patch;
    checkDays({
      startsOn: startsOn ?? before.startsOn,
      endsOn: endsOn ?? before.endsOn,
      meetings: meetings ?? before.meetings,
    });
    const changed = await tx.dialogue
      .updateMany({
        where: { id: before.id, version },
        data: {
          ...rest,
          ...(startsOn ? { startsOn: dateOf(startsOn) } : {}),
          ...(endsOn ? { endsOn: dateOf(endsOn) } : {}),
          ...("report" in patch ? { reportId: await reportId(tx, report) } : {}),
          version: { increment: 1 },
          updatedAt: new Date(),
        },
      })
      .catch((error) => refuse(error, TAKEN));
    if (changed.count === 0) throw new DomainError({ code: "STALE", current: await getDialogue(tx, before.id) });
    if (meetings) await replaceMeetings(tx, before, meetings);
    const dialogue = await getDialogue(tx, before.id);
    await recordAudit(tx, caller, {
      type: "dialogue.revised",
      subjectId: dialogue.id,
      dialogueId: dialogue.id,
      version: dialogue.version,
      before: dialogueSnapshot(before),
      after: dialogueSnapshot(dialogue),
    });
    return dialogue;
  });
}

function reportData({ publishedOn, requests: _, ...input }: ReportPatch) {
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  return { ...given, ...(publishedOn === undefined ? {} : { publishedOn: publishedOn && dateOf(publishedOn) }) };
}

/** Rows of what a report asks, in the order given. */
export function requestRows(requests: readonly ReportRequest[]) {
  return requests.map(({ text, addressee, paragraph }, index) => ({
    place: index + 1,
    text,
    addressee: addressee ?? null,
    paragraph: paragraph ?? null,
  }));
}

async function replaceRequests(tx: Tx, reportId: string, requests: readonly ReportRequest[]): Promise<void> {
  await tx.reportRequest.deleteMany({ where: { reportId } });
  await tx.reportRequest.createMany({ data: requestRows(requests).map((row) => ({ ...row, reportId })) });
}

/** Records a report. Without a slug it gets one from its title. Throws INVALID when its slug or symbol is taken. */
export async function recordReport(caller: Editor, input: NewReport): Promise<ReportDto> {
  return write(caller, async (tx) => {
    const { title } = input;
    const slug = input.slug ?? suggestSlug(title, input.publishedOn);
    const { id } = await tx.report
      .create({ data: { ...reportData(input), slug, title }, select: { id: true } })
      .catch((error) => refuse(error, REPORT_TAKEN));
    await replaceRequests(tx, id, input.requests);
    const report = await getReport(tx, id);
    await recordAudit(tx, caller, {
      type: "report.recorded",
      subjectId: id,
      version: report.version,
      before: null,
      after: reportSnapshot(report),
    });
    return report;
  });
}

/** Changes a report from a version; STALE with the present record when somebody was faster. */
export async function reviseReport(
  caller: Editor,
  ref: string,
  version: number,
  patch: ReportPatch,
): Promise<ReportDto> {
  return write(caller, async (tx) => {
    const before = await getReport(tx, ref);
    const changed = await tx.report
      .updateMany({ where: { id: before.id, version }, data: { ...reportData(patch), version: { increment: 1 } } })
      .catch((error) => refuse(error, REPORT_TAKEN));
    if (changed.count === 0) throw new DomainError({ code: "STALE", current: await getReport(tx, before.id) });
    if (patch.requests) await replaceRequests(tx, before.id, patch.requests);
    const report = await getReport(tx, before.id);
    await recordAudit(tx, caller, {
      type: "report.revised",
      subjectId: report.id,
      version: report.version,
      before: reportSnapshot(before),
      after: reportSnapshot(report),
    });
    return report;
  });
}
