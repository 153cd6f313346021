import "server-only";
import { notFound } from "next/navigation";
import { DomainError } from "@/lib/errors";

/** What was looked for, or the page that says that it is not there. */
export async function orNotFound<T>(looking: Promise<T>): Promise<T> {
  try {
    return await looking;
  } catch (error) {
    if (error instanceof DomainError && error.code === "NOT_FOUND") notFound();
    throw error;
  }
}

/**
 * Reads a page by the parameters of its address. As `lenient` does it for what makes no sense, a parameter that only the record can
 * tell to be wrong (a group that it does not have) is left out, and the page is read again. `read` throws INVALID under its name;
 * `about` names further parameters that belong to one.
 */
export async function tolerantly<T>(
  given: Record<string, string>,
  read: (given: Record<string, string>) => Promise<T>,
  about: Readonly<Record<string, readonly string[]>> = {},
): Promise<T> {
  try {
    return await read(given);
  } catch (error) {
    const wrong = error instanceof DomainError && error.code === "INVALID" ? error.issues[0]?.path[0] : undefined;
    if (wrong === undefined) throw error;
    const dropped = [wrong, ...(about[wrong] ?? [])];
    const rest = Object.entries(given).filter(([name]) => !dropped.includes(name));
    if (rest.length === Object.keys(given).length) throw error;
    return tolerantly(Object.fromEntries(rest), read, about);
  }
}
