import { z } from "zod";
import { changedTextShape, textShape } from "@/app/api/v1/text-shapes";
import { putText } from "@/features/sources/mutations/texts";
import { findTextId, getText } from "@/features/sources/queries/texts";
import { LARGEST_TEXT, textInput, textQuery } from "@/features/sources/schema";
import { notFound } from "@/lib/errors";
import { defineRoute, operation } from "@/lib/route";

const params = z.object({ id: z.uuid() });

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/statements/{id}/text", {
  GET: operation({
    summary: "A text of a statement with its quotations",
    description: "`sha256` is that of `text` in UTF-8. The text is exactly what was stored, line ends included.",
    permission: "record:read",
    params,
    query: textQuery,
    response: textShape,
    run: async (caller, { params: { id }, query: { kind = "as_delivered", language } }) => {
      const found = await findTextId(caller, id, { kind, language });
      if (!found) throw notFound("text of this kind and language for the statement", id);
      return getText(caller, found);
    },
  }),
  PUT: operation({
    summary: "Store or change the text of a statement",
    description:
      "The query or the body names kind and language: `as_delivered` and the statement's own language when absent. " +
      "Without If-Match it makes a text that is not there yet (428 when there is one); with it, it changes that version. " +
      "Quotations keep their words: `anchored` tells which stayed, which were re-anchored and which are orphans now. " +
      "At most 5 MB.",
    permission: "text:edit",
    params,
    query: textQuery,
    body: textInput,
    // JSON may write each character of a text as an escape that is longer.
    bodyLimit: 3 * LARGEST_TEXT + 1024 * 1024,
    change: "if_there",
    response: changedTextShape,
    run: (caller, { params: { id }, query, body, version }) =>
      putText(caller, id, { which: query, version, input: body }),
  }),
});
