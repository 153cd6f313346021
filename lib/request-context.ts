import type { AsyncLocalStorage } from "node:async_hooks";

/** What the server wants to know about a request after the page or route has run. */
export type RequestContext = { unavailable: boolean };

// Set by scripts/serve.ts, which runs each request inside it; shared over globalThis because Next bundles this module apart.
const shared = globalThis as typeof globalThis & { rostrumRequests?: AsyncLocalStorage<RequestContext> };

/** Notes that the database did not answer, so that the server sends 503 where a page could only say 500. */
export function markUnavailable(): void {
  const context = shared.rostrumRequests?.getStore();
  if (context) context.unavailable = true;
}
