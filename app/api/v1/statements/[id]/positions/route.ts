import { z } from "zod";
import { statementPositionsShape } from "@/app/api/v1/position-shapes";
import { codeStatement } from "@/features/positions/mutations";
import { getStatementPositions, type StatementPositions } from "@/features/positions/queries/statement";
import { positionsInput, positionsQuery } from "@/features/positions/schema";
import { defineRoute, operation } from "@/lib/route";

const params = z.object({ id: z.uuid() });

function listed({ positions, ...coding }: StatementPositions): z.input<typeof statementPositionsShape> {
  return { ...coding, data: positions, next: null, total: positions.length };
}

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/statements/{id}/positions", {
  GET: operation({
    summary: "What was coded of a statement",
    permission: "record:read",
    description:
      "In the order of the codebook. Issues are named, and merged ones read, as in the version that `codebook` names; what is on " +
      "no issue of it comes last, with the `reading` `absent`.",
    params,
    query: positionsQuery.pick({ codebook: true }),
    response: statementPositionsShape,
    run: async (caller, { params: { id }, query: { codebook } }) =>
      listed(await getStatementPositions(caller, id, codebook)),
  }),
  PUT: operation({
    summary: "Code a statement",
    description:
      "The list is all that the statement says on the issues of the codebook and takes the place of what was coded before; " +
      "what is not in it the statement did not address. Codings on issues that the codebook no longer has stay. " +
      "A position needs a `quote` that stands in a stored text of the statement, or a `noQuoteReason`. Without If-Match it codes a statement that was not coded yet (428 when it was).",
    permission: "position:code",
    params,
    body: positionsInput,
    change: "if_there",
    response: statementPositionsShape,
    run: async (caller, { params: { id }, body, version }) => listed(await codeStatement(caller, id, version, body)),
  }),
});
