import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import { actorInput, membershipInput, type ActorInput, type MembershipInput } from "@/features/actors/schema";
import { POSITION_VALUES, wordingInput, type WordingInput } from "@/features/codebook/schema";
import { dialogueInput, reportInput, type DialogueInput, type ReportInput } from "@/features/dialogues/schema";
import { publishedFigureInput, type PublishedFigureInput } from "@/features/figures/schema";
import { OCCASIONS, POSITION_KINDS } from "@/features/positions/schema";
import { parseRepresents, statementInput, type StatementInput } from "@/features/statements/schema";
import { actorRef, line, prose, webAddress, whole } from "@/lib/input";
import { voteInput, type VoteInput } from "@/features/votes/schema";

/** Where the files lie: the path of each that there is. */
export type Folder = Partial<Record<File, string>>;

/** The committed data. */
export function referenceFolder(): Folder {
  const folder = fileURLToPath(new URL("../reference/", import.meta.url));
  return Object.fromEntries(FILES.map((file) => [file, path.join(folder, file)]));
}

/** Files that are read whole hold a few hundred rows; what may hold more is streamed into the database. */
const MOST_BYTES = 5_000_000;

/** The files and their columns, as prisma/reference/README.md describes them. */
const COLUMNS = {
  "actors.csv": "slug,kind,iso2,iso3,m49,short_name,official_name,admitted_on,m49_region,m49_subregion,note,source",
  "actor-names.csv": "actor,name,kind,language,valid_from,valid_until,source",
  "memberships.csv": "group,member,valid_from,valid_until,known_on,source,note",
  "codebook.csv": `code,title,definition,include,exclude,examples,kind,period,${POSITION_VALUES.join(",")},source`,
  "reports.csv": "slug,title,symbol,published_on,summary,source_url",
  "report-requests.csv": "report,place,text,addressee,paragraph",
  "dialogues.csv": "slug,title,kind,ordinal,body,starts_on,ends_on,report,note,source_url",
  "meetings.csv": "dialogue,number,date,label,source",
  "published-figures.csv":
    "dialogue,meeting,group,scope,unit,value,printed,publisher,published_on,rule,source_url,note",
  "statements.csv":
    "dialogue,order,meeting,speaker,printed,role,language,person_name,person_title,represents,source_url,note",
  "positions.csv": "dialogue,year,occasion,actor,statement,issue,kind,value,no_quote_reason,through,note,source_url",
  "votes.csv": "slug,symbol,title,date,dialogue,yes,no,abstain,not_voting,source_url,note",
  "roll-calls.csv": "vote,actor,value,printed",
} as const;

export type File = keyof typeof COLUMNS;
export const FILES = Object.keys(COLUMNS) as File[];

/** What is wrong with a file; `row` counts the header as 1 and is null, as is `column`, when the whole file or row is to blame. */
export type Flaw = { file: string; row: number | null; column: string | null; message: string };

/** Files that do not fit, with everything that was found. */
export class Flaws extends Error {
  constructor(readonly flaws: Flaw[]) {
    super(flaws.map(flawSentence).join("\n"));
  }
}

export function flawSentence({ file, row, column, message }: Flaw): string {
  return `${[file, row === null ? [] : `row ${row}`, column ?? []].flat().join(", ")}: ${message}`;
}

/** One row: a null for an empty cell, which means "not known" or "there is none". */
type Row = { file: File; line: number; cell: (column: string) => string | null };

export type MembershipRow = MembershipInput & { group: string };
export type StatementRow = StatementInput & { dialogue: string; order: number };
export type PositionRow = z.output<typeof positionRow>;

/** Who there is, what they are called (short names among `names`), who belongs to what, and the issues of the codebook in their order. */
export type ReferenceData = { actors: ActorInput[]; memberships: MembershipRow[]; issues: WordingInput[] };

/** What was held, what was published about it, and who spoke for whom. Actors are named by ISO3 code or slug. */
export type RecordData = {
  reports: ReportInput[];
  dialogues: DialogueInput[];
  figures: PublishedFigureInput[];
  statements: StatementRow[];
  positions: PositionRow[];
  votes: VoteInput[];
};

