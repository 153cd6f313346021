import "server-only";
import { z } from "zod";
import { cursorOf, placeOf } from "@/lib/cursor";
import { whole } from "@/lib/input";

/** A list as the contract has it: a page of rows, the cursor of the next page or null, and how many rows there are in all. */
export function listOf<S extends z.ZodType>(row: S) {
  return z.object({
    data: z.array(row),
    next: z.string().nullable().describe("Cursor of the next page, null on the last"),
    total: z.int().describe("How many rows the filters leave, on all pages"),
  });
}

/** `limit` and `cursor` of a list, to be spread into its query. */
export const listQuery = {
  limit: whole(1, 1000).default(50).describe("Most rows on a page"),
  cursor: z.string().optional().meta({ description: "`next` of the page before" }),
};

function byText(a: [string, string], b: [string, string]): number {
  return a.join("=") < b.join("=") ? -1 : 1;
}

type Paging<Row, S extends z.ZodType> = {
  request: Request;
  query: { limit: number; cursor?: string | undefined };
  /** Shape of a place: what the row before the next page is found by. */
  place: S;
  placeOf: (row: Row) => z.input<S>;
  /** Reads up to `limit` rows after `place`. */
  read: (range: { limit: number; place?: z.output<S> }) => Promise<{ rows: Row[]; total: number }>;
};

/** One page of a list by keyset: the cursor is sealed and holds only for this list with these filters. */
export async function pageOf<Row, S extends z.ZodType>({ request, query, place, placeOf: at, read }: Paging<Row, S>) {
  const url = new URL(request.url);
  const filters = [...url.searchParams].filter(
    ([name, value]) => name !== "limit" && name !== "cursor" && value !== "",
  );
  const scope = JSON.stringify([url.pathname, filters.toSorted(byText)]);
  const { limit, cursor } = query;
  // One more than asked for tells whether there is a next page.
  const { rows, total } = await read({
    limit: limit + 1,
    ...(cursor === undefined ? {} : { place: placeOf(scope, cursor, place) }),
  });
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  return { data, next: rows.length > limit && last ? cursorOf(scope, at(last)) : null, total };
}

/** The part of a list that is known whole: up to `limit` rows after the one whose key is `place`. A place that is gone gives the start. */
export function sliceAfter<Row>(
  all: Row[],
  { limit, place }: { limit: number; place?: string },
  keyOf: (row: Row) => string,
): { rows: Row[]; total: number } {
  const start = place === undefined ? 0 : all.findIndex((row) => keyOf(row) === place) + 1;
  return { rows: all.slice(start, start + limit), total: all.length };
}
