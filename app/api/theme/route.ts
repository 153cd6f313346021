import { refuseForeignOrigin } from "@/lib/action";
import { currentIdentity } from "@/lib/auth/identity";
import { samePath } from "@/lib/auth/paths";
import { sessionCookie } from "@/lib/auth/session";
import { DomainError, invalid } from "@/lib/errors";
import { HttpRefusal, problem } from "@/lib/problem";
import { THEME_COOKIE, themeOf } from "@/lib/theme";
import { cookies } from "next/headers";

const YEAR_IN_SECONDS = 365 * 24 * 60 * 60;
const LONGEST_FORM_BYTES = 2_000;

/**
 * Remembers the look that a reader chose in the account menu: `theme` is light, dark or system. Goes back to the page
 * that asked (`next`, or the Referer), on this site only.
 */
export async function POST(request: Request): Promise<Response> {
  try {
    await refuseForeignOrigin();
    if (!(await currentIdentity())) throw new DomainError({ code: "UNAUTHENTICATED" });
    const form = await smallForm(request);
    await remember(textOf(form, "theme"));
    const back = samePath(textOf(form, "next") ?? pathOf(request.headers.get("referer")));
    return new Response(null, { status: 303, headers: { Location: back, "Cache-Control": "no-store" } });
  } catch (error) {
    return problem(error);
  }
}

async function remember(choice: string | undefined): Promise<void> {
  const theme = themeOf(choice);
  if (theme === null && choice !== "system") throw invalid("theme", "Choose light, dark or system.");
  const jar = await cookies();
  const { options } = sessionCookie();
  if (theme) jar.set(THEME_COOKIE, theme, { ...options, maxAge: YEAR_IN_SECONDS });
  else jar.delete(THEME_COOKIE);
}

async function smallForm(request: Request): Promise<FormData> {
  const length = Number(request.headers.get("content-length") ?? Number.NaN);
  if (!(length <= LONGEST_FORM_BYTES)) throw new DomainError({ code: "TOO_LARGE" });
  try {
    return await request.formData();
  } catch {
    throw new HttpRefusal(400, "This is not a form.");
  }
}

function textOf(form: FormData, name: string): string | undefined {
  const value = form.get(name);
  return typeof value === "string" ? value : undefined;
}

function pathOf(referer: string | null): string | null {
  if (!referer || !URL.canParse(referer)) return null;
  const { pathname, search } = new URL(referer);
  return `${pathname}${search}`;
}
