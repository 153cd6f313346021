import { z } from "zod";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ButtonLink } from "@/components/ui/button";
import { NumberedPages } from "@/components/ui/numbered-pages";
import { listDialogueChoices } from "@/features/dialogues/queries";
import { ImportsTable } from "@/features/imports/components/imports-table";
import { SendForm } from "@/features/imports/components/send-form";
import { listImports } from "@/features/imports/queries/imports";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { grant } from "@/lib/auth/caller";
import { pageCaller } from "@/lib/auth/identity";
import { whole } from "@/lib/input";

export const metadata = { title: "Import" };

const SIZE = 25;
const query = z.object({
  page: whole(1, 100_000).default(1),
  dialogue: z.string().max(120).optional(),
  refused: z.string().max(40).optional(),
});

export default async function ImportPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const caller = await pageCaller("import:run");
  const { page, dialogue, refused } = lenient(query, single(await searchParams));
  const { imports, total } = await listImports(caller, { page, size: SIZE });
  const dialogues = await listDialogueChoices(grant(caller, "record:read"));
  return (
    <Page>
      <PageTitle
        title="Import a file"
        sub="Send a table; look at what would become of it; take all of it or nothing. What was imported can be undone."
        actions={<ButtonLink href="/acts">Recent acts</ButtonLink>}
      />
      <div className="mt-6">
        <SendForm dialogues={dialogues} dialogue={dialogue} refused={refused} />
      </div>
      {total > 0 && (
        <section className="mt-10">
          <h2 className="mb-3">Files that were sent</h2>
          <ImportsTable imports={imports} />
          <NumberedPages
            label="Pages of imports"
            page={page}
            size={SIZE}
            total={total}
            hrefFor={(other) => address("/import", { page: other })}
          />
        </section>
      )}
    </Page>
  );
}
