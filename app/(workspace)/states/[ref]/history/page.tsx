import { z } from "zod";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { getActor } from "@/features/actors/queries/actor";
import { actorPath } from "@/features/actors/schema";
import { History } from "@/features/audit/components/history";
import { listHistory } from "@/features/audit/queries";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "History" };

const ON_A_PAGE = 50;

const query = z.object({
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
});

type Props = { params: Promise<{ ref: string }>; searchParams: Promise<SearchParams> };

export default async function ActorHistoryPage({ params, searchParams }: Props) {
  const caller = await pageCaller("record:read");
  const actor = await orNotFound(getActor(caller, (await params).ref));
  const { before } = lenient(query, single(await searchParams));
  const found = await listHistory(
    caller,
    { subjectId: actor.id },
    { limit: ON_A_PAGE + 1, ...(before ? { before } : {}) },
  );
  const entries = found.slice(0, ON_A_PAGE);
  const path = actorPath(actor);
  const last = entries.at(-1);
  return (
    <Page>
      <PageTitle
        title="History"
        crumbs={[{ label: actor.name, href: path }]}
        sub="Changes to names, codes and notes."
      />
      <div className="mt-4 max-w-read">
        {entries.length > 0 ? (
          <History entries={entries} />
        ) : (
          <EmptyState title={before ? "There is nothing older." : "Nothing was changed since it was loaded."} />
        )}
        <Pagination
          label="Pages of the history"
          previousHref={before && `${path}/history`}
          nextHref={found.length > ON_A_PAGE && last ? address(`${path}/history`, { before: last.id }) : undefined}
        />
      </div>
    </Page>
  );
}
