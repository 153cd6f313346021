import "server-only";
import { createHash } from "node:crypto";
import { recordAudit } from "@/features/audit/mutations";
import type { UploadedDocument } from "@/features/sources/queries/documents";
import type { Caller } from "@/lib/auth/caller";
import { write } from "@/lib/db";
import { readFileText } from "@/lib/parsing/file-text";

/** Milliseconds: 25 MB go to the database. */
const TIMEOUT = 30_000;

/**
 * Keeps a file byte for byte and finds its text. The same bytes are kept once. Nothing is kept of a file without text.
 * @throws DomainError INVALID with what is wrong with the file; TOO_MANY when others are being read
 */
export async function uploadDocument(
  caller: Caller<"text:edit">,
  bytes: Buffer<ArrayBuffer>,
  fileName: string,
): Promise<UploadedDocument> {
  const { mediaType, text, language, pages, notes } = await readFileText(bytes, fileName);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const select = { id: true, sha256: true, size: true, mediaType: true, fileName: true } as const;
  const document = await write(
    caller,
    async (tx) => {
      const data = { sha256, bytes, size: bytes.length, mediaType, fileName };
      const { count } = await tx.document.createMany({ data: [data], skipDuplicates: true });
      const kept = await tx.document.findUniqueOrThrow({ where: { sha256 }, select });
      if (count === 1) {
        const after = { file: fileName, mediaType, bytes: bytes.length, sha256 };
        await recordAudit(tx, caller, { type: "document.recorded", subjectId: kept.id, before: null, after });
      }
      return kept;
    },
    TIMEOUT,
  );
  return { ...document, text, pages, notes, language };
}
