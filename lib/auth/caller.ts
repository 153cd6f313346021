import "server-only";
import type { DraftRef } from "@/lib/form-step";
import { DomainError } from "@/lib/errors";
import { holds, type Permission, type Role } from "@/lib/auth/permissions";

/** Who is asking, as read from the database on this request. */
export type Identity = {
  /** Null: the system itself, at the command line or at first start. */
  userId: string | null;
  userName: string;
  role: Role;
  sessionId: string | null;
  tokenId: string | null;
  /** True for a token with scope `read`. */
  readOnly: boolean;
  requestId: string | null;
  address: string | null;
};

declare const minted: unique symbol;

/**
 * Authority as a type: the first argument of every query and mutation that a page, action or route calls.
 * Only `grant` makes one, so a function that asks for `Caller<"people:manage">` cannot be reached without that check.
 */
export type Caller<P extends Permission> = Identity & {
  readonly [minted]: P;
  /** Set on API writes with an Idempotency-Key; `write` in lib/db.ts honours it. */
  readonly idempotency?: { key: string; fingerprint: string };
  /** The draft that a write makes superfluous: the form that was kept as it. `write` in lib/db.ts deletes it. */
  readonly draft?: DraftRef;
  /** The act that changes many records of which a change is a part; its audit events carry it. Set by `openBatch`. */
  readonly batchId?: string;
};

/** Mints a caller for one permission, or throws UNAUTHENTICATED (nobody is signed in) or FORBIDDEN (the role lacks it). */
export function grant<P extends Permission>(
  identity: Identity | null,
  permission: P,
  { idempotency, draft }: Pick<Caller<P>, "idempotency" | "draft"> = {},
): Caller<P> {
  if (!identity) throw new DomainError({ code: "UNAUTHENTICATED" });
  if (!holds(identity.role, permission, identity.readOnly)) throw new DomainError({ code: "FORBIDDEN" });
  return { ...identity, ...(idempotency ? { idempotency } : {}), ...(draft ? { draft } : {}) } as Caller<P>;
}

/** A caller for the system itself. Scripts and tests only: dependency-cruiser refuses it elsewhere by its module. */
export function systemIdentity(userName = "Rostrum"): Identity {
  return {
    userId: null,
    userName,
    role: "admin",
    sessionId: null,
    tokenId: null,
    readOnly: false,
    requestId: null,
    address: null,
  };
}
