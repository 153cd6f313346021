import "server-only";
import { openBatch, recordAuditMany } from "@/features/audit/mutations";
import { loadCodebook as storedCodebook } from "@/features/codebook/queries/codebook";
import { checkDays } from "@/features/dialogues/rules";
import type { Importer } from "@/features/imports/mutations/kind";
import {
  checkNames,
  removeStaged,
  stageFile,
  takeStaged,
  type FoundInFile,
  type Staged,
} from "@/features/imports/mutations/load";
import type { ImportKind } from "@/features/imports/schema";
import { grant, systemIdentity } from "@/lib/auth/caller";
import { writeLong, type Tx } from "@/lib/db";
import { DomainError } from "@/lib/errors";
import { dayOf } from "@/lib/format";
import { storedCast, type Cast } from "./cast";
import { loadCodebook, type Recorded } from "./codebook";
import {
  Flaws,
  readDialogues,
  readFigures,
  readIssues,
  readReports,
  readVotes,
  type File,
  type Flaw,
  type Folder,
  type RecordData,
} from "./files";
import { loadDialogues, loadFigures, loadReports, patiently, type Placed } from "./load";
import { checkVote, loadVotes } from "./votes";

/** What came of a load: how many rows of each file are on record now, and what was odd. */
export type LoadedFolder = { rows: Partial<Record<File, number>>; warnings: Flaw[]; remarks: string[] };

/**
 * Files of any length, by what their rows are. They take the way of the files that people import on the pages: read by a process of
 * its own into rows that wait, checked and taken in portions. The other files describe at most some hundred things (the meetings
 * and reports of a body, a codebook, its votes), which no page imports; they are read whole, up to 5 MB.
 */
const STREAMED: Partial<Record<File, ImportKind | "names">> = {
  "actors.csv": "actors",
  "actor-names.csv": "names",
  "memberships.csv": "memberships",
  "statements.csv": "statements",
  "positions.csv": "positions",
};

function flawsOf(file: File, found: FoundInFile[], level: "error" | "warning"): Flaw[] {
  return found.filter((one) => one.level === level).map(({ row, column, message }) => ({ file, row, column, message }));
}

/** Reads the long files into rows that wait. Everything that is wrong with any of them is thrown together. */
async function stageFiles(caller: Importer, folder: Folder): Promise<Map<File, Staged>> {
  const staged = new Map<File, Staged>();
  const flaws: Flaw[] = [];
  for (const [file, kind] of Object.entries(STREAMED) as [File, ImportKind | "names"][]) {
    const place = folder[file];
    if (place === undefined) continue;
    try {
      staged.set(file, await stageFile(caller, { kind, file: place, name: file }));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const issues = error.issues.length > 0 ? error.issues : [{ path: [], message: error.message }];
      for (const { path, message } of issues) {
        const column = path[0] === "columns" ? null : (path[0] ?? null);
        flaws.push({ file, row: path.length > 0 ? 1 : null, column, message });
      }
    }
  }
  if (flaws.length === 0) return staged;
  await forget(caller, staged);
  throw new Flaws(flaws);
}

function forget(caller: Importer, staged: Map<File, Staged>): Promise<void> {
  return removeStaged(
    caller,
    [...staged.values()].map(({ id }) => id),
  );
}

type Short = {
  issues: ReturnType<typeof readIssues>;
  record: Pick<RecordData, "reports" | "dialogues" | "figures" | "votes">;
};

function readShort(folder: Folder): Short {
  const flaws: Flaw[] = [];
  const read = <T>(work: () => T[]): T[] => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof Flaws)) throw error;
      flaws.push(...error.flaws);
      return [];
    }
  };
  const short = {
    issues: read(() => readIssues(folder)),
    record: {
      reports: read(() => readReports(folder)),
      dialogues: read(() => readDialogues(folder)),
      figures: read(() => readFigures(folder)),
      votes: read(() => readVotes(folder)),
    },
  };
  if (flaws.length > 0) throw new Flaws(flaws);
  return short;
}

/** Collects what is wrong with the rows of a short file: its first row is row 2. */
function collector(file: File) {
  const flaws: Flaw[] = [];
  return {
    wrong: (index: number, column: string | null, message: string) =>
      void flaws.push({ file, row: index + 2, column, message }),
    end: () => {
      if (flaws.length > 0) throw new Flaws(flaws);
    },
  };
}

