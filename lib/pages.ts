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
