import "server-only";
import { unforeseen } from "@/lib/action";
import { translateDatabaseError } from "@/lib/db-errors";
import { DomainError, type ErrorCode, type Issue } from "@/lib/errors";

/** A refusal that only HTTP knows: a body that is no JSON (400), a method that the address does not have (405). */
export class HttpRefusal extends Error {
  constructor(
    readonly status: 400 | 405,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
    this.name = "HttpRefusal";
  }
}

const STATUS: Record<ErrorCode, number> = {
  INVALID: 422,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  STALE: 412,
  CONFLICT: 409,
  PRECONDITION_REQUIRED: 428,
  TOO_LARGE: 413,
  UNSUPPORTED: 415,
  TOO_MANY: 429,
  UNAVAILABLE: 503,
};

/** The title of each status that the API can answer, and the last word of its problem type. */
export const PROBLEMS = {
  400: { type: "malformed", title: "Malformed request" },
  401: { type: "unauthenticated", title: "Not signed in" },
  403: { type: "forbidden", title: "Not allowed" },
  404: { type: "not-found", title: "Not found" },
  405: { type: "method-not-allowed", title: "Method not allowed" },
  409: { type: "conflict", title: "Conflict with the record" },
  412: { type: "stale", title: "The record has changed" },
  413: { type: "too-large", title: "Too large" },
  415: { type: "unsupported", title: "Unsupported content" },
  422: { type: "invalid", title: "Invalid input" },
  428: { type: "precondition-required", title: "Version required" },
  429: { type: "too-many", title: "Too many requests" },
  500: { type: "internal", title: "Internal error" },
  503: { type: "unavailable", title: "Temporarily unavailable" },
} as const;
export type ProblemStatus = keyof typeof PROBLEMS;

/** No problem type is a page, so they are names and not addresses (RFC 9457, section 3.1.1). */
export function problemType(status: ProblemStatus): string {
  return `urn:problem-type:rostrum:${PROBLEMS[status].type}`;
}

/** Sent with every answer of the API: nothing of it is kept by anybody on the way, or taken for another kind of file. */
export const API_HEADERS = { "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" };

const MOST_ISSUES = 100;
const LONGEST_PATH = 200;

/** A path and a sentence can hold what was sent: both are cut, so that no answer is larger than its request. */
function shown({ path, message }: Issue): { path: string; message: string } {
  return { path: path.join(".").slice(0, LONGEST_PATH), message: message.slice(0, 2 * LONGEST_PATH) };
}

type Extras = { errors?: { path: string; message: string }[]; current?: unknown };

function answer(status: ProblemStatus, detail: string, headers: Record<string, string>, extras: Extras = {}): Response {
  const body = { type: problemType(status), title: PROBLEMS[status].title, status, detail, ...extras };
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...API_HEADERS, "Content-Type": "application/problem+json", ...headers },
  });
}

/** The ETag of a record: its version, as a strong validator. Null for what has no version. */
export function etagOf(record: unknown): string | null {
  if (typeof record !== "object" || record === null || !("version" in record)) return null;
  return typeof record.version === "number" ? `"${record.version}"` : null;
}

function headersOf({ code, current, retryAfter }: DomainError): Record<string, string> {
  if (code === "UNAUTHENTICATED") return { "WWW-Authenticate": 'Bearer realm="Rostrum"' };
  if (code === "TOO_MANY" || code === "UNAVAILABLE") return { "Retry-After": String(Math.ceil(retryAfter ?? 5)) };
  const etag = code === "STALE" ? etagOf(current) : null;
  return etag ? { ETag: etag } : {};
}

/**
 * What an error becomes at the edge of the API: an answer as RFC 9457 describes it. Errors that nobody foresaw are
 * logged and answered with 500 without a word of theirs.
 */
export function problem(error: unknown): Response {
  if (error instanceof HttpRefusal) return answer(error.status, error.message, error.headers);
  const known = translateDatabaseError(error);
  if (!(known instanceof DomainError)) {
    unforeseen(error);
    return answer(500, "Something went wrong on our side.", {});
  }
  return answer(STATUS[known.code] as ProblemStatus, known.message.slice(0, 1000), headersOf(known), {
    ...(known.issues.length > 0 ? { errors: known.issues.slice(0, MOST_ISSUES).map(shown) } : {}),
    ...(known.code === "STALE" && known.current ? { current: known.current } : {}),
  });
}
