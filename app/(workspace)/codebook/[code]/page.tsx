import type { Metadata } from "next";
import { z } from "zod";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { NumberedPages } from "@/components/ui/numbered-pages";
import { TextLink } from "@/components/ui/text-link";
import { CodingsTable } from "@/features/codebook/components/codings-table";
import { IssueText } from "@/features/codebook/components/issue-text";
import { VersionLine } from "@/features/codebook/components/version-line";
import { findCurrentVersion, getCodebook } from "@/features/codebook/queries/codebook";
import { listCodings, readUnder } from "@/features/codebook/queries/codings";
import { getIssue, listWordings } from "@/features/codebook/queries/issues";
import { askedVersion } from "@/features/codebook/queries/reading";
import { codebookParam } from "@/features/codebook/schema";
import { WatchButton } from "@/features/audit/components/watch-button";
import { isWatched } from "@/features/audit/queries/watches";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { formatList, plural } from "@/lib/format";
import { whole } from "@/lib/input";
import { orNotFound } from "@/lib/pages";

const ON_A_PAGE = 50;

const query = z.object({
  codebook: codebookParam,
  page: whole(1, 10_000).default(1),
});

type Props = { params: Promise<{ code: string }>; searchParams: Promise<SearchParams> };

async function read({ params, searchParams }: Props) {
  const caller = await pageCaller("record:read");
  const { code } = await params;
  const asked = lenient(query, single(await searchParams));
  const at = { ...asked, codebook: await askedVersion(caller, asked.codebook) };
  return { caller, at, issue: await orNotFound(getIssue(caller, code, at.codebook)) };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await read(props)).issue.title };
}

export default async function IssuePage(props: Props) {
  await pageCaller("record:read");
  const { caller, at, issue } = await read(props);
  const [shown, current, wordings, originals] = await Promise.all([
    getCodebook(caller, issue.codebook),
    findCurrentVersion(caller),
    listWordings(caller, issue.id),
    readUnder(caller, issue.id, issue.codebook),
  ]);
  const codings = await listCodings(caller, [issue.id, ...originals.map(({ id }) => id)], {
    page: at.page,
    size: ON_A_PAGE,
  });
  const path = `/codebook/${issue.code}`;

  return (
    <Page>
      <PageTitle
        title={issue.title}
        crumbs={[{ label: "Codebook", href: address("/codebook", { codebook: at.codebook }) }]}
        sub={
          <>
            <code>{issue.code}</code> · <VersionLine shown={shown} current={current?.number ?? null} />
          </>
        }
        actions={
          <WatchButton
            watched={await isWatched(await pageCaller("watch:own"), "issue", issue.id)}
            kind="issue"
            subject={issue.id}
            name={issue.title}
            path={path}
          />
        }
      />
      <div className="mt-5">
        <IssueText issue={issue} />
      </div>

      <h2 id="codings" className="mt-9 mb-1">
        {codings.total > 0 ? plural(codings.total, "coding", "codings") : "Codings"}
      </h2>
      {originals.length > 0 && (
        <p className="mb-3 max-w-read text-ink-2">
          Those of {formatList(originals.map(({ title }) => title))}, which were merged into it, are among them; they
          keep what they were coded as.
        </p>
      )}
      {codings.total > 0 ? (
        <CodingsTable label="Codings" codings={codings.rows} version={at.codebook} />
      ) : (
        <p className="text-ink-2">Nothing is coded under this issue yet.</p>
      )}
      <NumberedPages
        label="Pages of codings"
        page={at.page}
        size={ON_A_PAGE}
        total={codings.total}
        hrefFor={(page) => `${address(path, { page, codebook: at.codebook })}#codings`}
      />

      <h2 className="mt-9 mb-3">Versions</h2>
      <ul className="grid gap-1">
        {wordings.map(({ number, code, title }) => (
          <li key={number}>
            {number === issue.codebook ? (
              <>Version {number}, shown here</>
            ) : (
              <TextLink href={address(`/codebook/${code}`, { codebook: number })}>Version {number}</TextLink>
            )}
            {title !== issue.title && <span className="text-ink-2">: {title}</span>}
          </li>
        ))}
      </ul>
    </Page>
  );
}
