import { readFile } from "node:fs/promises";
import { uploadDocument } from "@/features/sources/mutations/documents";
import { refusedUpload } from "@/features/sources/queries/documents";
import { LARGEST_FILE, uploadFields } from "@/features/sources/schema";
import { parse, refuseForeignOrigin } from "@/lib/action";
import { address } from "@/lib/address";
import { grant } from "@/lib/auth/caller";
import { currentIdentity } from "@/lib/auth/identity";
import { DomainError } from "@/lib/errors";
import { problem } from "@/lib/problem";
import { receiveFile } from "@/lib/upload";

/** What the form can say again on its page; everything else is answered as a problem. */
const SAID_ON_THE_PAGE = new Set(["INVALID", "TOO_LARGE", "TOO_MANY", "UNSUPPORTED", "UNAVAILABLE"]);

function back(page: string, params: Record<string, string>): Response {
  const headers = { Location: address(page, params), "Cache-Control": "no-store" };
  return new Response(null, { status: 303, headers });
}

/**
 * Receives a file from the form that works without a script, and leads back to it with the text of the file to be corrected, or
 * with why there is none. A route and no action: a file passes here in pieces, and by no proxy that would cut it.
 */
export async function POST(request: Request): Promise<Response> {
  try {
    await refuseForeignOrigin();
    const caller = grant(await currentIdentity(), "text:edit");
    // Known before the file is looked at, so that whatever is wrong with it can be said on the page.
    const { dialogue, statement } = parse(uploadFields, Object.fromEntries(new URL(request.url).searchParams));
    const page = `/dialogues/${dialogue}/statements/${statement}/texts/new`;
    try {
      const upload = await receiveFile(request, LARGEST_FILE);
      try {
        const { id } = await uploadDocument(caller, await readFile(upload.file), upload.name);
        return back(page, { document: id });
      } finally {
        await upload.remove();
      }
    } catch (error) {
      if (!(error instanceof DomainError) || !SAID_ON_THE_PAGE.has(error.code)) throw error;
      return back(page, { refused: refusedUpload(error.issues[0]?.message ?? error.message) });
    }
  } catch (error) {
    return problem(error);
  }
}