function doubled(slugs: string[], known: ReadonlySet<string>, wrong: (index: number, message: string) => void): void {
  for (const [index, slug] of slugs.entries()) {
    if (known.has(slug)) wrong(index, `“${slug}” is on record already.`);
    else if (slugs.indexOf(slug) < index) wrong(index, `Row ${slugs.indexOf(slug) + 2} already has “${slug}”.`);
  }
}

async function takeReports(tx: Tx, { record }: Short): Promise<{ ids: Map<string, string>; events: Recorded[] }> {
  const stored = await tx.report.findMany({ select: { id: true, slug: true } });
  const { wrong, end } = collector("reports.csv");
  const known = new Set(stored.map(({ slug }) => slug));
  doubled(
    record.reports.map(({ slug }) => slug),
    known,
    (index, message) => wrong(index, "slug", message),
  );
  end();
  const { ids, events } = await loadReports(tx, record);
  return { ids: new Map([...stored.map(({ id, slug }) => [slug, id] as const), ...ids]), events };
}

async function takeDialogues(
  tx: Tx,
  { record }: Short,
  reports: Map<string, string>,
): Promise<{ places: Map<string, Placed>; events: Recorded[] }> {
  const rows = await tx.dialogue.findMany({
    select: {
      id: true,
      slug: true,
      startsOn: true,
      meetings: { select: { id: true, date: true }, orderBy: { number: "asc" } },
    },
  });
  const stored = rows.map(({ slug, startsOn, meetings, id }) => {
    const held = meetings.map((meeting) => ({ id: meeting.id, date: dayOf(meeting.date) }));
    return [slug, { id, startsOn: dayOf(startsOn), meetings: held }] as const;
  });
  const { wrong, end } = collector("dialogues.csv");
  const known = new Set(rows.map(({ slug }) => slug));
  doubled(
    record.dialogues.map(({ slug }) => slug),
    known,
    (index, message) => wrong(index, "slug", message),
  );
  for (const [index, { report, startsOn, endsOn, meetings }] of record.dialogues.entries()) {
    if (report && !reports.has(report)) wrong(index, "report", `There is no report “${report}”.`);
    for (const message of refusalsOf(() => checkDays({ startsOn, endsOn: endsOn ?? startsOn, meetings })))
      wrong(index, "starts_on", message);
  }
  end();
  const { places, events } = await loadDialogues(tx, record, reports);
  return { places: new Map([...stored, ...places]), events };
}

/** What a rule says against something; nothing when it is kept. */
function refusalsOf(rule: () => unknown): string[] {
  try {
    rule();
    return [];
  } catch (error) {
    if (error instanceof DomainError)
      return error.issues.length > 0 ? error.issues.map(({ message }) => message) : [error.message];
    throw error;
  }
}

async function takeFigures(tx: Tx, { record }: Short, places: Map<string, Placed>, cast: Cast): Promise<Recorded[]> {
  const { wrong, end } = collector("published-figures.csv");
  for (const [index, { dialogue, meeting, group }] of record.figures.entries()) {
    const held = dialogue ? places.get(dialogue) : undefined;
    if (!dialogue) wrong(index, "dialogue", "Which dialogue is it about? This is needed.");
    else if (!held) wrong(index, "dialogue", `There is no dialogue “${dialogue}”.`);
    else if (meeting && !held.meetings[meeting - 1]) wrong(index, "meeting", `It has no meeting ${meeting}.`);
    if (group && !cast.has(group)) wrong(index, "group", `There is no actor “${group}”.`);
  }
  end();
  return loadFigures(tx, record, places, cast);
}

async function takeVotes(tx: Tx, { record }: Short, places: Map<string, Placed>, cast: Cast): Promise<Recorded[]> {
  const { wrong, end } = collector("votes.csv");
  const stored = new Set((await tx.recordedVote.findMany({ select: { slug: true } })).map(({ slug }) => slug));
  doubled(
    record.votes.map(({ slug }) => slug ?? ""),
    stored,
    (index, message) => wrong(index, "slug", message),
  );
  for (const [index, vote] of record.votes.entries()) {
    if (vote.dialogue && !places.has(vote.dialogue))
      wrong(index, "dialogue", `There is no dialogue “${vote.dialogue}”.`);
    const unknown = vote.votes.filter(({ actor }) => !cast.has(actor));
    for (const { actor } of unknown) wrong(index, null, `Its roll call names “${actor}”, who is not on record.`);
    if (unknown.length > 0) continue;
    for (const message of refusalsOf(() => checkVote(vote, cast))) wrong(index, null, message);
  }
  end();
  return loadVotes(tx, record, (slug) => places.get(slug)?.id ?? "", cast);
}

