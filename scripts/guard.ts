// What every request and every answer must be before the product sees the one and the network the other.
import { randomUUID } from "node:crypto";
import http from "node:http";

/** How the server is reached, as far as headers depend on it. */
export type Reached = { appUrl: string; trustProxy: boolean; dev: boolean };

/** Pages replace this by a policy with a nonce (proxy.ts); what is no page needs to load nothing. */
const NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** The headers of every answer; an answer that sets one itself keeps its own. */
export function baseHeaders(appUrl: string): Record<string, string> {
  return {
    "Content-Security-Policy": NOTHING,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    ...(appUrl.startsWith("https:") ? { "Strict-Transport-Security": "max-age=31536000; includeSubDomains" } : {}),
  };
}

export type Refused = { status: number; sentence: string; headers?: Record<string, string> };

const hosts = (request: http.IncomingMessage) =>
  request.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === "host").length;

const isBelowApi = (path: string) => path === "/api" || path.startsWith("/api/");

/** A refusal in the language of what was asked for: problem details (RFC 9457) below /api, a sentence elsewhere. */
export function refusalBody(target: string, { status, sentence }: Refused): { type: string; body: string } {
  if (!isBelowApi(target.split("?", 1)[0] ?? "")) return { type: "text/plain; charset=utf-8", body: `${sentence}\n` };
  const problem = { type: "about:blank", title: http.STATUS_CODES[status], status, detail: sentence };
  return { type: "application/problem+json", body: JSON.stringify(problem) };
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** Most bytes of a form: as much as Next lets an action have (next.config.js), who would answer 500. */
const LARGEST_FORM = 6 * 1024 * 1024;

/** Pages take forms, whose length every browser says. The API looks at its bodies itself. */
function refuseForm({ headers }: http.IncomingMessage): Refused | null {
  // Next passes an action on to the page that has it as a stream, whose length it does not know any more.
  if (headers["transfer-encoding"] !== undefined && headers["x-action-forwarded"] === undefined)
    return { status: 411, sentence: "Send the form with its Content-Length." };
  if (Number(headers["content-length"] ?? 0) <= LARGEST_FORM) return null;
  const sentence =
    "This form is larger than 6 MB, and nothing was saved. Go back, shorten its text, and send it again.";
  return { status: 413, sentence };
}

const PAGE_METHODS = ["GET", "HEAD", "POST"];

/** Why a request does not reach the product, or null when it may. */
export function refuse(request: http.IncomingMessage, { dev }: Reached): Refused | null {
  const target = request.url ?? "";
  // An absolute target would choose the host of redirects; "//host" is one in disguise.
  if (!target.startsWith("/") || target.startsWith("//"))
    return { status: 400, sentence: "Bad request: the target must be a path." };
  if (hosts(request) !== 1) return { status: 400, sentence: "Bad request: one Host header is needed." };
  const path = target.split("?", 1)[0] ?? "";
  // Next answers 500 to these.
  if (!isDecodable(path)) return { status: 400, sentence: "Bad request: the path is not UTF-8 in percent-encoding." };
  const method = request.method ?? "";
  // The image optimizer fetches addresses that a stranger names; nothing here needs it.
  if (path.startsWith("/_next/image")) return { status: 404, sentence: "Not found." };
  if (
    method === "TRACE" ||
    method === "CONNECT" ||
    (!isBelowApi(path) && !PAGE_METHODS.includes(method) && !(dev && method === "OPTIONS"))
  ) {
    return { status: 405, sentence: "This method is not allowed here.", headers: { Allow: PAGE_METHODS.join(", ") } };
  }
  const encoding = request.headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") {
    return { status: 415, sentence: "Compressed requests are not accepted." };
  }
  return isBelowApi(path) ? null : refuseForm(request);
}

/** The sender's address: the socket's, or behind a trusted proxy the last hop that it wrote. */
function addressOf(request: http.IncomingMessage, trustProxy: boolean): string {
  const forwarded = trustProxy
    ? String(request.headers["x-forwarded-for"] ?? "")
        .split(",")
        .at(-1)
        ?.trim()
    : "";
  return (forwarded || request.socket.remoteAddress || "").replace(/^::ffff:/, "");
}

/**
 * Replaces what a stranger could have written about a request by what is so: `x-rostrum-request-id`, `x-rostrum-address` and
 * `x-rostrum-path` for the product, no forwarded host to compare an Origin with. Returns the id of the request.
 */
export function stamp(request: http.IncomingMessage, { trustProxy }: Reached): string {
  const address = addressOf(request, trustProxy);
  for (const name of Object.keys(request.headers)) {
    if (/^(x-rostrum-|x-forwarded-|x-middleware-|x-request-id$|forwarded$|x-real-ip$)/.test(name))
      delete request.headers[name];
  }
  const id = randomUUID();
  Object.assign(request.headers, {
    "x-rostrum-request-id": id,
    "x-rostrum-address": address,
    "x-rostrum-path": request.url ?? "/",
  });
  return id;
}

/** The answer to bytes that are no request, written to the bare socket: there is no response object to set headers on. */
export function rawAnswer(code: string | undefined, appUrl: string): string {
  const [status, sentence] =
    code === "HPE_HEADER_OVERFLOW"
      ? ["431 Request Header Fields Too Large", "The headers are too large."]
      : code === "ERR_HTTP_REQUEST_TIMEOUT"
        ? ["408 Request Timeout", "The request took too long."]
        : ["400 Bad Request", "Bad request."];
  const headers = {
    ...baseHeaders(appUrl),
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Length": String(sentence.length),
    Connection: "close",
  };
  return `HTTP/1.1 ${status}\r\n${Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("")}\r\n${sentence}`;
}
