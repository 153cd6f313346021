import "server-only";
import type { Tx } from "@/lib/db";

// Any constant of our own.
const PEOPLE = 7_281_931_403n;

/**
 * Lets one transaction at a time change who may do what, until it ends: whether somebody is the last administrator, or
 * whether there is any account yet, is then as true at the commit as when it was asked.
 */
export async function lockPeople(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${PEOPLE})`;
}
