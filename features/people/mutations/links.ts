import "server-only";
import { grant, type Caller } from "@/lib/auth/caller";
import type { Client } from "@/lib/auth/client";
import { findOpenLink, issueLink, useUpLink } from "@/lib/auth/one-time-link";
import { hashPassword, passwordProblem } from "@/lib/auth/password";
import type { SessionKey } from "@/lib/auth/session";
import { write, type Tx } from "@/lib/db";
import { DomainError, invalid } from "@/lib/errors";
import { recordAudit } from "@/features/audit/mutations";
import { lockPeople } from "@/features/people/mutations/locks";
import { insertUser, userSnapshot } from "@/features/people/mutations/people";
import { identityOf, openSessionFor, revokeSessions } from "@/features/people/mutations/sessions";

/** The one answer to a link that is unknown, used, expired or closed: it tells a guesser nothing. */
function deadLink(): DomainError {
  return new DomainError({
    code: "NOT_FOUND",
    message: "This link does not work any more. Ask an administrator for a new one.",
  });
}

async function checkedHash(password: string, owner: { email: string; name: string }): Promise<string> {
  const problem = await passwordProblem(password, owner);
  if (problem) throw invalid("password", problem);
  return hashPassword(password);
}

async function anyAccount(tx: Tx): Promise<boolean> {
  return (await tx.user.findFirst({ select: { id: true } })) !== null;
}

type FirstAccount = { name: string; email: string; password: string };

/**
 * Makes the first account, an administrator, by the set-up link, and signs them in. Closed for ever once an account
 * exists: of two uses at the same moment, by one link or two, one succeeds. Throws NOT_FOUND for a dead link.
 */
export async function setUpFirstAccount(
  { link: secret, ...person }: FirstAccount & { link: string },
  client: Client,
): Promise<SessionKey> {
  const link = await findOpenLink(secret);
  if (link?.purpose !== "set_up") throw deadLink();
  const passwordHash = await checkedHash(person.password, person);
  // Nobody is signed in yet: the link is what speaks, until the account exists.
  const caller = grant(
    { ...identityOf({ id: "", name: "Set-up link", role: "admin" }, client), userId: null },
    "people:manage",
  );
  return write(caller, async (tx) => {
    await lockPeople(tx);
    if ((await anyAccount(tx)) || !(await useUpLink(tx, link.id))) throw deadLink();
    return openSessionFor(tx, await insertFirstAdministrator(tx, caller, person, passwordHash), client);
  });
}

async function insertFirstAdministrator(
  tx: Tx,
  caller: Caller<"people:manage">,
  { email, name }: { email: string; name: string },
  passwordHash: string,
) {
  const user = await insertUser(tx, { email, name, role: "admin" }, passwordHash);
  await recordAudit(tx, caller, {
    type: "account.set_up",
    subjectId: user.id,
    version: user.version,
    before: null,
    after: userSnapshot(user),
  });
  return user;
}

/** Makes the first administrator from settings; returns false when there is an account already. Throws INVALID for a weak password. */
export async function createFirstAdministrator(
  caller: Caller<"people:manage">,
  person: FirstAccount,
): Promise<boolean> {
  const passwordHash = await checkedHash(person.password, person);
  return write(caller, async (tx) => {
    await lockPeople(tx);
    if (await anyAccount(tx)) return false;
    await insertFirstAdministrator(tx, caller, person, passwordHash);
    return true;
  });
}

/** A fresh set-up link, which ends the earlier ones, or null when there is an account already. */
export async function issueSetUpLink(caller: Caller<"people:manage">): Promise<string | null> {
  return write(caller, async (tx) => {
    await lockPeople(tx);
    if (await anyAccount(tx)) return null;
    return issueLink(tx, { purpose: "set_up", userId: null });
  });
}

/**
 * Chooses a password by an invitation or reset link, ends every session that there was, and signs in. The link works
 * once. Throws NOT_FOUND for a dead link, INVALID for a weak password.
 */
export async function choosePassword(
  { link: secret, password }: { link: string; password: string },
  client: Client,
): Promise<SessionKey> {
  const link = await findOpenLink(secret);
  const invited = link?.user;
  if (!link || !invited) throw deadLink();
  const passwordHash = await checkedHash(password, invited);
  const reader = grant(identityOf({ id: invited.id, name: invited.name, role: "viewer" }, client), "session:own");
  return write(reader, async (tx) => {
    await lockPeople(tx);
    const before = await tx.user.findUnique({ where: { id: invited.id } });
    if (!before || before.disabledAt || !(await useUpLink(tx, link.id))) throw deadLink();
    const caller = grant(identityOf(before, client), "session:own");
    await tx.user.update({ where: { id: before.id }, data: { passwordHash } });
    await recordAudit(tx, caller, {
      type: "user.password_set",
      subjectId: before.id,
      before: null,
      after: { by: link.purpose },
    });
    await revokeSessions(tx, caller, { userId: before.id });
    return openSessionFor(tx, before, client);
  });
}
