import { z } from "zod";
import { changedTextShape, textShape } from "@/app/api/v1/text-shapes";
import { reviseText } from "@/features/sources/mutations/texts";
import { getText } from "@/features/sources/queries/texts";
import { LARGEST_TEXT, textPatch } from "@/features/sources/schema";
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
});
