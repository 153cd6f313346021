import { randomBytes } from "node:crypto";
import { NextResponse, type NextRequest } from "next/server";
import { signInPath } from "@/lib/auth/paths";

/** Pages that one reads without a session. */
const OPEN = /^\/(?:sign-in|set-up|unsubscribe)(?:\/|$)/;
const SESSION_COOKIE = /(?:^|;\s*)(?:__Host-)?next-auth\.session-token=[^;]/;

/** What a page may load and run: our own files, and scripts that carry this answer's nonce. */
function contentSecurityPolicy(nonce: string): string {
  // React's development build explains errors by eval; the built product never does.
  // oxlint-disable-next-line node/no-process-env -- Next sets it, it is no setting of ours
  const development = process.env.NODE_ENV === "development";
  return [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ].join("; ");
}

/**
 * Gives every page its nonce and tells it its own address; sends a browser that has no session cookie at all to sign in.
 * Never the guard: that is `pageCaller` in each page, `defineAction` in each action and `grant` in each route.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const reads = request.method === "GET" || request.method === "HEAD";
  if (reads && !OPEN.test(pathname) && !SESSION_COOKIE.test(request.headers.get("cookie") ?? "")) {
    // Next takes only whole addresses here, and sends this one relative: no Host header decides where the browser goes.
    const location = new URL(signInPath(`${pathname}${search}`), request.url).href;
    return new NextResponse(null, { status: 307, headers: { Location: location, "Cache-Control": "no-store" } });
  }
  const policy = contentSecurityPolicy(randomBytes(16).toString("base64"));
  const headers = new Headers(request.headers);
  // Next finds the nonce for its own scripts in this header of the request.
  headers.set("content-security-policy", policy);
  headers.set("x-rostrum-path", `${pathname}${search}`);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

export const config = {
  // Pages only. Routes answer for themselves, and their bodies must not pass here: Next would cut them at 10 MB.
  matcher: ["/((?!api(?:/|$)|_next/|.*\\.(?:ico|svg|png|txt|woff2|webmanifest)$).*)"],
};
