import { cellPeek, peekOf } from "@/features/positions/formats/peek";
import { decidingOf, getCellEvidence } from "@/features/positions/queries/cell";
import { evidenceQuery } from "@/features/positions/schema";
import { snapshot } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { line } from "@/lib/input";
import { defineRoute, operation } from "@/lib/route";

/** What the matrix shows beside a cell. Not part of the public API: its only client is our own page. */
export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/api/positions", {
  GET: operation({
    summary: "What one cell of the matrix rests on",
    permission: "record:read",
    query: evidenceQuery.extend({ actor: line(120), issue: line(80) }),
    response: cellPeek,
    run: async (caller, { query: { actor, issue, ...query } }) => {
      const evidence = await snapshot(caller, (tx) => getCellEvidence(tx, { actor, issue }, query));
      const entry = decidingOf(evidence);
      if (!entry || evidence.cell.value === null) throw notFound("position", `${actor} ${issue}`);
      return peekOf(entry, evidence.cell.value);
    },
  }),
});
