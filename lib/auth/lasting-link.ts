import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env";
import { uuidOf } from "@/lib/uuid";

const SEAL_BYTES = 16;
const ID_BYTES = 16;

function sealOf(purpose: string, id: Buffer): Buffer {
  return createHmac("sha256", env().AUTH_SECRET)
    .update(`link\n${purpose}\n`)
    .update(id)
    .digest()
    .subarray(0, SEAL_BYTES);
}

/**
 * The token of a link in an e-mail that does one thing for one account, works without signing in and does not end. Nobody can
 * make one up, and it is good for `purpose` alone.
 */
export function lastingToken(purpose: string, userId: string): string {
  const id = Buffer.from(userId.replaceAll("-", ""), "hex");
  return Buffer.concat([id, sealOf(purpose, id)]).toString("base64url");
}

/** The id of the account that a token was made for; null when it is none of ours, or was made for something else. */
export function userOfToken(purpose: string, token: string): string | null {
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return null;
  const bytes = Buffer.from(token, "base64url");
  const id = bytes.subarray(0, ID_BYTES);
  if (bytes.length !== ID_BYTES + SEAL_BYTES || bytes.toString("base64url") !== token) return null;
  if (!timingSafeEqual(bytes.subarray(ID_BYTES), sealOf(purpose, id))) return null;
  const hex = id.toString("hex");
  return uuidOf([hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-"));
}
