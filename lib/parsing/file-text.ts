import "server-only";
import { DomainError } from "@/lib/errors";
import { runInChild } from "@/lib/parsing/run-in-child";

/**
 * What was found in a file. `language` is a BCP 47 tag, null when it is not told with confidence; `pages` is null where the
 * format has none; `notes` say what to look at, in sentences.
 */
export type FileText = {
  mediaType: string;
  text: string;
  language: string | null;
  pages: number | null;
  notes: string[];
};

/**
 * The text of a PDF, DOCX, HTML or plain text file: blank lines between paragraphs, form feeds between pages. The type is told
 * by the content; a name that promises another one is refused.
 * @throws DomainError INVALID at `file`, with why it cannot be read
 */
export async function readFileText(bytes: Uint8Array, fileName: string): Promise<FileText> {
  return runInChild<FileText>("text-of-file.mjs", bytes, { options: { fileName } });
}

/** The language of a text as a BCP 47 tag, or null when it is not told with confidence, or not in time: then somebody says it. */
export async function detectLanguage(text: string): Promise<string | null> {
  const sample = Buffer.from(text.slice(0, 20_000), "utf8");
  try {
    return await runInChild<string | null>("language-of-text.mjs", sample, { field: "language" });
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}
