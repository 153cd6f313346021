import { grant, systemIdentity, type Caller } from "@/lib/auth/caller";
import type { Client } from "@/lib/auth/client";
import { hashPassword } from "@/lib/auth/password";
import type { Role } from "@/lib/auth/permissions";
import { database } from "@/lib/database";
import { identityOf } from "@/features/people/mutations/sessions";

export const PASSWORD = "correct horse battery staple";

/** Where a test's requests come from. */
export const CLIENT: Client = {
  address: "192.0.2.1",
  requestId: "test",
  userAgent: "Mozilla/5.0 (X11; Linux) Firefox/140.0",
};

/** The command line, as far as the people's functions are concerned. */
export const OPERATOR: Caller<"people:manage"> = grant(systemIdentity("Test"), "people:manage");

let hash: Promise<string> | null = null;
let accounts = 0;

export type Account = { id: string; email: string; name: string; role: Role };

/** An account that can sign in with `PASSWORD`, straight into the database; `password` false for an invited one. */
export async function account(role: Role = "analyst", { password = true } = {}): Promise<Account> {
  hash ??= hashPassword(PASSWORD);
  accounts += 1;
  const email = `${role}-${accounts}@example.org`;
  return database().prisma.user.create({
    data: { email, name: `Somebody ${accounts}`, role, passwordHash: password ? await hash : null },
    select: { id: true, email: true, name: true, role: true },
  });
}

/** A caller for somebody's own sessions, tokens and password, from one of their sessions. */
export function ownCaller(user: Account, sessionId: string | null = null) {
  const identity = identityOf(user, CLIENT, sessionId);
  return { sessions: grant(identity, "session:own"), tokens: grant(identity, "token:own") };
}
