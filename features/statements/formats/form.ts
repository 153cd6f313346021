import type { ActorChoice } from "@/features/statements/queries/form";
import type { StatementDto } from "@/features/statements/queries/statement";
import { foldName } from "@/features/statements/rules";
import { CAPACITY_NAMES, ROLE_NAMES, type Capacity, type StatementRole } from "@/features/statements/schema";
import type { FormValue, FormValues } from "@/lib/form";
import { formatList } from "@/lib/format";

/** One row of the form: somebody for whom the statement was delivered. */
export type PartyRow = { basis: string; actor: string; exclude: string[] };

export const BLANK_ROW: PartyRow = { basis: "group", actor: "", exclude: [] };

/** Reads the rows of an echoed form. Rows in which nobody is named are kept between others only: issues go by their place. */
export function partyRows(value: FormValue | undefined): PartyRow[] {
  if (!Array.isArray(value)) return [];
  const rows = value.map((row) => {
    const { basis, actor, exclude } = typeof row === "object" && !Array.isArray(row) ? row : {};
    return {
      basis: typeof basis === "string" ? basis : BLANK_ROW.basis,
      actor: typeof actor === "string" ? actor : "",
      exclude: Array.isArray(exclude) ? exclude.filter((one) => typeof one === "string") : [],
    };
  });
  return rows.slice(0, rows.findLastIndex(({ actor }) => actor !== "") + 1);
}

/** What stands in a field for an actor: what is typed there for a reference, a code or a name of the day; else the text itself. */
function typedFor(choices: readonly ActorChoice[], text: string): string {
  const folded = foldName(text);
  const found =
    choices.find(({ ref }) => ref.toLowerCase() === text.toLowerCase()) ??
    choices.find(({ typed }) => foldName(typed) === folded);
  return found?.typed ?? text;
}

/** The actors as type-ahead offers them: the name with its code, or the code with the name where others share it. */
export function actorOptions(choices: readonly ActorChoice[]) {
  return choices.map(({ ref, name, typed, keys }) => ({ value: typed, label: typed === ref ? name : ref, keys }));
}

/** A stored statement as the values of its form. `place` is the order that the form was opened with. */
export function formValuesOf(statement: StatementDto, choices: readonly ActorChoice[]): FormValues {
  const typed = (ref: string): string => typedFor(choices, ref);
  const parties = statement.represents.flatMap((row) => {
    if (row.basis === "own") return [];
    if (row.basis === "group") return [{ basis: "group", actor: typed(row.group), exclude: row.exclude }];
    return [{ basis: row.basis, actor: typed(row.actor), exclude: [] }];
  });
  const own = statement.represents.length === 0 || statement.represents.some(({ basis }) => basis === "own");
  const { printed, language, sourceUrl, note, person } = statement;
  const optional = { printed, language, sourceUrl, note, personName: person?.name, personTitle: person?.title };
  const given = Object.entries(optional).flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  return {
    ...Object.fromEntries(given),
    speaker: typed(statement.speaker),
    role: statement.role,
    order: String(statement.order),
    place: String(statement.order),
    ...(statement.meeting === null ? {} : { meeting: String(statement.meeting) }),
    capacity: parties.length === 0 ? "own" : own ? "both" : "others",
    parties,
  };
}

const LABELS = {
  speaker: "Speaker",
  capacity: "Delivered",
  parties: "On behalf of, and aligned with it",
  role: "Role",
  meeting: "Meeting",
  language: "Language",
  order: "Place in the order",
  personName: "Person who spoke",
  personTitle: "Title of the person",
  printed: "Name as the source prints it",
  sourceUrl: "Address of the source",
  note: "Note",
} as const;

type Field = keyof typeof LABELS;

function partyInWords({ basis, actor, exclude }: PartyRow, choices: readonly ActorChoice[]): string {
  const typed = (text: string): string => typedFor(choices, text);
  if (basis !== "group") return `${basis}: ${typed(actor)}`;
  return exclude.length > 0 ? `${typed(actor)} without ${formatList(exclude.map(typed).sort())}` : typed(actor);
}

function inWords(field: Field, value: FormValue | undefined, choices: readonly ActorChoice[]): string {
  if (field === "parties") {
    const rows = partyRows(value).filter(({ actor }) => actor !== "");
    return rows.map((row) => partyInWords(row, choices)).join("\n");
  }
  if (typeof value !== "string") return "";
  if (field === "speaker") return typedFor(choices, value);
  if (field === "role") return ROLE_NAMES[value as StatementRole] ?? value;
  if (field === "capacity") return CAPACITY_NAMES[value as Capacity] ?? value;
  return value;
}

/**
 * What was typed beside what is on record now, field by field in words. A place in the order that was not touched is no
 * wish of the typist: others may have moved the statement meanwhile.
 */
export function versionsOf(mine: FormValues, theirs: FormValues, choices: readonly ActorChoice[]) {
  const touched = mine["order"] !== mine["place"];
  return (Object.keys(LABELS) as Field[]).map((field) => ({
    field,
    label: LABELS[field],
    mine: inWords(field, field === "order" && !touched ? theirs[field] : mine[field], choices),
    theirs: inWords(field, theirs[field], choices),
    value: theirs[field],
  }));
}
