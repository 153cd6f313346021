import type { EventType, Json, Snapshot } from "@/features/audit/schema";
import { formatDay, formatList, formatPeriod, isDay } from "@/lib/format";

/** What references (ISO3 codes, slugs) stand for, where it is known: "DNK" is "Denmark". */
export type Names = Readonly<Record<string, string>>;

const EVENT_WORDS: Record<EventType, string> = {
  "actor.recorded": "recorded the actor",
  "actor.merged": "merged an actor into another",
  "actor.revised": "revised the actor",
  "actor.removed": "removed the actor",
  "membership.recorded": "recorded a membership",
  "membership.revised": "revised a membership",
  "membership.removed": "removed a membership",
  "report.recorded": "recorded the report",
  "report.revised": "revised the report",
  "dialogue.recorded": "recorded the dialogue",
  "dialogue.revised": "revised the dialogue",
  "dialogue.reordered": "changed the order of speaking",
  "statement.recorded": "recorded a statement",
  "statement.revised": "revised a statement",
  "statement.withdrawn": "withdrew a statement",
  "statement.restored": "restored a statement",
  "document.recorded": "uploaded a file",
  "text.recorded": "stored a text",
  "text.revised": "changed a text",
  "text.withdrawn": "withdrew a text",
  "text.restored": "put a text back",
  "quotation.recorded": "quoted from a text",
  "quotation.reanchored": "moved a quotation to where its words stand now",
  "quotation.orphaned": "left a quotation without its place in the text",
  "quotation.removed": "removed a quotation",
  "figure.recorded": "recorded a published figure",
  "codebook.drafted": "opened a draft of the codebook",
  "codebook.revised": "changed the draft of the codebook",
  "codebook.published": "published a version of the codebook",
  "codebook.discarded": "discarded a draft of the codebook",
  "coding.submitted": "coded a statement",
  "position.recorded": "coded a position",
  "position.revised": "coded a position anew",
  "position.withdrawn": "withdrew a position",
  "shift.confirmed": "confirmed a shift of position",
  "shift.dismissed": "dismissed a proposed shift of position",
  "shift.reopened": "took back a decision on a shift of position",
  "vote.recorded": "recorded a roll call",
  "vote.revised": "revised a roll call",
  "vote.withdrawn": "withdrew a roll call",
  "vote.restored": "put a roll call back",
  "view.recorded": "saved a view",
  "view.revised": "changed a saved view",
  "view.removed": "deleted a saved view",
  "view.restored": "put a saved view back",
  "batch.undone": "undid an act of many changes",
  "account.set_up": "set up the first account",
  "user.invited": "invited a person",
  "user.role_changed": "changed a role",
  "user.disabled": "disabled an account",
  "user.enabled": "enabled an account",
  "user.password_set": "set a password",
  "user.reset_requested": "asked for a new password",
  "session.opened": "signed in",
  "session.revoked": "ended a session",
  "token.created": "made an API token",
  "token.revoked": "ended an API token",
};

/** What happened, as the end of a sentence that starts with a person: "recorded a statement". */
export function eventInWords(type: EventType): string {
  return EVENT_WORDS[type];
}

const FIELD_NAMES: Readonly<Record<string, string>> = {
  slug: "Address",
  not_voting: "Not voting",
  ordinal: "Number",
  startsOn: "First day",
  endsOn: "Last day",
  sourceUrl: "Source",
  publishedOn: "Published",
  printed: "As printed",
  order: "Place in the order",
  represents: "On behalf of",
  knownOn: "Known on",
  iso2: "ISO2",
  iso3: "ISO3",
  m49: "M49",
  admittedOn: "Admitted",
  exact: "Words",
  sha256: "SHA-256",
  start: "First character",
  end: "Last character",
  accessedOn: "Looked at",
  requests: "What it asks",
  m49Region: "M49 region",
  m49Subregion: "M49 subregion",
};

