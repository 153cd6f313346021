import { UN_REGION_NAMES } from "@/features/actors/schema";
import type { RollCallDto, StateVote } from "@/features/votes/queries/votes";
import { VALUE_NAMES } from "@/features/votes/schema";
import { CSV, csvFile } from "@/lib/formats/csv";
import type { ExportedFile } from "@/lib/formats/file";

const TITLES = ["Vote", "Symbol", "Date", "Code", "State", "As printed", "Vote cast", "UN regional group"];

/** The rows of a roll call that a filter leaves. What they belong to is at the address that the Link header names. */
export function rollCallCsv({ slug, symbol, date }: RollCallDto, votes: readonly StateVote[]): ExportedFile {
  const rows = votes.map(({ actor, name, printed, value, region }) => [
    slug,
    symbol,
    date,
    actor,
    name,
    printed,
    VALUE_NAMES[value],
    region && UN_REGION_NAMES[region],
  ]);
  return {
    name: `${slug}-roll-call.csv`,
    media: `${CSV}; charset=utf-8; header=present`,
    headers: { Link: `</api/v1/votes/${slug}>; rel="describedby"; type="application/json"` },
    bytes: csvFile(TITLES, rows),
  };
}
