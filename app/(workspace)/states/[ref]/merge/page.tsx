import { MergeView } from "@/features/actors/components/merge-view";
import { readMergePage } from "@/features/actors/queries/merge";
import { single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "Merge two actors" };

type Props = { params: Promise<{ ref: string }>; searchParams: Promise<SearchParams> };

export default async function MergePage({ params, searchParams }: Props) {
  await pageCaller("actor:edit");
  const caller = await pageCaller("record:read");
  const { q } = single(await searchParams);
  const page = await orNotFound(readMergePage(caller, (await params).ref, q));
  return <MergeView {...page} list={{ label: "States and other actors", href: "/states" }} />;
}
