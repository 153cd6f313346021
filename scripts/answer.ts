// What every answer gets at the last moment, whoever wrote it.
import type http from "node:http";
import type { RequestContext } from "../lib/request-context";
import { serving } from "../lib/serving";
import { failurePage, FAILURE_POLICY } from "./failure-page";

type Rest = unknown[];
type Writer = (...rest: Rest) => boolean;
type Ender = (...rest: Rest) => http.ServerResponse;

/** Headers that speak of the body that a failure page replaces. */
const OF_THE_BODY = ["Content-Encoding", "Content-Length", "ETag", "Link", "Transfer-Encoding"];

/** A callback as the last argument of `write` and `end`, wherever the other arguments were left out. */
function called(rest: Rest): void {
  const callback = rest.at(-1);
  if (typeof callback === "function") process.nextTick(callback);
}

/**
 * Completes an answer: base headers where none were set, no advertisement, another status where the page asked for one, 503
 * where the database did not answer and a page could only say 500. A page of Next that failed is blank without JavaScript, so its
 * body is replaced by one in words.
 */
export function complete(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  base: Record<string, string>,
  context: RequestContext,
): void {
  const writeHead = response.writeHead.bind(response) as (status: number, ...rest: Rest) => http.ServerResponse;
  const write = response.write.bind(response) as Writer;
  const end = response.end.bind(response) as Ender;
  const { url: path = "/", method } = request;
  let instead: string | null = null;

  response.writeHead = (status: number, ...rest: Rest) => {
    const unavailable = status === 500 && context.unavailable;
    response.removeHeader("X-Powered-By");
    for (const [name, value] of Object.entries(base)) if (!response.hasHeader(name)) response.setHeader(name, value);
    response.setHeader("X-Request-Id", context.id);
    if (unavailable) response.setHeader("Retry-After", "5");
    if (serving.draining) response.setHeader("Connection", "close");
    if (status === 500 && String(response.getHeader("Content-Type")).startsWith("text/html")) {
      instead = failurePage({ unavailable, path, sent: method === "POST", requestId: context.id });
      for (const name of OF_THE_BODY) response.removeHeader(name);
      response.setHeader("Content-Security-Policy", FAILURE_POLICY);
      response.setHeader("Content-Length", Buffer.byteLength(instead));
    }
    const chosen = status === 200 ? (context.status ?? 200) : status;
    return writeHead(unavailable ? 503 : chosen, ...rest);
  };

  // Node writes the head itself when a body begins without one, but only once it is inside of `write`: too late to choose.
  const begin = () => {
    if (!response.headersSent) response.writeHead(response.statusCode);
  };
  response.write = ((...rest: Rest) => {
    begin();
    if (instead === null) return write(...rest);
    called(rest);
    return true;
  }) as typeof response.write;
  response.end = ((...rest: Rest) => {
    if (instead === null && response.statusCode !== 500) return end(...rest);
    begin();
    if (instead === null) return end(...rest);
    const document = instead;
    instead = "";
    called(rest);
    return end(document);
  }) as typeof response.end;
}
