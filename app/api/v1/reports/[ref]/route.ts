import { z } from "zod";
import { reportShape } from "@/app/api/v1/shapes";
import { reviseReport } from "@/features/dialogues/mutations";
import { getReport } from "@/features/dialogues/queries";
import { reportPatch } from "@/features/dialogues/schema";
import { line } from "@/lib/input";
import { defineRoute, operation } from "@/lib/route";

const params = z.object({ ref: line(120).describe("Slug or id") });

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/reports/{ref}", {
  GET: operation({
    summary: "One report, with the dialogues that considered it",
    permission: "record:read",
    params,
    response: reportShape,
    run: (caller, { params: { ref } }) => getReport(caller, ref),
  }),
  PATCH: operation({
    summary: "Change a report",
    description: "Fields that are absent stay; null clears.",
    permission: "dialogue:edit",
    params,
    body: reportPatch,
    change: true,
    response: reportShape,
    run: (caller, { params: { ref }, version, body }) => reviseReport(caller, ref, version, body),
  }),
});