/** A position that a source attributes: of a statement on record, at a dialogue, or on another occasion of a year. */
const positionRow = z.strictObject({
  dialogue: line(120).nullable(),
  year: whole(1945, 2200),
  occasion: z.enum(OCCASIONS),
  actor: actorRef,
  statement: whole(1, 100_000).nullable().describe("Place of the statement in the order of speaking"),
  issue: line(80),
  kind: z.enum(POSITION_KINDS),
  value: z.enum(POSITION_VALUES).nullable(),
  noQuoteReason: line(500).nullable(),
  through: actorRef.nullable(),
  note: prose(5000).nullable(),
  sourceUrl: webAddress.nullable(),
});

function failure({ file, line }: Row, column: string | null, message: string): Flaws {
  return new Flaws([{ file, row: line, column, message }]);
}

/** Reads each row; what is wrong with any of them is thrown together. */
function eachRow<T>(rows: Row[], read: (row: Row) => T): T[] {
  const flaws: Flaw[] = [];
  const values = rows.flatMap((row) => {
    try {
      return [read(row)];
    } catch (error) {
      if (!(error instanceof Flaws)) throw error;
      flaws.push(...error.flaws);
      return [];
    }
  });
  if (flaws.length > 0) throw new Flaws(flaws);
  return values;
}

function textOf(place: string, file: File): string {
  const wrong = (message: string) => new Flaws([{ file, row: null, column: null, message }]);
  if (fs.statSync(place).size > MOST_BYTES) throw wrong("The file is larger than 5 MB.");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(fs.readFileSync(place));
  } catch {
    throw wrong("The file is not in UTF-8.");
  }
}

/** The rows of a file; none when there is no such file. Throws for columns that it does not have. */
function readRows(folder: Folder, file: File): Row[] {
  const place = folder[file];
  if (place === undefined) return [];
  const [header = [], ...rows]: string[][] = parseTable(textOf(place, file), file);
  const known = COLUMNS[file].split(",");
  const strange = header.filter((column, index) => !known.includes(column) || header.indexOf(column) !== index);
  if (strange.length > 0) {
    const message = `There is no such column, or it stands here twice. The columns are ${known.join(", ")}.`;
    throw new Flaws(strange.map((column) => ({ file, row: 1, column, message })));
  }
  return rows.map((cells, index) => ({
    file,
    // The first row is the header.
    line: index + 2,
    cell: (column) => cells[header.indexOf(column)] || null,
  }));
}

function parseTable(text: string, file: File): string[][] {
  try {
    return parse(text);
  } catch (error) {
    throw new Flaws([{ file, row: null, column: null, message: `This is no CSV: ${(error as Error).message}.` }]);
  }
}

/** The column that a field of an input comes from. */
function columnOf(file: File, field: string): string | null {
  const snake = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return COLUMNS[file].split(",").find((column) => column === snake) ?? null;
}

/** A row as the product would accept it from a person. Throws with the file, the row and the column of all that it would not. */
function accept<T extends z.ZodType>(row: Row, schema: T, value: z.input<T>): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Flaws(
    result.error.issues.map(({ path: at, message }) => {
      const column = columnOf(row.file, String(at[0] ?? ""));
      return { file: row.file, row: row.line, column, message: column ? message : `${at.join(".")}: ${message}` };
    }),
  );
}

/** Rows by the value of a column, in their order. Throws for a value that is not among `known`. */
function groupRows(rows: Row[], column: string, known: ReadonlySet<string>): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  eachRow(rows, (row) => {
    const key = row.cell(column) ?? "";
    if (!known.has(key)) throw failure(row, column, `There is no "${key}" in the file that this one goes with.`);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  });
  return groups;
}

function slugsOf(rows: Row[]): Set<string> {
  return new Set(rows.map(({ cell }) => cell("slug") ?? ""));
}

