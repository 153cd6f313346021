import { COMPUTED_HEADERS, IMPORT_FIELDS, type ImportKind, type Mapping } from "@/features/imports/schema";
import { DomainError, type Issue } from "@/lib/errors";

/** A header reduced to what two ways of writing it share: "Source_URL" and "source url". */
export function foldHeader(header: string): string {
  const spaced = header.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return spaced.replace(/[\s_.-]+/g, " ").trim();
}

function fieldOf(kind: ImportKind, header: string): string | null {
  const folded = foldHeader(header);
  if (COMPUTED_HEADERS[kind]?.includes(folded)) return null;
  const found = Object.entries(IMPORT_FIELDS[kind]).find(([field, { label, known = [] }]) =>
    [field, label, ...known].some((name) => foldHeader(name) === folded),
  );
  return found?.[0] ?? null;
}

/** The fields that the headers of a file seem to mean: each field once, its own name and label before other words for it. */
export function guessMapping(kind: ImportKind, headers: readonly string[]): Mapping {
  const exact = (header: string, field: string): boolean =>
    [field, IMPORT_FIELDS[kind][field]?.label ?? ""].some((name) => foldHeader(name) === foldHeader(header));
  const guesses = headers.flatMap((header) => {
    const field = fieldOf(kind, header);
    return field === null ? [] : [{ header, field }];
  });
  const best = guesses.filter(({ header, field }, index) => {
    const same = guesses.filter((other) => other.field === field);
    const named = same.filter((other) => exact(other.header, field));
    return (named[0] ?? same[0]) === guesses[index] && header !== "";
  });
  return Object.fromEntries(best.map(({ header, field }) => [header, field]));
}

/**
 * The mapping that a form says, by the place of each column.
 * @throws DomainError INVALID for a field that is taken twice, one that there is not, and for what is missing
 */
export function mappingOf(kind: ImportKind, headers: readonly string[], columns: readonly string[]): Mapping {
  const fields = IMPORT_FIELDS[kind];
  const issues: Issue[] = [];
  const mapping: Record<string, string> = {};
  for (const [index, field] of columns.entries()) {
    const header = headers[index];
    if (field === "" || field === "-" || header === undefined) continue;
    const path = ["columns", String(index)];
    if (!(field in fields)) issues.push({ path, message: "There is no such field." });
    else if (Object.values(mapping).includes(field)) {
      issues.push({ path, message: `Two columns are taken as ${fields[field]?.label}. Take one.` });
    } else mapping[header] = field;
  }
  const has = (field: string): boolean => Object.values(mapping).includes(field);
  for (const [field, { label, required }] of Object.entries(fields)) {
    if (!required || has(field) || (field === "speaker" && has("iso3"))) continue;
    issues.push({ path: ["columns", "0"], message: `Say which column holds: ${label}.` });
  }
  if (issues.length > 0) throw new DomainError({ code: "INVALID", issues });
  return mapping;
}

/** Reads the cells of a row by field; what is blank is left out. */
export type Cells = {
  /** The text of a field, without spaces around it; undefined when it is blank or no column holds it. */
  text(field: string): string | undefined;
  /** The same as it was written: running text keeps its spaces. */
  prose(field: string): string | undefined;
  /** The place of a field's column, from 0; null when no column holds it. */
  column: (field: string) => number | null;
};

/** How rows are read under a mapping. */
export function reader(headers: readonly string[], mapping: Mapping): (cells: readonly string[]) => Cells {
  const places = new Map(Object.entries(mapping).map(([header, field]) => [field, headers.indexOf(header)]));
  const column = (field: string): number | null => places.get(field) ?? null;
  return (cells) => {
    const prose = (field: string): string | undefined => {
      const place = column(field);
      const text = place === null ? "" : (cells[place] ?? "");
      return text.trim() === "" ? undefined : text;
    };
    return { column, prose, text: (field) => prose(field)?.trim() };
  };
}
