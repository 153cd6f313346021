import "server-only";
import { createHash, randomBytes } from "node:crypto";

/** A fresh secret of 256 bits, in letters that need no escaping in addresses and headers. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** Whether a text has the shape of `newSecret`: asked before a database is. */
export function isSecret(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text);
}

/**
 * What is stored instead of a secret. SHA-256 without salt is enough: nobody can guess 256 random bits, and the same
 * hash each time is what lets a row be found.
 */
export function hashOfSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
