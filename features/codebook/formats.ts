import type { CodingDto } from "@/features/codebook/queries/codings";
import { POSITION_VALUES, VALUE_NAMES, type IssueDto } from "@/features/codebook/schema";
import type { FormValue, FormValues } from "@/lib/form";

/** What a coding says, in words: "Supports", or "Mention" where it has no value. */
export function codingInWords({ kind, value }: Pick<CodingDto, "kind" | "value">): string {
  if (value === null) return kind.charAt(0).toUpperCase() + kind.slice(1);
  return kind === "position" ? VALUE_NAMES[value] : `${VALUE_NAMES[value]} (${kind})`;
}

/** An issue as the values of its form. */
export function wordingFormValues({ scale, examples = [], ...wording }: Partial<IssueDto>): FormValues {
  const { code, title, definition, include, exclude, kind, period, source } = wording;
  const fields = { code, title, definition, include, exclude, kind, period, source, examples: examples.join("\n") };
  const given = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null && value !== "");
  const meanings = Object.fromEntries((scale ?? []).map(({ value, meaning }) => [value, meaning]));
  return { ...Object.fromEntries(given), scale: meanings };
}

const LABELS = {
  title: "Title",
  code: "Code",
  definition: "Definition",
  include: "Include",
  exclude: "Exclude",
  examples: "Examples",
  scale: "Scale",
  kind: "Kind",
  period: "Seen",
  source: "Source",
};

function inWords(value: FormValue | undefined): string {
  if (typeof value === "string") return value;
  if (value === undefined || Array.isArray(value)) return "";
  return POSITION_VALUES.flatMap((name) => {
    const meaning = value[name];
    return typeof meaning === "string" ? [`${VALUE_NAMES[name]}: ${meaning}`] : [];
  }).join("\n");
}

/** Two versions of the form of an issue, field by field in words. */
export function versionsOf(mine: FormValues, theirs: FormValues) {
  return Object.entries(LABELS).map(([field, label]) => ({
    field,
    label,
    mine: inWords(mine[field]),
    theirs: inWords(theirs[field]),
    value: theirs[field],
  }));
}
