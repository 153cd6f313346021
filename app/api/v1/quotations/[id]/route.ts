import { z } from "zod";
import { quotationShape } from "@/app/api/v1/text-shapes";
import { placeQuotation, removeQuotation } from "@/features/sources/mutations/quotations";
import { getQuotation } from "@/features/sources/queries/quotations";
import { placingInput } from "@/features/sources/schema";
import { defineRoute, operation } from "@/lib/route";

const params = z.object({ id: z.uuid() });

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/quotations/{id}", {
  GET: operation({
    summary: "One quotation with its place in the text",
    permission: "record:read",
    params,
    response: quotationShape,
    run: (caller, { params: { id } }) => getQuotation(caller, id),
  }),
  PATCH: operation({
    summary: "Give a quotation another place in its text",
    description: "For an orphan above all: the words as they stand in the text now, verbatim.",
    permission: "text:edit",
    params,
    body: placingInput,
    change: true,
    response: quotationShape,
    run: (caller, { params: { id }, version, body }) => placeQuotation(caller, id, version, body),
  }),
  DELETE: operation({
    summary: "Remove a quotation",
    description: "Refused while a coded position rests on it. What it was stays in the audit trail.",
    permission: "text:edit",
    params,
    change: true,
    response: quotationShape,
    run: (caller, { params: { id }, version }) => removeQuotation(caller, id, version),
  }),
});
