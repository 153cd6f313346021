import "server-only";
import type { Tx } from "@/lib/db";

// Any constant of our own that no other lock has (the audit chain's ends in 403, the first load's in 404).
const PEOPLE = 7_281_931_405n;

/**
 * Lets one transaction at a time change who may do what, until it ends: whether somebody is the last administrator, or
 * whether there is any account yet, is then as true at the commit as when it was asked.
 */
export async function lockPeople(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${PEOPLE})`;
}
