import { z } from "zod";
import { dialogueShape } from "@/app/api/v1/shapes";
import { reviseDialogue } from "@/features/dialogues/mutations";
import { getDialogue } from "@/features/dialogues/queries";
import { dialoguePatch } from "@/features/dialogues/schema";
import { line } from "@/lib/input";
import { defineRoute, operation } from "@/lib/route";

const params = z.object({ slug: line(120).describe("Slug or id") });

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/dialogues/{slug}", {
  GET: operation({
    summary: "One dialogue",
    permission: "record:read",
    params,
    response: dialogueShape,
    run: (caller, { params: { slug } }) => getDialogue(caller, slug),
  }),
  PATCH: operation({
    summary: "Change a dialogue",
    description: "Fields that are absent stay; null clears. `meetings` replaces the whole list.",
    permission: "dialogue:edit",
    params,
    body: dialoguePatch,
    change: true,
    response: dialogueShape,
    run: (caller, { params: { slug }, version, body }) => reviseDialogue(caller, slug, version, body),
  }),
});
