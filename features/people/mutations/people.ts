import "server-only";
import type { Caller } from "@/lib/auth/caller";
import { endLinks, issueLink } from "@/lib/auth/one-time-link";
import { hashPassword, passwordProblem } from "@/lib/auth/password";
import type { Role } from "@/lib/auth/permissions";
import { databaseNow } from "@/lib/auth/session";
import { write, type Tx } from "@/lib/db";
import { DomainError, invalid, notFound } from "@/lib/errors";
import { recordAudit, recordAuditMany } from "@/features/audit/mutations";
import type { Snapshot } from "@/features/audit/schema";
import { lockPeople } from "@/features/people/mutations/locks";
import { revokeSessions } from "@/features/people/mutations/sessions";
import { refuseLastAdministrator, statusOf, type PersonStatus } from "@/features/people/rules";
import type { Invitation } from "@/features/people/schema";
import type { User } from "@/generated/prisma/client";

/** What the audit trail keeps of an account. */
export function userSnapshot(user: Pick<User, "email" | "name" | "role" | "disabledAt">): Snapshot {
  return { email: user.email, name: user.name, role: user.role, disabled: user.disabledAt !== null };
}

/** Adds an account. Only under `lockPeople`. `passwordHash` null: an invitation follows. Throws INVALID when the e-mail is taken. */
export async function insertUser(
  tx: Tx,
  { email, name, role }: Invitation,
  passwordHash: string | null,
): Promise<User> {
  const taken = await tx.user.findUnique({ where: { email }, select: { disabledAt: true } });
  if (taken) {
    const state = taken.disabledAt ? " It is disabled: enable it instead." : "";
    throw invalid("email", `There is already an account with this e-mail.${state}`);
  }
  return tx.user.create({ data: { email, name, role, passwordHash } });
}

/** An account that was just made, with the one-time link at which its person chooses a password. */
export type Invited = { id: string; name: string; link: string };

/** Adds an account without a password and makes its invitation, which works once within 7 days. */
export async function inviteUser(caller: Caller<"people:manage">, invitation: Invitation): Promise<Invited> {
  return write(caller, async (tx) => {
    await lockPeople(tx);
    const user = await insertUser(tx, invitation, null);
    const link = await issueLink(tx, { purpose: "invitation", userId: user.id });
    await recordAudit(tx, caller, {
      type: "user.invited",
      subjectId: user.id,
      version: 1,
      before: null,
      after: userSnapshot(user),
    });
    return { id: user.id, name: user.name, link };
  });
}

/** Adds an account with a password that was chosen at the command line. Throws INVALID for a password that is too weak. */
export async function createUserWithPassword(
  caller: Caller<"people:manage">,
  invitation: Invitation,
  password: string,
): Promise<{ id: string }> {
  const problem = await passwordProblem(password, invitation);
  if (problem) throw invalid("password", problem);
  const passwordHash = await hashPassword(password);
  return write(caller, async (tx) => {
    await lockPeople(tx);
    const user = await insertUser(tx, invitation, passwordHash);
    await recordAuditMany(tx, caller, [
      { type: "user.invited", subjectId: user.id, version: 1, before: null, after: userSnapshot(user) },
      { type: "user.password_set", subjectId: user.id, before: null, after: { by: "administrator" } },
    ]);
    return { id: user.id };
  });
}

type Change = { id: string; version: number };

/** The account as it stands under the lock. Throws NOT_FOUND, and STALE with the account when `version` is not its version. */
async function lockedUser(tx: Tx, { id, version }: Change): Promise<User> {
  await lockPeople(tx);
  const user = await tx.user.findUnique({ where: { id } });
  if (!user) throw notFound("account", id);
  if (user.version !== version) throw new DomainError({ code: "STALE", current: personAsSeen(user) });
  return user;
}

/** What somebody whose change came too late is shown. */
export type PersonAsSeen = Pick<User, "id" | "name" | "role" | "version"> & { status: PersonStatus };

function personAsSeen(user: User): PersonAsSeen {
  return { id: user.id, name: user.name, role: user.role, status: statusOf(user), version: user.version };
}

async function otherAdministrators(tx: Tx, id: string): Promise<number> {
  return tx.user.count({ where: { role: "admin", disabledAt: null, passwordHash: { not: null }, id: { not: id } } });
}

