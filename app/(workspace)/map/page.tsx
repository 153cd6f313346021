import { ByIssue } from "@/app/(workspace)/map/by-issue";
import { ByVote } from "@/app/(workspace)/map/by-vote";
import { mapQuery } from "@/app/(workspace)/map/frame";
import { lenient, single, type SearchParams } from "@/lib/address";

export const metadata = { title: "Map" };

export default async function MapPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const given = single(await searchParams);
  const { by } = lenient(mapQuery, given);
  return by === "vote" ? <ByVote given={given} /> : <ByIssue given={given} />;
}
