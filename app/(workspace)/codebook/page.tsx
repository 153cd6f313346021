import { z } from "zod";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ButtonLink } from "@/components/ui/button";
import { CountLink } from "@/components/ui/count-link";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/text-link";
import { OpenDraftForm } from "@/features/codebook/components/draft-buttons";
import { IssueText } from "@/features/codebook/components/issue-text";
import { VersionLine } from "@/features/codebook/components/version-line";
import { findCurrentVersion, loadCodebook } from "@/features/codebook/queries/codebook";
import { countCodingsIn, listRecodeQueue } from "@/features/codebook/queries/codings";
import { askedVersion } from "@/features/codebook/queries/reading";
import { findDraftNumber } from "@/features/codebook/queries/versions";
import { codebookParam } from "@/features/codebook/schema";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { holds } from "@/lib/auth/permissions";
import { plural } from "@/lib/format";

export const metadata = { title: "Codebook" };

const query = z.object({ codebook: codebookParam });

export default async function CodebookPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const caller = await pageCaller("record:read");
  const shown = await askedVersion(caller, lenient(query, single(await searchParams)).codebook);
  const codebook = await loadCodebook(caller, shown);
  const [current, draft, queue] = await Promise.all([
    findCurrentVersion(caller),
    findDraftNumber(caller),
    listRecodeQueue(caller, { page: 1, size: 1 }, shown),
  ]);
  const mayEdit = holds(caller.role, "codebook:edit");
  const counts = codebook ? await countCodingsIn(caller, codebook) : new Map<string, number>();

  return (
    <Page>
      <PageTitle
        title="Codebook"
        sub={codebook ? <VersionLine shown={codebook} current={current?.number ?? null} /> : "No version is published."}
        actions={
          <>
            <ButtonLink href="/codebook/versions">Versions</ButtonLink>
            {mayEdit &&
              (draft === null ? <OpenDraftForm /> : <ButtonLink href="/codebook/draft">Draft {draft}</ButtonLink>)}
          </>
        }
      />
      {codebook?.note && <p className="mt-1 max-w-read text-ink-2">{codebook.note}</p>}
      {queue.total > 0 && (
        <p className="no-print mt-3">
          <CountLink href={address("/codebook/recode", { codebook: shown })} count={queue.total}>
            {plural(queue.total, "coding", "codings")}
          </CountLink>{" "}
          of split issues {queue.total === 1 ? "waits" : "wait"} to be coded again.
        </p>
      )}
      {!codebook || codebook.issues.length === 0 ? (
        <div className="mt-6">
          <EmptyState title="There is no issue yet.">
            A reviewer drafts the first version; when it is published, its issues can be coded.
          </EmptyState>
        </div>
      ) : (
        <>
          <nav aria-label="Issues" className="no-print mt-6">
            <ol className="columns-1 gap-8 sm:columns-2 lg:columns-3">
              {codebook.issues.map(({ code, title }) => (
                <li key={code} className="py-0.5">
                  <a className="link" href={`#${code}`}>
                    {title}
                  </a>
                </li>
              ))}
            </ol>
          </nav>
          <div className="mt-8 divide-y divide-line border-t border-line">
            {codebook.issues.map((issue) => {
              const codings = counts.get(issue.id) ?? 0;
              const path = address(`/codebook/${issue.code}`, { codebook: shown });
              return (
                <section key={issue.id} id={issue.code} aria-labelledby={`title-${issue.code}`} className="py-6">
                  <h2 id={`title-${issue.code}`}>
                    <TextLink plain href={path}>
                      {issue.title}
                    </TextLink>
                  </h2>
                  <p className="mb-2 text-sm text-ink-3">
                    <code>{issue.code}</code>
                    {" · "}
                    {codings > 0 ? (
                      <CountLink href={`${path}#codings`} count={codings}>
                        {plural(codings, "coding", "codings")}
                      </CountLink>
                    ) : (
                      "not coded yet"
                    )}
                  </p>
                  <IssueText issue={issue} />
                </section>
              );
            })}
          </div>
        </>
      )}
    </Page>
  );
}
