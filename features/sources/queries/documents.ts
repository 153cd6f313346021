import "server-only";
import type { DocumentBrief } from "@/features/sources/queries/texts";
import { z } from "zod";
import { cursorOf, placeOf } from "@/lib/cursor";
import { reading, type Source } from "@/lib/db";
import { DomainError, notFound } from "@/lib/errors";
import { readFileText, type FileText } from "@/lib/parsing/file-text";
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

/** A file that is kept, and the text that was found in it, to be looked at before it is stored for a statement. */
export type UploadedDocument = DocumentBrief & FileText;

/** The text of a file that is kept, read from it anew, or why it cannot be read, as a sentence. */
export async function readDocument(source: Source, ref: string): Promise<UploadedDocument | string> {
  try {
    const { bytes, ...document } = await getDocument(source, ref);
    return { ...document, ...(await readFileText(bytes, document.fileName)) };
  } catch (error) {
    if (error instanceof DomainError) return error.issues[0]?.message ?? error.message;
    throw error;
  }
}

const REFUSED = "a file that was refused";

/** Why a file was refused, for an address: sealed, so that no address of others makes our page say something. */
export function refusedUpload(sentence: string): string {
  return cursorOf(REFUSED, sentence.slice(0, 500));
}

/** The sentence of an address, or nothing when we did not write it. */
export function refusalOf(sealed: string): string | null {
  try {
    return placeOf(REFUSED, sealed, z.string());
  } catch {
    return null;
  }
}
