import { z } from "zod";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ButtonLink } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/text-link";
import { RetireForm } from "@/features/codebook/components/draft-buttons";
import { WordingForm } from "@/features/codebook/components/wording-form";
import { previewDraft } from "@/features/codebook/queries/versions";
import { Autosave } from "@/features/drafts/components/autosave";
import { openDraft } from "@/features/drafts/queries";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { plural } from "@/lib/format";

export const metadata = { title: "Issue of the draft" };

const query = z.object({ id: z.uuid().optional() });

export default async function DraftIssuePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await pageCaller("codebook:edit");
  const caller = await pageCaller("record:read");
  const { id } = lenient(query, single(await searchParams));
  const preview = await previewDraft(caller);
  const issue = preview?.draft.issues.find((one) => one.id === id);
  const crumbs = [
    { label: "Codebook", href: "/codebook" },
    { label: "Draft", href: "/codebook/draft" },
  ];
  if (!preview || (id !== undefined && !issue)) {
    return (
      <Page width="form">
        <PageTitle title="Issue of the draft" crumbs={crumbs} />
        <div className="mt-6">
          <EmptyState
            title={preview ? "This issue is not in the draft any more." : "No draft is open."}
            action={<ButtonLink href="/codebook/draft">Go to the draft</ButtonLink>}
          />
        </div>
      </Page>
    );
  }
  const { draft, base } = preview;
  const form = issue ? `codebook.issue:${issue.id}` : "codebook.issue.new";
  const kept = await openDraft(await pageCaller("draft:own"), form, single(await searchParams));
  const published = issue && base?.issues.some((one) => one.id === issue.id);
  const codings = issue ? (preview.counts.get(issue.id) ?? 0) : 0;
  return (
    <Page width="form">
      <PageTitle
        title={issue ? issue.title : "Add an issue"}
        crumbs={crumbs}
        sub={issue && `${plural(codings, "coding", "codings")} on record. Another wording leaves them as they are.`}
      />
      <div className="mt-6">
        <Autosave
          {...kept.autosave}
          path={issue ? `/codebook/draft/issue?id=${issue.id}` : "/codebook/draft/issue"}
          title={issue ? `Issue of the codebook: ${issue.title}` : "New issue of the codebook"}
          version={draft.version}
        >
          <WordingForm {...(issue ? { issue } : {})} version={draft.version} typed={kept.values} />
        </Autosave>
      </div>
      {issue && (
        <div className="mt-8 grid gap-4 border-t border-line pt-5">
          {published && (
            <p>
              <TextLink href={address("/codebook/draft/split", { id: issue.id })}>
                Split it into several issues
              </TextLink>
            </p>
          )}
          <Disclosure summary="Leave it out of the next version">
            <p className="mb-3 text-ink-2">
              Its codings stay on record under the versions that have it. It can be put back until the draft is
              published.
            </p>
            <RetireForm issue={issue.id} title={issue.title} version={draft.version} />
          </Disclosure>
        </div>
      )}
    </Page>
  );
}
