import { z } from "zod";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { EmptyState } from "@/components/ui/empty-state";
import { NumberedPages } from "@/components/ui/numbered-pages";
import { CodingsTable } from "@/features/codebook/components/codings-table";
import { UnderVersion } from "@/features/codebook/components/under-version";
import { listRecodeQueue } from "@/features/codebook/queries/codings";
import { askedVersion } from "@/features/codebook/queries/reading";
import { codebookParam } from "@/features/codebook/schema";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { whole } from "@/lib/input";

export const metadata = { title: "Codings to do again" };

const ON_A_PAGE = 50;
const query = z.object({ page: whole(1, 10_000).default(1), codebook: codebookParam });

export default async function RecodePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const caller = await pageCaller("record:read");
  const { page, codebook: asked } = lenient(query, single(await searchParams));
  const codebook = await askedVersion(caller, asked);
  const { rows, total } = await listRecodeQueue(caller, { page, size: ON_A_PAGE }, codebook);
  return (
    <Page>
      <PageTitle
        title="Codings to do again"
        crumbs={[{ label: "Codebook", href: address("/codebook", { codebook }) }]}
        sub="Their issue was split after they were made. Each stays as it is until it is coded under one of the new issues."
      />
      <UnderVersion version={codebook} href="/codebook/recode" />
      <div className="mt-5">
        {rows.length > 0 ? (
          <CodingsTable label="Codings to do again" codings={rows} version={codebook} />
        ) : (
          <EmptyState title="Nothing waits to be coded again." />
        )}
      </div>
      <NumberedPages
        label="Pages of codings"
        page={page}
        size={ON_A_PAGE}
        total={total}
        hrefFor={(page) => address("/codebook/recode", { page, codebook })}
      />
    </Page>
  );
}
