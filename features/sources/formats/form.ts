import type { TextDto } from "@/features/sources/queries/texts";
import { TEXT_KIND_NAMES, type TextKind } from "@/features/sources/schema";
import type { FormValues } from "@/lib/form";
import { formatDay, isDay } from "@/lib/format";

const RIGHT_TO_LEFT = /^(?:ar|fa|he|ur|ps|sd|ug|yi|dv|ckb|syr)(?:-|$)/;

/** The direction in which a language is written. */
export function directionOf(language: string): "rtl" | "ltr" {
  return RIGHT_TO_LEFT.test(language) ? "rtl" : "ltr";
}

/** A stored text as the values of its form. */
export function textFormValues(text: TextDto): FormValues {
  const { kind, language, source, sourceUrl, accessedOn } = text;
  const all = { kind, language, text: text.text, source, sourceUrl, accessedOn };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null)) as FormValues;
}

const LABELS = {
  kind: "Kind",
  language: "Language",
  source: "Found in",
  sourceUrl: "Address",
  accessedOn: "Looked at on",
  text: "Text",
} as const;

function inWords(field: string, value: unknown): string {
  if (typeof value !== "string") return "";
  if (field === "kind") return TEXT_KIND_NAMES[value as TextKind] ?? value;
  if (field === "text" && value.length > 600) return `${value.slice(0, 600).toWellFormed()}…`;
  return isDay(value) ? formatDay(value) : value;
}

/** Two versions of the form of a text, field by field in words. */
export function textVersions(mine: FormValues, theirs: FormValues) {
  return Object.entries(LABELS).map(([field, label]) => ({
    field,
    label,
    mine: inWords(field, mine[field]),
    theirs: inWords(field, theirs[field]),
    value: theirs[field],
  }));
}
