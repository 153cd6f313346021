import { ByIssue } from "@/app/(workspace)/map/by-issue";
import { ByParticipation } from "@/app/(workspace)/map/by-participation";
import { ByVote } from "@/app/(workspace)/map/by-vote";
import { mapQuery } from "@/app/(workspace)/map/frame";
import { lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";

export const metadata = { title: "Map" };

const VIEWS = { issue: ByIssue, vote: ByVote, participation: ByParticipation };

export default async function MapPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await pageCaller("record:read");
  const given = single(await searchParams);
  const View = VIEWS[lenient(mapQuery, given).by];
  return <View given={given} />;
}
