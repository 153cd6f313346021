import { z } from "zod";
import { codebookParam } from "@/features/codebook/schema";
import { line, whole } from "@/lib/input";

/** What can be found. A statement is found by its texts, the speaker's name as printed, the person, and its note. */
export const SEARCH_KINDS = ["statement", "quotation", "note", "actor", "issue"] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];

export const SEARCH_KIND_NAMES: Record<SearchKind, string> = {
  statement: "Statements",
  quotation: "Quotations",
  note: "Notes",
  actor: "States and other actors",
  issue: "Issues",
};

/** What one result of the kind is called. */
export const SEARCH_RESULT_NAMES: Record<SearchKind, string> = {
  statement: "Statement",
  quotation: "Quotation",
  note: "Note",
  actor: "Actor",
  issue: "Issue",
};

const LONGEST_QUERY = 500;

const filters = {
  kind: z.enum(SEARCH_KINDS, "There is no such kind of result.").optional(),
  dialogue: line(120).optional().describe("Slug of a dialogue"),
  actor: line(120).optional().describe("Who delivered it, or the actor itself"),
  language: line(20).optional().describe("Language of the text, by its first part: en, fr, zh"),
  codebook: codebookParam.describe(
    "Number of the version of the codebook in which issues are looked for; the newest when absent",
  ),
};

/** A search through the API. */
export const searchQuery = z.strictObject({
  q: line(LONGEST_QUERY).describe('Words; "a phrase"; OR; -not; begin*'),
  ...filters,
});
export type SearchFilters = Omit<z.output<typeof searchQuery>, "q">;

/** The page of results. */
export const searchPageQuery = z.object({
  ...filters,
  q: z.string().trim().max(LONGEST_QUERY).default(""),
  page: whole(1, 500).default(1),
});
export type SearchPageQuery = z.output<typeof searchPageQuery>;
