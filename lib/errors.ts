/** One thing wrong with an input: `path` leads to the field, `message` is a sentence for the person who typed it. */
export type Issue = { path: string[]; message: string };

export type ErrorCode =
  | "INVALID"
  | "UNAUTHENTICATED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "STALE"
  | "CONFLICT"
  | "PRECONDITION_REQUIRED"
  | "TOO_LARGE"
  | "UNSUPPORTED"
  | "TOO_MANY"
  | "UNAVAILABLE";

const SENTENCES: Record<ErrorCode, string> = {
  INVALID: "Some fields need a change.",
  UNAUTHENTICATED: "Sign in to go on.",
  FORBIDDEN: "Your role does not allow this.",
  NOT_FOUND: "There is no such record.",
  STALE: "Somebody else changed this record after you opened it.",
  CONFLICT: "This does not fit with what is on record.",
  PRECONDITION_REQUIRED: "Say which version you change.",
  TOO_LARGE: "This is too large.",
  UNSUPPORTED: "This kind of content is not accepted.",
  TOO_MANY: "Too many tries. Wait a little and try again.",
  UNAVAILABLE: "The database does not answer just now. Nothing was saved; try again in a moment.",
};

type Details = {
  code: ErrorCode;
  message?: string;
  issues?: Issue[];
  /** For STALE: the record as it stands now, so that both versions can be shown. */
  current?: unknown;
  /** For TOO_MANY and UNAVAILABLE: seconds to wait. */
  retryAfter?: number;
};

/**
 * A refusal in words that a user may read. Thrown anywhere inside; `lib/action.ts` and `lib/route.ts` decide what it
 * becomes at the edge. Every other error is unknown and its text never leaves the server.
 */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly issues: Issue[];
  readonly current: unknown;
  readonly retryAfter: number | undefined;
  /** All that a page's error boundary in the browser learns of an error: a number of Next's, unless one is given. */
  readonly digest?: "UNAVAILABLE";

  constructor({ code, message, issues = [], current, retryAfter }: Details) {
    super(message ?? issues[0]?.message ?? SENTENCES[code]);
    this.name = "DomainError";
    this.code = code;
    this.issues = issues;
    this.current = current;
    this.retryAfter = retryAfter;
    if (code === "UNAVAILABLE") this.digest = code;
  }
}

/** An INVALID error about one field. `path` is dotted: `invalid("represents.0.actor", "…")`. */
export function invalid(path: string, message: string): DomainError {
  return new DomainError({ code: "INVALID", issues: [{ path: path.split("."), message }] });
}

/** A NOT_FOUND error that names what was looked for: `notFound("dialogue", "unga-r2p-2020")`. */
export function notFound(what: string, ref: string): DomainError {
  return new DomainError({ code: "NOT_FOUND", message: `There is no ${what} "${ref.slice(0, 80)}".` });
}

/** Where an error was thrown, without its message: that may quote what a user sent. */
export function framesOf(error: unknown): string[] {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  return stack.split("\n").filter((frame) => /^\s+at /.test(frame));
}
