import type { DomainEvent, EventType, Json, Snapshot } from "@/features/audit/schema";

/**
 * Something that can be watched, as an event names it: by id, or by what the database has to look up. `actor` by its reference
 * (ISO3 code or slug) or as the speaker of a statement; `issue` by its code or as what a version of the codebook changed.
 */
export type Touched =
  | { kind: "dialogue"; by: "id"; value: string }
  | { kind: "actor"; by: "id" | "ref" | "statement"; value: string }
  | { kind: "issue"; by: "code" | "codebook"; value: string };

/** What an event touches beside its dialogue, and how much it says of the act that it is a part of: the highest tells it. */
type Rule = { rank: number; touches?: (event: DomainEvent) => Touched[] };

const snapshots = ({ before, after }: DomainEvent): Snapshot[] => [before, after].filter((one) => one !== null);

const textsIn = (values: readonly (Json | undefined)[]): string[] =>
  values.flat().filter((value): value is string => typeof value === "string" && value !== "");

const actors = (refs: readonly (Json | undefined)[]): Touched[] =>
  textsIn(refs).map((value) => ({ kind: "actor", by: "ref", value }));

/** The actors that a record names in some of its fields, before or after the change. */
const named =
  (...fields: string[]) =>
  (event: DomainEvent): Touched[] =>
    actors(snapshots(event).flatMap((record) => fields.map((field) => record[field])));

const itself = ({ subjectId }: DomainEvent): Touched[] => [{ kind: "actor", by: "id", value: subjectId }];

/** Who delivered the statement that a record belongs to. */
const speakerOf = (event: DomainEvent): Touched[] =>
  textsIn(snapshots(event).map(({ statement }) => statement)).map((value) => ({
    kind: "actor",
    by: "statement",
    value,
  }));

/**
 * A statement touches its speaker and those for whom it was delivered as it names them: a group, not each of its members, and
 * nobody whom it leaves out.
 */
const ofStatement = (event: DomainEvent): Touched[] => {
  const rows = snapshots(event).flatMap(({ represents }) => (Array.isArray(represents) ? represents : []));
  const parties = rows.flatMap((row) =>
    typeof row === "object" && row !== null && !Array.isArray(row) ? [row["group"], row["actor"]] : [],
  );
  return [...named("speaker")(event), ...actors(parties)];
};

/** A position touches its issue, whoever holds it and the group through which it is attributed. */
const ofPosition = (event: DomainEvent): Touched[] => [
  ...named("actor", "through")(event),
  ...speakerOf(event),
  ...textsIn(snapshots(event).map(({ issue }) => issue)).map((value): Touched => ({
    kind: "issue",
    by: "code",
    value,
  })),
];

const statement: Rule = { rank: 50, touches: ofStatement };
const position: Rule = { rank: 40, touches: ofPosition };
/** What is decided of a shift touches whose position it is, and on what. */
const shift: Rule = { rank: 45, touches: ofPosition };
const membership: Rule = { rank: 30, touches: named("group", "member") };
const actor: Rule = { rank: 35, touches: itself };
const text: Rule = { rank: 20, touches: speakerOf };
const quotation: Rule = { rank: 10, touches: speakerOf };
const dialogue: Rule = { rank: 45 };
/** A vote touches its dialogue alone: it names every state. */
const vote: Rule = { rank: 50 };
/** What is no news: drafts, accounts, sessions, what people keep for themselves, and what only prepares a change. */
const nobodys: Rule = { rank: 0 };

/**
 * The rule for each kind of event: a new kind is decided here. Whatever belongs to a dialogue touches it, unless it is
 * nobody's news.
 */
const RULES: Record<EventType, Rule> = {
  "actor.recorded": actor,
  "actor.revised": actor,
  "actor.merged": { rank: 60, touches: (event) => [...itself(event), ...named("mergedInto")(event)] },
  "actor.removed": actor,
  "membership.recorded": membership,
  "membership.revised": membership,
  "membership.removed": membership,
  "report.recorded": nobodys,
  "report.revised": nobodys,
  "dialogue.recorded": dialogue,
  "dialogue.revised": dialogue,
  "dialogue.reordered": dialogue,
  "statement.recorded": statement,
  "statement.revised": statement,
  "statement.withdrawn": statement,
  "statement.restored": statement,
  "document.recorded": nobodys,
  "text.recorded": text,
  "text.revised": text,
  "text.withdrawn": text,
  "text.restored": text,
  "quotation.recorded": quotation,
  "quotation.reanchored": quotation,
  "quotation.orphaned": quotation,
  "quotation.removed": quotation,
  "figure.recorded": { rank: 50, touches: named("group") },
  "codebook.drafted": nobodys,
  "codebook.revised": nobodys,
  "codebook.published": {
    rank: 60,
    touches: ({ subjectId }) => [{ kind: "issue", by: "codebook", value: subjectId }],
  },
  "codebook.discarded": nobodys,
  "coding.submitted": {
    rank: 55,
    touches: ({ subjectId }) => [{ kind: "actor", by: "statement", value: subjectId }],
  },
  "position.recorded": position,
  "position.revised": position,
  "position.withdrawn": position,
  "shift.confirmed": shift,
  "shift.dismissed": shift,
  "shift.reopened": shift,
  "vote.recorded": vote,
  "vote.revised": vote,
  "vote.withdrawn": vote,
  "vote.restored": vote,
  "view.recorded": nobodys,
  "view.revised": nobodys,
  "view.removed": nobodys,
  "view.restored": nobodys,
  // What the batch touched, its undoing touches: see `touchAsBatch`.
  "batch.undone": nobodys,
  "account.set_up": nobodys,
  "user.invited": nobodys,
  "user.role_changed": nobodys,
  "user.disabled": nobodys,
  "user.enabled": nobodys,
  "user.password_set": nobodys,
  "user.reset_requested": nobodys,
  "session.opened": nobodys,
  "session.revoked": nobodys,
  "token.created": nobodys,
  "token.revoked": nobodys,
};

/** How much an event says of its act; 0 for what is nobody's news. */
export function rankOf(type: EventType): number {
  return RULES[type].rank;
}

/** What an event touches, each subject once. The rule by which news reaches those who watch; see docs/decisions/100-news.md. */
export function touchedBy(event: DomainEvent): Touched[] {
  const { rank, touches } = RULES[event.type];
  if (rank === 0) return [];
  const here: Touched[] = event.dialogueId ? [{ kind: "dialogue", by: "id", value: event.dialogueId }] : [];
  const all = [...here, ...(touches?.(event) ?? [])];
  return [...new Map(all.map((one) => [keyOf(one), one])).values()];
}

const keyOf = ({ kind, by, value }: Touched): string => `${kind} ${by} ${value}`;

/** A subject of an act with the place, among the act's events, of the one that tells it. */
export type Telling = Touched & { place: number; rank: number };

/** What events touch together: each subject once, told by the event of the highest rank, the first of several. */
export function tellingsOf(events: readonly DomainEvent[]): Telling[] {
  const found = new Map<string, Telling>();
  for (const [place, event] of events.entries()) {
    const rank = rankOf(event.type);
    for (const touched of touchedBy(event)) {
      const told = found.get(keyOf(touched));
      if (!told || told.rank < rank) found.set(keyOf(touched), { ...touched, place, rank });
    }
  }
  return [...found.values()];
}