/** The name of a field for a reader: "sourceUrl" is "Source", "lastSeen" is "Last seen". */
export function fieldInWords(field: string): string {
  const known = FIELD_NAMES[field];
  if (known !== undefined) return known;
  const words = field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What a reader looks for first: who, what kind, for whom, when, and last the notes. Other fields stand before the notes. */
const FIRST = [
  "title",
  "name",
  "speaker",
  "group",
  "member",
  "exact",
  "kind",
  "role",
  "represents",
  "person",
  "ordinal",
  "startsOn",
  "endsOn",
];
const LAST = ["language", "printed", "slug", "sourceUrl", "source", "note", "summary", "requests", "names"];

/** Fields that hold an id, for programs alone: to whom the record belongs, the page says. */
const IDS = new Set(["statement", "text"]);

/** Changes in the order of `FIRST` and `LAST`: the database keeps no order of fields. Ids are left out. */
export function inReadingOrder<Change extends { field: string }>(changes: readonly Change[]): Change[] {
  const place = ({ field }: Change): number => {
    if (FIRST.includes(field)) return FIRST.indexOf(field);
    return FIRST.length + 1 + LAST.indexOf(field);
  };
  return changes.filter(({ field }) => !IDS.has(field)).sort((a, b) => place(a) - place(b));
}

/** Fields whose values are names of ours, written with underscores. */
const CODED = new Set(["kind", "role", "basis", "scope", "unit", "rule", "purpose"]);
/** Fields that name an actor. */
const ACTORS = new Set([
  "yes",
  "no",
  "abstain",
  "not_voting",
  "speaker",
  "group",
  "member",
  "actor",
  "exclude",
  "represents",
]);

/** A value for a reader: days as days, references by name, lists and records as words. Null when there is nothing. */
export function valueInWords(field: string, value: Json | undefined, names: Names = {}): string | null {
  if (value === undefined || value === null || value === "") return null;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return textInWords(field, value, names);
  if (!Array.isArray(value)) return recordInWords(value, names);
  const items = value.map((item) => valueInWords(field, item, names)).filter((item) => item !== null);
  if (items.length === 0) return null;
  return field === "exclude" ? formatList(items) : items.join("; ");
}

function textInWords(field: string, text: string, names: Names): string {
  if (isDay(text)) return formatDay(text);
  if (ACTORS.has(field)) return names[text] ?? text;
  return CODED.has(field) ? text.replaceAll("_", " ") : text;
}

type Record_ = { [name: string]: Json | undefined };

function recordInWords(record: Record_, names: Names): string {
  if (typeof record["basis"] === "string") return partyInWords(record["basis"], record, names);
  if (typeof record["label"] === "string" && typeof record["date"] === "string") {
    return `${record["label"]}, ${textInWords("date", record["date"], names)}`;
  }
  if (typeof record["name"] === "string") return nameInWords(record["name"], record);
  const parts = Object.entries(record).map(([field, value]) => {
    const words = valueInWords(field, value, names);
    return words === null ? null : `${fieldInWords(field).toLowerCase()}: ${words}`;
  });
  return parts.filter((part) => part !== null).join(", ");
}

/** One row of a statement's "on behalf of". */
function partyInWords(basis: string, { group, actor, exclude }: Record_, names: Names): string {
  if (basis === "own") return "own capacity";
  if (basis !== "group") return `${basis}: ${valueInWords("actor", actor, names) ?? ""}`;
  const without = valueInWords("exclude", exclude, names);
  const name = valueInWords("group", group, names) ?? "";
  return without === null ? name : `${name} without ${without}`;
}

/** A person with a title, or a name of an actor with its kind, language and period. */
function nameInWords(name: string, { title, kind, language, from, until }: Record_): string {
  const period = formatPeriod(typeof from === "string" ? from : null, typeof until === "string" ? until : null);
  const rest = [kind, language, period].flatMap((part) => (typeof part === "string" && part !== "" ? [part] : []));
  if (typeof title === "string") return `${name}, ${title}`;
  return rest.length === 0 ? name : `${name} (${rest.join(", ")})`;
}

const REFERENCES = ["speaker", "group", "member"] as const;

/** The actors that a record names, by reference: what has to be looked up to print it in words. */
export function refsIn(snapshot: Snapshot | null): string[] {
  if (snapshot === null) return [];
  const rows = Array.isArray(snapshot["represents"]) ? snapshot["represents"] : [];
  const named = rows.flatMap((row) => {
    if (typeof row !== "object" || row === null || Array.isArray(row)) return [];
    return [row["group"], row["actor"], row["exclude"]].flat();
  });
  return [...REFERENCES.map((field) => snapshot[field]), ...named].filter((ref) => typeof ref === "string");
}
