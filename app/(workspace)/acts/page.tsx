import { z } from "zod";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { EmptyState } from "@/components/ui/empty-state";
import { NumberedPages } from "@/components/ui/numbered-pages";
import { BatchesTable } from "@/features/batches/components/batches-table";
import { listBatches } from "@/features/batches/queries";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { holds } from "@/lib/auth/permissions";
import { whole } from "@/lib/input";

export const metadata = { title: "Recent acts" };

const SIZE = 50;
const query = z.object({ page: whole(1, 100_000).default(1) });

export default async function ActsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const caller = await pageCaller("import:run");
  const { page } = lenient(query, single(await searchParams));
  const { batches, total } = await listBatches(caller, { page, size: SIZE });
  const whose = holds(caller.role, "audit:read") ? "" : " Here are your own.";
  return (
    <Page>
      <PageTitle
        title="Recent acts"
        sub={`Imports, pasted lists, bulk edits and merges: each can be undone while nothing that it changed was changed again.${whose}`}
      />
      <div className="mt-5">
        {batches.length > 0 ? (
          <BatchesTable batches={batches} />
        ) : (
          <EmptyState title="No act has changed several records at once yet." />
        )}
        <NumberedPages
          label="Pages of acts"
          page={page}
          size={SIZE}
          total={total}
          hrefFor={(other) => address("/acts", { page: other })}
        />
      </div>
    </Page>
  );
}
