import type { AsyncLocalStorage } from "node:async_hooks";

/** What the server wants to know about a request after the page or route has run. */
export type RequestContext = {
  /** The id under which it is logged. */
  id: string;
  unavailable: boolean;
  status?: PageStatus;
};

/** What a page may answer instead of 200. */
export type PageStatus = 403 | 404 | 410;

// Set by scripts/serve.ts, which runs each request inside it; shared over globalThis because Next bundles this module apart.
const shared = globalThis as typeof globalThis & { rostrumRequests?: AsyncLocalStorage<RequestContext> };

/** Notes that the database did not answer, so that the server sends 503 where a page could only say 500. */
export function markUnavailable(): void {
  const context = shared.rostrumRequests?.getStore();
  if (context) context.unavailable = true;
}

/**
 * Gives the page that is being rendered another status. Next's own `notFound()` and `forbidden()` render nothing at all
 * without JavaScript; a page that returns its words and calls this is read by everybody.
 */
export function answerWith(status: PageStatus): void {
  const context = shared.rostrumRequests?.getStore();
  if (context) context.status = status;
}