function readActors(folder: Folder): ActorInput[] {
  const rows = readRows(folder, "actors.csv");
  const names = groupRows(readRows(folder, "actor-names.csv"), "actor", slugsOf(rows));
  return eachRow(rows, (row) => {
    const { cell } = row;
    return accept(row, actorInput, {
      slug: cell("slug"),
      kind: cell("kind"),
      name: cell("short_name"),
      iso2: cell("iso2"),
      iso3: cell("iso3"),
      m49: cell("m49"),
      admittedOn: cell("admitted_on"),
      m49Region: cell("m49_region"),
      m49Subregion: cell("m49_subregion"),
      note: cell("note"),
      source: cell("source"),
      names: (names.get(cell("slug") ?? "") ?? []).map(({ cell: of }) => ({
        name: of("name"),
        kind: of("kind"),
        language: of("language"),
        from: of("valid_from"),
        until: of("valid_until"),
        source: of("source"),
      })),
    } as z.input<typeof actorInput>);
  });
}

function readMemberships(folder: Folder): MembershipRow[] {
  return eachRow(readRows(folder, "memberships.csv"), (row) => {
    const { cell } = row;
    const membership = accept(row, membershipInput, {
      member: cell("member") ?? "",
      from: cell("valid_from"),
      until: cell("valid_until"),
      knownOn: cell("known_on"),
      source: cell("source") ?? "",
      note: cell("note"),
    });
    return { ...membership, group: cell("group") ?? "" };
  });
}

export function readIssues(folder: Folder): WordingInput[] {
  return eachRow(readRows(folder, "codebook.csv"), (row) => {
    const { cell } = row;
    return accept(row, wordingInput, {
      code: cell("code") ?? "",
      title: cell("title") ?? "",
      definition: cell("definition") ?? "",
      include: cell("include"),
      exclude: cell("exclude"),
      examples: cell("examples")?.split(" | ") ?? [],
      kind: cell("kind"),
      period: cell("period"),
      source: cell("source"),
      scale: POSITION_VALUES.flatMap((value) => {
        const meaning = cell(value);
        return meaning === null ? [] : [{ value, meaning }];
      }),
    });
  });
}

export function readReports(folder: Folder): ReportInput[] {
  const rows = readRows(folder, "reports.csv");
  const requests = groupRows(readRows(folder, "report-requests.csv"), "report", slugsOf(rows));
  return eachRow(rows, (row) => {
    const { cell } = row;
    const asked = requests.get(cell("slug") ?? "") ?? [];
    for (const [index, request] of asked.entries()) {
      if (request.cell("place") !== String(index + 1))
        throw failure(request, "place", "What a report asks is numbered from 1.");
    }
    return accept(row, reportInput, {
      slug: cell("slug") ?? "",
      title: cell("title") ?? "",
      symbol: cell("symbol"),
      publishedOn: cell("published_on"),
      summary: cell("summary"),
      sourceUrl: cell("source_url"),
      requests: asked.map((request) => ({
        text: request.cell("text") ?? "",
        addressee: request.cell("addressee"),
        paragraph: request.cell("paragraph"),
      })),
    });
  });
}

export function readDialogues(folder: Folder): DialogueInput[] {
  const rows = readRows(folder, "dialogues.csv");
  const meetings = groupRows(readRows(folder, "meetings.csv"), "dialogue", slugsOf(rows));
  return eachRow(rows, (row) => {
    const { cell } = row;
    const days = meetings.get(cell("slug") ?? "") ?? [];
    for (const [index, meeting] of days.entries()) {
      if (meeting.cell("number") !== String(index + 1))
        throw failure(meeting, "number", "Meetings are numbered from 1.");
    }
    return accept(row, dialogueInput, {
      slug: cell("slug"),
      title: cell("title"),
      kind: cell("kind"),
      ordinal: cell("ordinal"),
      body: cell("body"),
      startsOn: cell("starts_on"),
      endsOn: cell("ends_on"),
      report: cell("report"),
      meetings: days.map((meeting) => ({ date: meeting.cell("date"), label: meeting.cell("label") })),
      note: cell("note"),
      sourceUrl: cell("source_url"),
    } as z.input<typeof dialogueInput>);
  });
}

