import { z } from "zod";
import { changedTextShape, textShape } from "@/app/api/v1/text-shapes";
import { reviseText } from "@/features/sources/mutations/texts";
import { withdrawText } from "@/features/sources/mutations/withdraw";
import { getText } from "@/features/sources/queries/texts";
import { LARGEST_TEXT, textPatch, withdrawalReason } from "@/features/sources/schema";
import { defineRoute, operation } from "@/lib/route";

const params = z.object({ id: z.uuid() });

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/texts/{id}", {
  GET: operation({
    summary: "One text with its quotations",
    permission: "record:read",
    params,
    response: textShape,
    run: (caller, { params: { id } }) => getText(caller, id),
  }),
  PATCH: operation({
    summary: "Change a text, its kind, language or where it was found",
    description: "Fields that are absent stay; null clears. A changed body re-anchors or orphans its quotations.",
    permission: "text:edit",
    params,
    body: textPatch,
    bodyLimit: 3 * LARGEST_TEXT + 1024 * 1024,
    change: true,
    response: changedTextShape,
    run: (caller, { params: { id }, version, body }) => reviseText(caller, id, version, body),
  }),
  DELETE: operation({
    summary: "Withdraw a text",
    description:
      "Its quotations and earlier versions go with it; refused while coded positions rest on one of them. The act is among the " +
      "recent acts, and undoing it puts the text back. The file that it came from is kept.",
    permission: "text:edit",
    params,
    query: z.strictObject({ reason: withdrawalReason.optional() }),
    change: true,
    response: textShape,
    run: async (caller, { params: { id }, version, query: { reason } }) => {
      const { act: _, ...text } = await withdrawText(caller, id, version, reason ?? "No reason was given.");
      return text;
    },
  }),
});
