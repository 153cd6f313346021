import "server-only";
import { DomainError } from "@/lib/errors";
import { markUnavailable } from "@/lib/request-context";

/** What the driver adapter says of a database error, wherever Prisma wrapped it. */
type DriverCause = {
  kind?: string;
  code?: string;
  originalCode?: string;
  originalMessage?: string;
  message?: string;
  constraint?: { index?: string; fields?: string[] };
};

function driverCause(error: unknown): DriverCause {
  if (typeof error !== "object" || error === null) return {};
  const { cause, meta } = error as { cause?: unknown; meta?: { driverAdapterError?: { cause?: DriverCause } } };
  if (meta?.driverAdapterError?.cause) return meta.driverAdapterError.cause;
  if (typeof cause === "object" && cause !== null) return "kind" in cause ? (cause as DriverCause) : driverCause(cause);
  return {};
}

function prismaCode(error: unknown): string {
  if (typeof error !== "object" || error === null) return "";
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === "string" && code.startsWith("P")) return code;
  return cause ? prismaCode(cause) : "";
}

/** True when Postgres ended the transaction only because of another one, so that the whole of it may be repeated. */
export function isRepeatable(error: unknown): boolean {
  return driverCause(error).kind === "TransactionWriteConflict" || prismaCode(error) === "P2034";
}

/** The name of the constraint that a write broke, or null. */
function violatedConstraint(error: unknown): string | null {
  const { constraint, message, originalMessage } = driverCause(error);
  if (constraint?.index) return constraint.index;
  return /constraint "([^"]+)"/.exec(message ?? originalMessage ?? "")?.[1] ?? null;
}

/** Throws the refusal that belongs to the broken constraint, or the error itself when none does. */
export function refuse(error: unknown, refusals: Record<string, DomainError>): never {
  throw refusals[violatedConstraint(error) ?? ""] ?? error;
}

// Timeouts and cancellations, full disk, no more connections, shutdown: https://www.postgresql.org/docs/18/errcodes-appendix.html
const UNAVAILABLE_STATES = /^(57014|55P03|25P03|53\d{3}|57P0\d|08\d{3}|58030)$/;
const LOST_KINDS = new Set(["DatabaseNotReachable", "ConnectionClosed", "SocketTimeout"]);
const UNAVAILABLE_KINDS = new Set([...LOST_KINDS, "TooManyConnections", "TransactionWriteConflict"]);
const UNAVAILABLE_CODES = new Set(["P1001", "P1002", "P1008", "P1017", "P2024", "P2028", "P2034", "P2037"]);
// node-postgres gives these no code at all.
const UNAVAILABLE_WORDS =
  /timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error|ECONNREFUSED|ECONNRESET|Cannot use a pool after calling end/;

function isUnavailable(error: unknown): boolean {
  const { kind, code, originalCode } = driverCause(error);
  return (
    UNAVAILABLE_KINDS.has(kind ?? "") ||
    UNAVAILABLE_STATES.test(originalCode ?? code ?? "") ||
    UNAVAILABLE_CODES.has(prismaCode(error)) ||
    UNAVAILABLE_WORDS.test(error instanceof Error ? error.message : "")
  );
}

/** True when the connection broke, so that nobody knows whether what was asked last was done. */
function isLost(error: unknown): boolean {
  const { kind, code, originalCode } = driverCause(error);
  return (
    LOST_KINDS.has(kind ?? "") ||
    /^(57P0[123]|08\d{3})$/.test(originalCode ?? code ?? "") ||
    UNAVAILABLE_WORDS.test(error instanceof Error ? error.message : "")
  );
}

/**
 * What an error of a COMMIT becomes: UNAVAILABLE that promises nothing when the connection broke, since the database may have
 * committed before it did; otherwise as any other.
 */
export function translateCommitError(error: unknown): unknown {
  const known = translateDatabaseError(error);
  const cause = known instanceof DomainError ? known.cause : known;
  if (!isLost(cause)) return known;
  const message =
    "The database stopped answering while this was being saved. Look whether it is on record before you send it again.";
  return withCause(new DomainError({ code: "UNAVAILABLE", message, retryAfter: 5 }), cause);
}

/**
 * Turns a database error into the refusal that a user may read: UNAVAILABLE for a database that is away, busy or out
 * of time, CONFLICT for a broken constraint, INVALID for a value that it cannot hold. Other errors come back as they are.
 */
export function translateDatabaseError(error: unknown): unknown {
  if (error instanceof DomainError) return error;
  if (isUnavailable(error)) {
    markUnavailable();
    return withCause(new DomainError({ code: "UNAVAILABLE", retryAfter: 5 }), error);
  }
  const { kind } = driverCause(error);
  if (kind === "UniqueConstraintViolation" || violatedConstraint(error)) {
    return withCause(new DomainError({ code: "CONFLICT" }), error);
  }
  if (prismaCode(error) === "P2025") return withCause(new DomainError({ code: "NOT_FOUND" }), error);
  return error;
}

function withCause(refusal: DomainError, cause: unknown): DomainError {
  refusal.cause = cause;
  return refusal;
}
