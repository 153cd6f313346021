import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { MergeForm } from "@/features/codebook/components/merge-form";
import { previewDraft } from "@/features/codebook/queries/versions";
import { Autosave } from "@/features/drafts/components/autosave";
import { openDraft } from "@/features/drafts/queries";
import { single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";

export const metadata = { title: "Merge issues" };

export default async function MergePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await pageCaller("codebook:edit");
  const caller = await pageCaller("record:read");
  const preview = await previewDraft(caller);
  const kept = await openDraft(await pageCaller("draft:own"), "codebook.merge", single(await searchParams));
  const known = new Set(preview?.base?.issues.map(({ id }) => id));
  const crumbs = [
    { label: "Codebook", href: "/codebook" },
    { label: "Draft", href: "/codebook/draft" },
  ];
  return (
    <Page width="form">
      <PageTitle
        title="Merge issues"
        crumbs={crumbs}
        sub="A new issue takes their place. What was coded under each of them stays as it was and is read under the new one."
      />
      <div className="mt-6">
        {preview ? (
          <Autosave
            {...kept.autosave}
            path="/codebook/draft/merge"
            title="Merge of issues of the codebook"
            version={preview.draft.version}
          >
            <MergeForm
              issues={preview.draft.issues.filter(({ id }) => known.has(id))}
              version={preview.draft.version}
              typed={kept.values}
            />
          </Autosave>
        ) : (
          <EmptyState
            title="No draft is open."
            action={<ButtonLink href="/codebook/draft">Go to the draft</ButtonLink>}
          />
        )}
      </div>
    </Page>
  );
}
