import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";
import type { z } from "zod";
import { env } from "@/lib/env";
import { invalid } from "@/lib/errors";

const SEAL_BYTES = 16;
const LONGEST = 1000;

/** Sealed for one list with its filters: a cursor means nothing on another list, and nobody can make one up. */
function sealOf(scope: string, place: string): Buffer {
  return createHmac("sha256", env().AUTH_SECRET).update(`cursor\n${scope}\n${place}`).digest().subarray(0, SEAL_BYTES);
}

/** The cursor of a place in a list. `scope` names the list and its filters; `place` is plain JSON. */
export function cursorOf(scope: string, place: unknown): string {
  const text = JSON.stringify(place);
  return Buffer.concat([sealOf(scope, text), Buffer.from(text)]).toString("base64url");
}

/** The place that a cursor names, or INVALID under `cursor` when this list did not give it out. */
export function placeOf<S extends z.ZodType>(scope: string, cursor: string, schema: S): z.output<S> {
  const refusal = invalid("cursor", "This cursor is not one that this list gave. Start without a cursor.");
  const bytes = Buffer.from(cursor.slice(0, LONGEST), "base64url");
  const text = bytes.subarray(SEAL_BYTES).toString();
  const seal = sealOf(scope, text);
  // Compared with the text too: base64url has several spellings of the same bytes.
  if (bytes.length <= SEAL_BYTES || bytes.toString("base64url") !== cursor) throw refusal;
  if (!timingSafeEqual(bytes.subarray(0, SEAL_BYTES), seal)) throw refusal;
  const place = schema.safeParse(JSON.parse(text));
  if (!place.success) throw refusal;
  return place.data;
}
