import "server-only";
import type { DocumentBrief } from "@/features/sources/queries/texts";
import { reading, type Source } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { uuidOf } from "@/lib/uuid";

/** A file as somebody sent it, byte for byte, or NOT_FOUND. */
export async function getDocument(
  source: Source,
  ref: string,
): Promise<DocumentBrief & { bytes: Uint8Array<ArrayBuffer> }> {
  const id = uuidOf(ref);
  const row = id && (await reading(source).document.findUnique({ where: { id }, omit: { createdAt: true } }));
  if (!row) throw notFound("file", ref);
  return row;
}