export function readFigures(folder: Folder): PublishedFigureInput[] {
  return eachRow(readRows(folder, "published-figures.csv"), (row) => {
    const { cell } = row;
    return accept(row, publishedFigureInput, {
      dialogue: cell("dialogue"),
      meeting: cell("meeting"),
      group: cell("group"),
      scope: cell("scope"),
      unit: cell("unit"),
      value: cell("value"),
      printed: cell("printed"),
      publisher: cell("publisher"),
      publishedOn: cell("published_on"),
      rule: cell("rule"),
      sourceUrl: cell("source_url"),
      note: cell("note"),
    } as z.input<typeof publishedFigureInput>);
  });
}

function readStatements(folder: Folder): StatementRow[] {
  return eachRow(readRows(folder, "statements.csv"), (row) => {
    const { cell } = row;
    const represents = parseRepresents(cell("represents") ?? "");
    if (!represents) throw failure(row, "represents", `"${cell("represents")}" is not in the notation of the README.`);
    const name = cell("person_name");
    const order = Number(cell("order"));
    const statement = accept(row, statementInput, {
      speaker: cell("speaker") ?? "",
      printed: cell("printed"),
      role: cell("role") as StatementInput["role"],
      order,
      meeting: cell("meeting"),
      language: cell("language"),
      person: name === null ? null : { name, title: cell("person_title") },
      sourceUrl: cell("source_url"),
      note: cell("note"),
      represents,
    });
    return { ...statement, order, dialogue: cell("dialogue") ?? "" };
  });
}

function readPositions(folder: Folder): PositionRow[] {
  return eachRow(readRows(folder, "positions.csv"), (row) => {
    const { cell } = row;
    return accept(row, positionRow, {
      dialogue: cell("dialogue"),
      year: cell("year") ?? "",
      occasion: cell("occasion") as PositionRow["occasion"],
      actor: cell("actor") ?? "",
      statement: cell("statement"),
      issue: cell("issue") ?? "",
      kind: cell("kind") as PositionRow["kind"],
      value: cell("value") as PositionRow["value"],
      noQuoteReason: cell("no_quote_reason"),
      through: cell("through"),
      note: cell("note"),
      sourceUrl: cell("source_url"),
    });
  });
}

export function readVotes(folder: Folder): VoteInput[] {
  const rows = readRows(folder, "votes.csv");
  const rollCalls = groupRows(readRows(folder, "roll-calls.csv"), "vote", slugsOf(rows));
  return eachRow(rows, (row) => {
    const { cell } = row;
    return accept(row, voteInput, {
      slug: cell("slug"),
      symbol: cell("symbol"),
      title: cell("title"),
      date: cell("date"),
      dialogue: cell("dialogue"),
      result: { yes: cell("yes"), no: cell("no"), abstain: cell("abstain"), notVoting: cell("not_voting") },
      votes: (rollCalls.get(cell("slug") ?? "") ?? []).map((vote) => ({
        actor: vote.cell("actor"),
        value: vote.cell("value"),
        printed: vote.cell("printed"),
      })),
      sourceUrl: cell("source_url"),
      note: cell("note"),
    } as z.input<typeof voteInput>);
  });
}

/** The actors with their names, the memberships, and the codebook. Throws an error that names the file and line of what does not fit. */
export function readReference(folder = referenceFolder()): ReferenceData {
  return { actors: readActors(folder), memberships: readMemberships(folder), issues: readIssues(folder) };
}

/** The record. Throws an error that names the file and line of what does not fit. */
export function readRecord(folder = referenceFolder()): RecordData {
  return {
    reports: readReports(folder),
    dialogues: readDialogues(folder),
    figures: readFigures(folder),
    statements: readStatements(folder),
    positions: readPositions(folder),
    votes: readVotes(folder),
  };
}
