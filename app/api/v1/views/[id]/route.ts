import { z } from "zod";
import { viewShape } from "@/app/api/v1/view-shapes";
import { removeView, reviseView } from "@/features/views/mutations";
import { getView } from "@/features/views/queries";
import { viewPatch } from "@/features/views/schema";
import { defineRoute, operation } from "@/lib/route";

const params = z.object({ id: z.uuid() });

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/views/{id}", {
  GET: operation({
    summary: "One saved view: an own one, or one that is shared",
    permission: "record:read",
    params,
    response: viewShape,
    run: (caller, { params: { id } }) => getView(caller, id),
  }),
  PATCH: operation({
    summary: "Rename, move, share or stop sharing an own view",
    description: "Fields that are absent stay; null clears.",
    permission: "view:own",
    params,
    body: viewPatch,
    change: true,
    response: viewShape,
    run: (caller, { params: { id }, version, body }) => reviseView(caller, id, version, body),
  }),
  DELETE: operation({
    summary: "Delete an own view",
    description: "Answers with the view as it was. Its owner can put it back on the page of saved views.",
    permission: "view:own",
    params,
    change: true,
    response: viewShape,
    run: (caller, { params: { id }, version }) => removeView(caller, id, version),
  }),
});
