import { cellPeek, peekOf } from "@/features/positions/formats/peek";
import { getDeciding } from "@/features/positions/queries/cell";
import { evidenceQuery } from "@/features/positions/schema";
import { snapshot } from "@/lib/db";
import { line } from "@/lib/input";
import { defineRoute, operation } from "@/lib/route";

/** What the matrix shows beside a cell. Not part of the public API: its only client is our own page. */
export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/api/positions", {
  GET: operation({
    summary: "What one cell of the matrix rests on",
    permission: "record:read",
    query: evidenceQuery.extend({ actor: line(120), issue: line(80) }),
    response: cellPeek,
    run: async (caller, { query: { actor, issue, ...query } }) =>
      peekOf(await snapshot(caller, (tx) => getDeciding(tx, { actor, issue }, query))),
  }),
});
