import { z } from "zod";
import { notFound } from "next/navigation";
import { TurnoutPage } from "@/features/figures/components/turnout-page";
import { FirstTimeTable } from "@/features/figures/components/turnout-tables";
import { getTurnout } from "@/features/figures/queries/over-time";
import { lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { snapshot } from "@/lib/db";
import { line } from "@/lib/input";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "First-time speakers" };

const query = z.object({ dialogue: line(120).optional() });

export default async function FirstTimePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const caller = await pageCaller("record:read");
  const { dialogue } = lenient(query, single(await searchParams));
  if (dialogue === undefined) notFound();
  const { point, firstTime } = await orNotFound(snapshot(caller, (tx) => getTurnout(tx, dialogue)));
  return (
    <TurnoutPage
      title="First-time speakers"
      point={point}
      meaning="Member states that spoke here in their own capacity and at no earlier dialogue on record."
      rows={firstTime?.length ?? null}
      tooEarly="This is the first dialogue on record: nothing is before it."
      caution="Some may have spoken at an earlier dialogue without being on record there, and others may be missing here."
    >
      <FirstTimeTable dialogue={point.slug} rows={firstTime ?? []} />
    </TurnoutPage>
  );
}
