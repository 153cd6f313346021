import { z } from "zod";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { NumberedPages } from "@/components/ui/numbered-pages";
import { RestoreViewForm } from "@/features/views/components/view-forms";
import { ViewsTable } from "@/features/views/components/views-table";
import { findRemovedView, listViews } from "@/features/views/queries";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { env } from "@/lib/env";
import { whole } from "@/lib/input";

export const metadata = { title: "Saved views" };

const PATH = "/views";
const SIZE = 50;
/** As many as anybody keeps. */
const MOST = 500;
const query = z.object({ page: whole(1, 100_000).default(1), removed: z.uuid().optional() });

export default async function ViewsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const caller = await pageCaller("view:own");
  const { page, removed } = lenient(query, single(await searchParams));
  const [mine, others, gone] = await Promise.all([
    listViews(caller, "mine", { limit: MOST }),
    listViews(caller, "others", { limit: SIZE, skip: (page - 1) * SIZE }),
    removed === undefined ? null : findRemovedView(caller, removed),
  ]);
  const origin = env().APP_URL;
  return (
    <Page>
      <PageTitle
        title="Saved views"
        sub="Pages with their filters, order and day, kept under a name. A view shows what is on record when it is opened."
      />
      {gone && (
        <Notice tone="ok" className="mt-4">
          <div className="flex flex-wrap items-center gap-3">
            <output>“{gone.name}” is deleted.</output>
            <RestoreViewForm view={gone} />
          </div>
        </Notice>
      )}
      <section className="mt-6" id="mine">
        <h2 className="mb-3">Yours</h2>
        {mine.views.length > 0 ? (
          <ViewsTable label="Your views" views={mine.views} origin={origin} />
        ) : (
          <EmptyState title="You keep no view yet.">
            Choose filters on the page of positions, states, a dialogue or a search, then press “Save this view”.
          </EmptyState>
        )}
      </section>
      <section className="mt-10" id="others">
        <h2 className="mb-3">Shared by others</h2>
        {others.total > 0 ? (
          <ViewsTable label="Views that others share" views={others.views} origin={origin} />
        ) : (
          <p className="text-ink-2">Nobody else shares a view.</p>
        )}
        <NumberedPages
          label="Pages of shared views"
          page={page}
          size={SIZE}
          total={others.total}
          hrefFor={(number) => address(PATH, { page: number })}
        />
      </section>
    </Page>
  );
}
