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
  "vote.recorded",
  "vote.revised",
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
