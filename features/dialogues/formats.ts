import type { DialogueDto, ReportDto } from "@/features/dialogues/queries";
import { DIALOGUE_KIND_NAMES, type DialogueKind } from "@/features/dialogues/schema";
import type { FormValue, FormValues } from "@/lib/form";
import { formatDay, isDay } from "@/lib/format";

function given(values: Record<string, FormValue | number | null>): FormValues {
  const said = Object.entries(values).filter(([, value]) => value !== null && value !== "");
  return Object.fromEntries(
    said.map(([name, value]) => [name, typeof value === "number" ? String(value) : value]),
  ) as FormValues;
}

/** A stored dialogue as the values of its form. */
export function dialogueFormValues(dialogue: DialogueDto): FormValues {
  const { slug, title, kind, ordinal, body, startsOn, endsOn, report, meetings, sourceUrl, note } = dialogue;
  const rows = meetings.map(({ date, label }) => ({ date, label }));
  return given({ slug, title, kind, ordinal, body, startsOn, endsOn, report, meetings: rows, sourceUrl, note });
}

/** A stored report as the values of its form. */
export function reportFormValues({
  slug,
  title,
  symbol,
  publishedOn,
  summary,
  sourceUrl,
  requests,
}: ReportDto): FormValues {
  return given({ slug, title, symbol, publishedOn, summary, sourceUrl, requests: requests.map(given) });
}

function dayInWords(text: string): string {
  return isDay(text) ? formatDay(text) : text;
}

/** A meeting as one line: "First meeting, 23 Jul 2009". */
function meetingInWords(meeting: FormValue): string {
  if (typeof meeting !== "object" || Array.isArray(meeting)) return "";
  const { label, date } = meeting;
  const parts = [label, typeof date === "string" ? dayInWords(date) : undefined];
  return parts.filter((part) => typeof part === "string").join(", ");
}

/** What a report asks as one line: "Prevent earlier (Member states, paragraph 12)". */
function requestInWords(request: FormValue): string {
  if (typeof request !== "object" || Array.isArray(request)) return "";
  const { text, addressee, paragraph } = request;
  const about = [addressee, typeof paragraph === "string" ? `paragraph ${paragraph}` : undefined]
    .filter((part) => typeof part === "string")
    .join(", ");
  return [typeof text === "string" ? text : "", about && `(${about})`].filter(Boolean).join(" ");
}

function valueInWords(field: string, value: FormValue | undefined): string {
  if (Array.isArray(value)) return value.map(field === "requests" ? requestInWords : meetingInWords).join("\n");
  if (typeof value !== "string") return "";
  return field === "kind" ? (DIALOGUE_KIND_NAMES[value as DialogueKind] ?? value) : dayInWords(value);
}

/** Two versions of the same form, field by field in words; `labels` names the fields in their order. */
export function versionsOf(labels: Readonly<Record<string, string>>, mine: FormValues, theirs: FormValues) {
  return Object.entries(labels).map(([field, label]) => ({
    field,
    label,
    mine: valueInWords(field, mine[field]),
    theirs: valueInWords(field, theirs[field]),
    value: theirs[field],
  }));
}