/** The codebook as the first version; one that is on record is changed on its pages, in versions. */
async function takeCodebook(tx: Tx, { issues }: Short): Promise<{ event: Recorded | null; remark: string | null }> {
  const stored = await storedCodebook(tx);
  if (!stored) return { event: await loadCodebook(tx, { issues }), remark: null };
  const codes = (list: { code: string; title: string; definition: string }[]): string =>
    JSON.stringify(list.map(({ code, title, definition }) => [code, title, definition]));
  if (codes(stored.issues) === codes(issues))
    return { event: null, remark: "codebook.csv: on record already, as it is here." };
  const message = "There is a codebook on record. It is changed in versions, on its pages.";
  throw new Flaws([{ file: "codebook.csv", row: null, column: null, message }]);
}

/** One load: what was taken so far, in its one transaction. */
class Load {
  readonly loaded: LoadedFolder = { rows: {}, warnings: [], remarks: [] };

  constructor(
    private readonly tx: Tx,
    private readonly acting: Importer,
    private readonly staged: Map<File, Staged>,
  ) {}

  /** Takes a long file, if it is there. Throws everything that is wrong with it. */
  async long(file: File): Promise<void> {
    const one = this.staged.get(file);
    if (!one) return;
    const { taken, errors, found } = await takeStaged(this.tx, this.acting, one);
    const flaws = flawsOf(file, found, "error");
    const more = errors - flaws.length;
    if (more > 0) flaws.push({ file, row: null, column: null, message: `And ${more} more.` });
    if (flaws.length > 0) throw new Flaws(flaws);
    this.loaded.warnings.push(...flawsOf(file, found, "warning"));
    this.loaded.rows[file] = taken;
  }

  /** Says what a short file gave. */
  async record(file: File, rows: number, events: Recorded[]): Promise<void> {
    if (rows > 0) this.loaded.rows[file] = rows;
    await recordAuditMany(
      this.tx,
      this.acting,
      events.map((event) => ({ ...event, version: 1, before: null })),
    );
  }
}

async function loadAll(tx: Tx, acting: Importer, folder: Folder, staged: Map<File, Staged>, short: Short) {
  const load = new Load(tx, acting, staged);
  const [actors, names] = [staged.get("actors.csv"), staged.get("actor-names.csv")];
  if (names) {
    const lost = await checkNames(tx, names, actors ?? null);
    if (lost.length > 0) throw new Flaws(flawsOf("actor-names.csv", lost, "error"));
    if (actors) actors.names = names;
  }
  await load.long("actors.csv");
  await load.long("memberships.csv");
  if (short.issues.length > 0) {
    const { event, remark } = await takeCodebook(tx, short);
    if (remark) load.loaded.remarks.push(remark);
    if (event) await load.record("codebook.csv", short.issues.length, [event]);
  }
  const { record } = short;
  const reports = await takeReports(tx, short);
  await load.record("reports.csv", record.reports.length, reports.events);
  const dialogues = await takeDialogues(tx, short, reports.ids);
  await load.record("dialogues.csv", record.dialogues.length, dialogues.events);
  if (record.figures.length > 0 || record.votes.length > 0) {
    const cast = await storedCast(tx);
    const figures = await takeFigures(tx, short, dialogues.places, cast);
    await load.record("published-figures.csv", record.figures.length, figures);
    const votes = await takeVotes(tx, short, dialogues.places, cast);
    await load.record("votes.csv", record.votes.length, votes);
  }
  await load.long("statements.csv");
  await load.long("positions.csv");
  return load.loaded;
}

/**
 * Loads files of the form of prisma/reference into the database, whatever it holds: in the order in which they need each other, in one
 * transaction, as one act. Memory does not grow with the length of the long files. Reads DATABASE_URL.
 * @throws Flaws with the file, row and column of everything that does not fit; nothing is loaded then. A file is looked at when those
 *   that it needs have no error
 */
export async function loadFolder(folder: Folder, title: string): Promise<LoadedFolder> {
  const caller = grant(systemIdentity("Command line"), "import:run");
  const short = readShort(folder);
  const staged = await stageFiles(caller, folder);
  try {
    return await writeLong(caller, async (tx) => {
      await patiently(tx);
      const { caller: acting } = await openBatch(tx, caller, "import", title);
      return await loadAll(tx, acting, folder, staged, short);
    });
  } finally {
    await forget(caller, staged);
  }
}
