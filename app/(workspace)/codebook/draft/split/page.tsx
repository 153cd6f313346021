import { z } from "zod";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { SplitForm } from "@/features/codebook/components/split-form";
import { previewDraft } from "@/features/codebook/queries/versions";
import { Autosave } from "@/features/drafts/components/autosave";
import { openDraft } from "@/features/drafts/queries";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { plural } from "@/lib/format";

export const metadata = { title: "Split an issue" };

const query = z.object({ id: z.uuid().optional() });

export default async function SplitPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await pageCaller("codebook:edit");
  const caller = await pageCaller("record:read");
  const given = single(await searchParams);
  const { id } = lenient(query, given);
  const preview = await previewDraft(caller);
  const issue = preview?.draft.issues.find((one) => one.id === id);
  const crumbs = [
    { label: "Codebook", href: "/codebook" },
    { label: "Draft", href: "/codebook/draft" },
  ];
  if (!preview || !issue || !preview.base?.issues.some((one) => one.id === issue.id)) {
    return (
      <Page width="form">
        <PageTitle title="Split an issue" crumbs={crumbs} />
        <div className="mt-6">
          <EmptyState
            title={preview ? "Only an issue that a published version has can be split." : "No draft is open."}
            action={<ButtonLink href="/codebook/draft">Go to the draft</ButtonLink>}
          />
        </div>
      </Page>
    );
  }
  const { draft, counts } = preview;
  const path = address("/codebook/draft/split", { id: issue.id });
  const kept = await openDraft(await pageCaller("draft:own"), `codebook.split:${issue.id}`, given);
  const codings = counts.get(issue.id) ?? 0;
  return (
    <Page width="form">
      <PageTitle
        title={`Split ${issue.title}`}
        crumbs={[...crumbs, { label: issue.title, href: address("/codebook/draft/issue", { id: issue.id }) }]}
        sub={
          codings > 0
            ? `Each part starts with its wording. ${plural(codings, "coding waits", "codings wait")} to be coded again once the draft is published.`
            : "Each part starts with its wording. Nothing is coded under it yet."
        }
      />
      <div className="mt-6">
        <Autosave {...kept.autosave} path={path} title={`Split of ${issue.title}`} version={draft.version}>
          <SplitForm issue={issue.id} version={draft.version} typed={kept.values} />
        </Autosave>
      </div>
    </Page>
  );
}
