import type { Json, Snapshot } from "@/features/audit/schema";

/** An event as the database keeps it, as far as it says what it is about. */
type Told = {
  type: string;
  subjectId: string;
  dialogueId: string | null;
  before: unknown;
  after: unknown;
};

/** Where things are now; what is gone is absent. */
export type Places = {
  /** By id: slug of the dialogue, reference of the speaker. */
  statements: ReadonlyMap<string, { dialogue: string; speaker: string }>;
  /** By id: who holds the position and in which statement. */
  positions: ReadonlyMap<string, { statement: string | null; actor: string }>;
  /** Slugs by id. */
  dialogues: ReadonlyMap<string, string>;
};

const recordOf = ({ before, after }: Told): Snapshot => (after ?? before ?? {}) as Snapshot;
const textIn = (value: Json | undefined): string | null => (typeof value === "string" && value !== "" ? value : null);
const isAbout = ({ type }: Told, ...kinds: string[]): boolean => kinds.includes(type.slice(0, type.indexOf(".")));

/** The statement that an event is about, by id; null for every other event. */
function statementOf(event: Told): string | null {
  if (isAbout(event, "statement", "coding")) return event.subjectId;
  return isAbout(event, "text", "quotation", "position") ? textIn(recordOf(event)["statement"]) : null;
}

/** The statements that events are about. */
export function statementsOf(events: readonly Told[]): string[] {
  return events.flatMap((event) => statementOf(event) ?? []);
}

/** The references of the actors by which an event is told, the one that it is about first. */
export function refsOfNews(event: Told, { statements, positions }: Places): string[] {
  const record = recordOf(event);
  const speaker = statements.get(statementOf(event) ?? "")?.speaker;
  const held = isAbout(event, "position") ? positions.get(event.subjectId)?.actor : undefined;
  const named = ["speaker", "actor", "member"].map((field) => textIn(record[field]));
  const itself = isAbout(event, "actor") ? (textIn(record["iso3"]) ?? textIn(record["slug"])) : null;
  return [speaker, held, ...named, itself].filter((ref) => ref !== undefined && ref !== null);
}

/** The page of what an event is about; null when it has none, or none any more. */
export function hrefOf(event: Told, { statements, positions, dialogues }: Places): string | null {
  const record = recordOf(event);
  const held = isAbout(event, "position") ? positions.get(event.subjectId) : undefined;
  const id = held?.statement ?? statementOf(event);
  const statement = id === null ? undefined : statements.get(id);
  if (statement) return `/dialogues/${statement.dialogue}/statements/${id}`;
  const issue = textIn(record["issue"]);
  const actor = held?.actor ?? textIn(record["actor"]);
  if (isAbout(event, "position") && issue && actor) return `/positions/${actor}/${issue}`;
  const slug = textIn(record["slug"]);
  if (isAbout(event, "vote") && slug) return `/votes/${slug}`;
  const group = textIn(record["group"]);
  if (isAbout(event, "membership") && group) return `/groups/${group}`;
  const dialogue = event.dialogueId === null ? undefined : dialogues.get(event.dialogueId);
  if (dialogue === undefined) return null;
  return isAbout(event, "figure") ? `/dialogues/${dialogue}/figures` : `/dialogues/${dialogue}`;
}
