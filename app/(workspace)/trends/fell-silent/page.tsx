import { z } from "zod";
import { notFound } from "next/navigation";
import { TurnoutPage } from "@/features/figures/components/turnout-page";
import { FellSilentTable } from "@/features/figures/components/turnout-tables";
import { getTurnout } from "@/features/figures/queries/over-time";
import { SILENT_MEANING } from "@/features/figures/schema";
import { lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { snapshot } from "@/lib/db";
import { formatList } from "@/lib/format";
import { line } from "@/lib/input";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "Fell silent" };

const query = z.object({ dialogue: line(120).optional() });

export default async function FellSilentPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const caller = await pageCaller("record:read");
  const { dialogue } = lenient(query, single(await searchParams));
  if (dialogue === undefined) notFound();
  const { point, before, fellSilent } = await orNotFound(snapshot(caller, (tx) => getTurnout(tx, dialogue)));
  return (
    <TurnoutPage
      title="Fell silent"
      point={point}
      meaning={`Member states that ${SILENT_MEANING}: ${formatList(before.map(({ title }) => title))}.`}
      rows={fellSilent?.length ?? null}
      tooEarly="Too few dialogues are on record before this one."
      caution="Those listed may have spoken here all the same."
    >
      <FellSilentTable rows={fellSilent ?? []} />
    </TurnoutPage>
  );
}
