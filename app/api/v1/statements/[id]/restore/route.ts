import { z } from "zod";
import { statementDetailShape } from "@/app/api/v1/shapes";
import { restoreStatement } from "@/features/statements/mutations";
import { defineRoute, operation } from "@/lib/route";

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/statements/{id}/restore", {
  POST: operation({
    summary: "Put a withdrawn statement back where it was",
    permission: "statement:record",
    params: z.object({ id: z.uuid() }),
    change: true,
    response: statementDetailShape,
    run: (caller, { params: { id }, version }) => restoreStatement(caller, id, version),
  }),
});
