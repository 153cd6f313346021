import { z } from "zod";

/** Every kind of change that the audit trail can hold. A new mutation adds its event here first. */
export const EVENT_TYPES = [
  "actor.recorded",
  "actor.revised",
  "actor.merged",
  "actor.removed",
  "membership.recorded",
  "membership.revised",
  "membership.removed",
  "report.recorded",
  "report.revised",
  "dialogue.recorded",
  "dialogue.revised",
  "dialogue.reordered",
  "statement.recorded",
  "statement.revised",
  "statement.withdrawn",
  "statement.restored",
  "document.recorded",
  "text.recorded",
  "text.revised",
  "text.withdrawn",
  "text.restored",
  "quotation.recorded",
  "quotation.reanchored",
  "quotation.orphaned",
  "quotation.removed",
  "figure.recorded",
  "codebook.drafted",
  "codebook.revised",
  "codebook.published",
  "codebook.discarded",
  "coding.submitted",
  "position.recorded",
  "position.revised",
  "position.withdrawn",
  "shift.confirmed",
  "shift.dismissed",
  "shift.reopened",
  "vote.recorded",
  "vote.revised",
  "vote.withdrawn",
  "vote.restored",
  "view.recorded",
  "view.revised",
  "view.removed",
  "view.restored",
  "batch.undone",
  "account.set_up",
  "user.invited",
  "user.role_changed",
  "user.disabled",
  "user.enabled",
  "user.password_set",
  "user.reset_requested",
  "session.opened",
  "session.revoked",
  "token.created",
  "token.revoked",
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** A plain JSON value. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json | undefined };

/** A record as it was or became: field names as in the API, references as ISO3 codes or slugs, days as YYYY-MM-DD. */
export type Snapshot = { [field: string]: Json | undefined };

/**
 * One thing that happened. `before` is null for a new record, `after` null for one that is gone.
 * `dialogueId` is set on everything that belongs to a dialogue, the dialogue itself included.
 */
export type DomainEvent = {
  type: EventType;
  subjectId: string;
  dialogueId?: string;
  version?: number;
  before: Snapshot | null;
  after: Snapshot | null;
  reason?: string;
};

export const WATCH_KINDS = ["actor", "issue", "dialogue"] as const;
export type WatchKind = (typeof WATCH_KINDS)[number];

/** What each kind is called on the page. */
export const WATCH_KIND_NAMES: Record<WatchKind, string> = {
  actor: "State or other actor",
  issue: "Issue",
  dialogue: "Dialogue",
};

/** The one thing of an inbox that its reader asks for, as its address has it: "actor:<id>". */
const watchRef = z
  .string()
  .regex(/^(?:actor|issue|dialogue):[0-9a-f-]{36}$/)
  .transform((text) => {
    const [kind, subject] = text.split(":") as [WatchKind, string];
    return { kind, subject };
  })
  .refine(({ subject }) => z.uuid().safeParse(subject).success);

export const inboxQuery = z.object({
  of: watchRef.optional(),
  show: z.enum(["unread"]).optional(),
  /** Where the page before ended. */
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
});
export type InboxQuery = z.output<typeof inboxQuery>;

/** A page of ours to go back to. */
const back = z
  .string()
  .max(2000)
  .regex(/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/, "This is not a page of Rostrum.");

export const watchForm = z.strictObject({ kind: z.enum(WATCH_KINDS), subject: z.uuid(), back });
export const readForm = z.strictObject({ upTo: z.string().regex(/^\d{1,18}$/), back });

export const digestForm = z.strictObject({ digest: z.enum(["on", "off"]) });

/** Something that is watched, by the name that it has today. */
export type Watched = {
  kind: WatchKind;
  id: string;
  name: string;
  href: string;
  /** When the watching began, ISO 8601 in UTC. */
  since: string;
};

/** One act of somebody else that touched what its reader watches. Instants are ISO 8601 in UTC. */
export type News = {
  /** Place in the order in which acts came to be seen. */
  position: string;
  at: string;
  by: string;
  type: EventType;
  /** What was done as a whole, when many records were changed at once: "Import of speakers.csv". */
  batch: string | null;
  /** The page of what it is about, if that is still there. */
  href: string | null;
  /** Who or what it is about, beside what is watched: "Denmark". */
  about: string | null;
  /** Which of the watched things it touched. */
  touched: { kind: WatchKind; id: string; name: string; href: string }[];
  unread: boolean;
  before: Snapshot | null;
  after: Snapshot | null;
};