async function revise(
  tx: Tx,
  { id, version }: Change,
  data: { role: Role } | { disabledAt: Date | null },
): Promise<User> {
  // Besides the lock: nothing that forgets it may overwrite a newer version.
  const { count } = await tx.user.updateMany({ where: { id, version }, data: { ...data, version: { increment: 1 } } });
  const user = await tx.user.findUniqueOrThrow({ where: { id } });
  if (count === 0) throw new DomainError({ code: "STALE", current: personAsSeen(user) });
  return user;
}

/** Gives somebody another role; it counts from their next request on. Throws STALE, and CONFLICT for the last administrator. */
export async function changeRole(caller: Caller<"people:manage">, input: Change & { role: Role }): Promise<void> {
  await write(caller, async (tx) => {
    const before = await lockedUser(tx, input);
    if (before.role === input.role) return;
    const person = { role: before.role, status: statusOf(before) };
    refuseLastAdministrator(person, { role: input.role }, await otherAdministrators(tx, input.id));
    const after = await revise(tx, input, { role: input.role });
    await recordAudit(tx, caller, {
      type: "user.role_changed",
      subjectId: input.id,
      version: after.version,
      before: userSnapshot(before),
      after: userSnapshot(after),
    });
  });
}

/** Shuts somebody out at once: every session, token and unused link of theirs ends. Throws STALE, and CONFLICT for the last administrator. */
export async function disableUser(caller: Caller<"people:manage">, input: Change): Promise<void> {
  await write(caller, async (tx) => {
    const before = await lockedUser(tx, input);
    if (before.disabledAt) return;
    const person = { role: before.role, status: statusOf(before) };
    refuseLastAdministrator(person, { disabled: true }, await otherAdministrators(tx, input.id));
    const after = await revise(tx, input, { disabledAt: await databaseNow(tx) });
    await recordAudit(tx, caller, {
      type: "user.disabled",
      subjectId: input.id,
      version: after.version,
      before: userSnapshot(before),
      after: userSnapshot(after),
    });
    await revokeSessions(tx, caller, { userId: input.id });
    await revokeTokens(tx, caller, input.id);
    await endLinks(tx, input.id);
  });
}

async function revokeTokens(tx: Tx, caller: Caller<"people:manage">, userId: string): Promise<void> {
  const ended = await tx.$queryRaw<{ id: string; label: string; scope: string }[]>`
    UPDATE token SET revoked_at = now() WHERE user_id = ${userId}::uuid AND revoked_at IS NULL
    RETURNING id, label, scope::text AS scope`;
  await recordAuditMany(
    tx,
    caller,
    ended.map(({ id, label, scope }) => ({
      type: "token.revoked" as const,
      subjectId: id,
      before: { label, scope },
      after: null,
    })),
  );
}

/** Lets somebody sign in again, with the password and role they had. Ended sessions and tokens stay ended. */
export async function enableUser(caller: Caller<"people:manage">, input: Change): Promise<void> {
  await write(caller, async (tx) => {
    const before = await lockedUser(tx, input);
    if (!before.disabledAt) return;
    const after = await revise(tx, input, { disabledAt: null });
    await recordAudit(tx, caller, {
      type: "user.enabled",
      subjectId: input.id,
      version: after.version,
      before: userSnapshot(before),
      after: userSnapshot(after),
    });
  });
}

/**
 * Makes a one-time link at which somebody chooses a password: an invitation when they have none yet, else a reset. The
 * password they have works until the link is used. Throws CONFLICT when they are disabled.
 */
export async function issuePasswordLink(caller: Caller<"people:manage">, id: string): Promise<Invited> {
  return write(caller, async (tx) => {
    await lockPeople(tx);
    const user = await tx.user.findUnique({ where: { id } });
    if (!user) throw notFound("account", id);
    if (user.disabledAt)
      throw new DomainError({ code: "CONFLICT", message: "This account is disabled. Enable it first." });
    const purpose = user.passwordHash === null ? "invitation" : "reset";
    const link = await issueLink(tx, { purpose, userId: id });
    await recordAudit(tx, caller, {
      type: "user.reset_requested",
      subjectId: id,
      before: null,
      after: { purpose },
    });
    return { id, name: user.name, link };
  });
}
