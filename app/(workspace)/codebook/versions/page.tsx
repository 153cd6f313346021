import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/text-link";
import { Crosswalk } from "@/features/codebook/components/crosswalk";
import { OpenDraftForm } from "@/features/codebook/components/draft-buttons";
import { findDraftNumber, listVersions } from "@/features/codebook/queries/versions";
import { address } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { holds } from "@/lib/auth/permissions";
import { dayOf, formatDay, plural } from "@/lib/format";

export const metadata = { title: "Versions of the codebook" };

export default async function VersionsPage() {
  const caller = await pageCaller("record:read");
  const [versions, draft] = await Promise.all([listVersions(caller), findDraftNumber(caller)]);
  const mayEdit = holds(caller.role, "codebook:edit");
  return (
    <Page>
      <PageTitle
        title="Versions of the codebook"
        crumbs={[{ label: "Codebook", href: "/codebook" }]}
        sub="A published version never changes, and every coding names the version under which it was made."
        actions={
          mayEdit &&
          (draft === null ? <OpenDraftForm /> : <ButtonLink href="/codebook/draft">Draft {draft}</ButtonLink>)
        }
      />
      {versions.length === 0 && (
        <div className="mt-6">
          <EmptyState title="No version is published yet." />
        </div>
      )}
      {versions.map(({ number, note, publishedAt, publishedBy, issueCount, steps }) => (
        <section key={number} aria-labelledby={`version-${number}`} className="mt-8">
          <h2 id={`version-${number}`}>
            <TextLink plain href={address("/codebook", { codebook: number })}>
              Version {number}
            </TextLink>
          </h2>
          <p className="text-ink-2">
            {publishedAt && `Published ${formatDay(dayOf(publishedAt))}${publishedBy ? ` by ${publishedBy}` : ""} · `}
            {plural(issueCount, "issue", "issues")}
          </p>
          {note && <p className="mt-1 mb-3 max-w-read font-text">{note}</p>}
          {number > 1 &&
            (steps.length > 0 ? (
              <Crosswalk label={`From version ${number - 1} to version ${number}`} steps={steps} number={number} />
            ) : (
              <p className="text-ink-2">It lists the same issues in another order.</p>
            ))}
        </section>
      ))}
    </Page>
  );
}
