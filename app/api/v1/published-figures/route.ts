import { z } from "zod";
import { publishedFigureShape } from "@/app/api/v1/shapes";
import { getDialogue } from "@/features/dialogues/queries";
import { recordPublishedFigure } from "@/features/figures/mutations";
import { computedFor } from "@/features/figures/queries/claims";
import { listPublishedFigures, loadDialogueRecord, type DialogueRecord } from "@/features/figures/queries/record";
import { publishedFigureInput } from "@/features/figures/schema";
import { snapshot, type Tx } from "@/lib/db";
import { line } from "@/lib/input";
import { listOf, listQuery, pageOf, sliceAfter } from "@/lib/paging";
import { defineRoute, operation } from "@/lib/route";

const withComputed = publishedFigureShape
  .extend({
    computed: z.int().nullable().describe("What the data gives; null where there is nothing to compute it from"),
  })
  .meta({ id: "ComparedFigure" });

/** Reads each dialogue of a page once. */
async function recordsOf(tx: Tx, slugs: (string | null)[]): Promise<Map<string, DialogueRecord>> {
  const records = new Map<string, DialogueRecord>();
  for (const slug of new Set(slugs)) if (slug !== null) records.set(slug, await loadDialogueRecord(tx, slug));
  return records;
}

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE } = defineRoute("/published-figures", {
  GET: operation({
    summary: "Numbers that somebody published, each beside what the data gives",
    permission: "record:read",
    query: z.strictObject({ dialogue: line(120).optional().describe("Slug or id of a dialogue"), ...listQuery }),
    response: listOf(withComputed),
    run: (caller, { query, request }) =>
      pageOf({
        request,
        query,
        place: z.uuid(),
        placeOf: ({ id }) => id,
        read: (range) =>
          snapshot(caller, async (tx) => {
            const of = query.dialogue === undefined ? {} : { dialogueId: (await getDialogue(tx, query.dialogue)).id };
            const { rows, total } = sliceAfter(await listPublishedFigures(tx, of), range, ({ id }) => id);
            const records = await recordsOf(
              tx,
              rows.map(({ dialogue }) => dialogue),
            );
            const compared = rows.map((figure) => {
              const record = records.get(figure.dialogue ?? "");
              return { ...figure, computed: record ? computedFor(record, figure) : null };
            });
            return { rows: compared, total };
          }),
      }),
  }),
  POST: operation({
    summary: "Record a number that somebody published",
    permission: "figure:edit",
    body: publishedFigureInput,
    response: publishedFigureShape,
    status: 201,
    run: (caller, { body }) => recordPublishedFigure(caller, body),
  }),
});
