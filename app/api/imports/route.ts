import { openImport } from "@/features/imports/mutations/read";
import { uploadFields } from "@/features/imports/schema";
import { parse, refuseForeignOrigin } from "@/lib/action";
import { grant } from "@/lib/auth/caller";
import { currentIdentity } from "@/lib/auth/identity";
import { DomainError } from "@/lib/errors";
import { MOST_BYTES } from "@/lib/formats/table-limits";
import { problem } from "@/lib/problem";
import { receiveFile } from "@/lib/upload";

function to(location: string): Response {
  return new Response(null, { status: 303, headers: { Location: location, "Cache-Control": "no-store" } });
}

/** What the form can say again on its page; everything else is answered as a problem. */
const SAID_ON_THE_PAGE = new Set(["INVALID", "TOO_LARGE", "TOO_MANY", "UNSUPPORTED", "UNAVAILABLE"]);

/**
 * Receives the file of the form on /import and leads on to the import. A route and no action: a file passes here in pieces, and
 * by no proxy that would cut it.
 */
export async function POST(request: Request): Promise<Response> {
  try {
    await refuseForeignOrigin();
    const caller = grant(await currentIdentity(), "import:run");
    const upload = await receiveFile(request, MOST_BYTES);
    const { kind, dialogue } = await fieldsOf(upload);
    const { id } = await openImport(caller, { kind, dialogue, upload });
    return to(`/import/${id}`);
  } catch (error) {
    if (!(error instanceof DomainError) || !SAID_ON_THE_PAGE.has(error.code)) return problem(error);
    const code = error.code === "INVALID" && error.message === "Choose a file." ? "no-file" : error.code.toLowerCase();
    return to(`/import?refused=${code}#send`);
  }
}

async function fieldsOf({ fields, remove }: Awaited<ReturnType<typeof receiveFile>>) {
  try {
    return parse(uploadFields, fields);
  } catch (error) {
    await remove();
    throw error;
  }
}
