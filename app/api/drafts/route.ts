import { z } from "zod";
import { discardDraft, keepDraft } from "@/features/drafts/mutations";
import { draftInput, draftKept, draftQuery } from "@/features/drafts/schema";
import { defineRoute, operation } from "@/lib/route";

/** Where long forms keep what is typed into them. Not part of the public API: its only client is our own page. */
export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/api/drafts", {
  POST: operation({
    summary: "Keep a draft of a form",
    permission: "draft:own",
    body: draftInput,
    response: draftKept,
    run: (caller, { body }) => keepDraft(caller, body),
  }),
  DELETE: operation({
    summary: "Discard the draft of a form",
    permission: "draft:own",
    query: draftQuery,
    response: z.undefined(),
    status: 204,
    run: (caller, { query }) => discardDraft(caller, query.form, query.savedAt).then(() => undefined),
  }),
});
