import { VALUE_NAMES, type IssueDto, type PositionValue } from "@/features/codebook/schema";
import type { StatementPositions, PositionDto } from "@/features/positions/queries/statement";
import {
  CONFIDENCE_NAMES,
  ISSUE_FIELD,
  NOT_ADDRESSED,
  POSITION_KIND_NAMES,
  type CodingForm,
  type CodingRow,
  type PositionInput,
  type PositionKind,
} from "@/features/positions/schema";
import type { FormValue, FormValues } from "@/lib/form";

/** The name of the form field that holds the codings of an issue. */
export function issueField(code: string): string {
  return `${ISSUE_FIELD}${code}`;
}

/** One coding as the form holds it: texts, or nothing. */
export type RowValues = Partial<Record<keyof CodingRow, string>>;

const FIELDS = ["kind", "value", "quote", "quoted", "text", "start", "noQuoteReason", "note", "confidence"] as const;

/** The codings of an issue in a form: at least one row, blank where nothing was said yet. */
export function rowsOf(values: FormValues, code: string): RowValues[] {
  const given = values[issueField(code)];
  const rows = Array.isArray(given) ? given.filter((row) => typeof row === "object" && !Array.isArray(row)) : [];
  const read = rows.map((row): RowValues => {
    const held = row as FormValues;
    return Object.fromEntries(FIELDS.flatMap((name) => (typeof held[name] === "string" ? [[name, held[name]]] : [])));
  });
  return read.length > 0 ? read : [{}];
}

function rowValues({ kind, value, quote, quotation, noQuoteReason, note, confidence }: PositionDto): FormValues {
  const all = {
    kind,
    value: value ?? NOT_ADDRESSED,
    quote,
    quoted: quote,
    text: quotation?.text,
    start: quotation?.start?.toString(),
    noQuoteReason,
    note,
    confidence,
  };
  return Object.fromEntries(Object.entries(all).flatMap(([name, text]) => (text ? [[name, text]] : [])));
}

/** What votes say is recorded elsewhere, and what was merged keeps its originals: the form neither shows nor changes them. */
function codingsOf({ positions }: StatementPositions, code: string): PositionDto[] {
  return positions.filter(({ issue, reading, kind }) => issue === code && reading === "itself" && kind !== "vote");
}

/**
 * The form as it stands for a statement. Of a coding that was submitted, what it does not hold was not addressed; before the
 * first one nothing is decided yet.
 */
export function codingValues(coding: StatementPositions, issues: readonly Pick<IssueDto, "code">[]): FormValues {
  const values: FormValues = {};
  for (const { code } of issues) {
    const rows = codingsOf(coding, code).map(rowValues);
    if (rows.length > 0) values[issueField(code)] = rows;
    else if (coding.submittedAt !== null) values[issueField(code)] = [{ value: NOT_ADDRESSED }];
  }
  if (coding.memo !== null) values["memo"] = coding.memo;
  return values;
}

function inputOf(issue: string, row: CodingRow): PositionInput {
  const { kind, value, quote, quoted, text, start, noQuoteReason, note, confidence } = row;
  // Words that were typed over are looked for anew.
  const placed = quote !== undefined && quote === quoted;
  return {
    issue,
    kind,
    value: value === NOT_ADDRESSED ? null : value,
    quote,
    text: placed ? text : undefined,
    start: placed ? start : undefined,
    noQuoteReason,
    note,
    confidence,
  };
}

/** What the form says, without the issues that it leaves out; `paths` are the fields that each came from. */
export function codedInputs(form: CodingForm): { inputs: PositionInput[]; paths: string[][] } {
  const { statement: _, version: __, codebook: ___, memo: ____, after: _____, ...issues } = form;
  const coded = Object.entries(issues).flatMap(([field, rows]) =>
    rows.flatMap((row, index) => {
      const input = inputOf(field.slice(ISSUE_FIELD.length), row);
      return input.kind === "position" && !input.value ? [] : [{ input, path: [field, String(index)] }];
    }),
  );
  return { inputs: coded.map(({ input }) => input), paths: coded.map(({ path }) => path) };
}

/** Several codings of one issue are set apart by this. */
const BETWEEN = "\n\n";

function rowInWords({ kind = "position", value, quote, noQuoteReason, note, confidence }: RowValues): string {
  const name = value === undefined || value === NOT_ADDRESSED ? null : VALUE_NAMES[value as PositionValue];
  if (kind === "position" && name === null && !quote && !noQuoteReason && !note) return "Not addressed";
  const what = [kind === "position" ? null : POSITION_KIND_NAMES[kind as PositionKind], name]
    .filter(Boolean)
    .join(", ");
  return [
    what,
    quote && `“${quote}”`,
    noQuoteReason && `No quotation: ${noQuoteReason}`,
    note && `Note: ${note}`,
    confidence && `Confidence: ${CONFIDENCE_NAMES[confidence as keyof typeof CONFIDENCE_NAMES].toLowerCase()}`,
  ]
    .filter(Boolean)
    .join("\n");
}

type Versions = { field: string; label: string; mine: string; theirs: string; value: FormValue | undefined };

/** What two people coded of the same statement, issue by issue and the memo, for the form that shows both. */
export function versionsOfCoding(
  mine: FormValues,
  theirs: StatementPositions,
  issues: readonly Pick<IssueDto, "code" | "title">[],
): Versions[] {
  const values = codingValues(theirs, issues);
  const memoOf = (of: FormValues): string => (typeof of["memo"] === "string" ? of["memo"] : "");
  const inWords = (of: FormValues, code: string): string => rowsOf(of, code).map(rowInWords).join(BETWEEN);
  return [
    ...issues.map(({ code, title }) => ({
      field: issueField(code),
      label: title,
      mine: inWords(mine, code),
      theirs: inWords(values, code),
      value: values[issueField(code)],
    })),
    { field: "memo", label: "Memo", mine: memoOf(mine), theirs: memoOf(values), value: values["memo"] },
  ];
}

/** Codes of issues in a draft that the codebook does not have any more, with what was said on each. */
export function strayCodings(
  values: FormValues,
  issues: readonly Pick<IssueDto, "code">[],
): { code: string; words: string }[] {
  const known = new Set(issues.map(({ code }) => issueField(code)));
  return Object.keys(values)
    .filter((field) => field.startsWith(ISSUE_FIELD) && !known.has(field))
    .map((field) => field.slice(ISSUE_FIELD.length))
    .map((code) => ({ code, words: rowsOf(values, code).map(rowInWords).join(BETWEEN) }));
}
