import "server-only";
import { headers } from "next/headers";

/** Where a request comes from, as far as our own server can tell. */
export type Client = { address: string | null; userAgent: string | null; requestId: string | null };

/**
 * Reads what scripts/serve.ts wrote on the request. It overwrites these headers on every request that comes in, so a
 * sender cannot choose them; X-Forwarded-For is never read here.
 */
export async function currentClient(): Promise<Client> {
  const sent = await headers();
  return {
    address: sent.get("x-rostrum-address"),
    requestId: sent.get("x-rostrum-request-id"),
    userAgent:
      sent
        .get("user-agent")
        ?.replace(/[^\x20-\x7e]/g, "")
        .slice(0, 300) || null,
  };
}
