import { unsubscribe } from "@/features/audit/mutations/digest";
import { currentClient } from "@/lib/auth/client";
import { DomainError } from "@/lib/errors";
import { problem } from "@/lib/problem";

type Context = { params: Promise<{ token: string }> };

const seeOther = (path: string) =>
  new Response(null, { status: 303, headers: { Location: path, "Cache-Control": "no-store" } });

/** Mail programs open the address where they do not know how to unsubscribe by themselves: then a page asks. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  return seeOther(`/unsubscribe/${encodeURIComponent((await params).token)}`);
}

/**
 * Ends somebody's digest: one press in a mail program (RFC 8058), or on the page. Nobody is signed in, and mail services send no
 * Origin: the token in the address is the proof, and the body says nothing.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  try {
    const { token } = await params;
    if (!(await unsubscribe(token, await currentClient()))) {
      throw new DomainError({ code: "NOT_FOUND", message: "This link does not work." });
    }
    // A mail service takes no redirection for an answer (RFC 8058, section 3.1); the form of the page goes back to it.
    if (new URL(request.url).searchParams.has("page")) return seeOther(`/unsubscribe/${token}?done=1`);
    return new Response("The daily digest is off.\n", {
      headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
    });
  } catch (error) {
    return problem(error);
  }
}
