import { z } from "zod";
import { statementDetailShape } from "@/app/api/v1/shapes";
import { reviseStatement, withdrawStatement } from "@/features/statements/mutations";
import { getStatement } from "@/features/statements/queries/statement";
import { reason, statementPatch } from "@/features/statements/schema";
import { defineRoute, operation } from "@/lib/route";

const params = z.object({ id: z.uuid() });

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/statements/{id}", {
  GET: operation({
    summary: "One statement, with everybody whom it covers",
    permission: "record:read",
    params,
    response: statementDetailShape,
    run: (caller, { params: { id } }) => getStatement(caller, id),
  }),
  PATCH: operation({
    summary: "Revise a statement",
    description: "Fields that are absent stay; null clears. `represents` replaces the whole list.",
    permission: "statement:record",
    params,
    body: statementPatch,
    change: true,
    response: statementDetailShape,
    run: (caller, { params: { id }, version, body }) => reviseStatement(caller, id, version, body),
  }),
  DELETE: operation({
    summary: "Withdraw a statement",
    description:
      "It leaves every figure and list, keeps its place and can be restored. Give the reason in the query or the body.",
    permission: "statement:record",
    params,
    query: z.strictObject({ reason: reason.optional() }),
    body: z.strictObject({ reason: reason.optional() }).optional(),
    change: true,
    response: statementDetailShape,
    run: (caller, { params: { id }, version, query, body }) =>
      withdrawStatement(caller, id, version, query.reason ?? body?.reason ?? "No reason was given."),
  }),
});
