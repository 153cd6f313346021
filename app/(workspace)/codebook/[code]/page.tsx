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
import { getIssue, listWordings, type IssueOfVersion } from "@/features/codebook/queries/issues";
import { askedVersion } from "@/features/codebook/queries/reading";
import { codebookParam } from "@/features/codebook/schema";
import { WatchButton } from "@/features/audit/components/watch-button";
import { isWatched } from "@/features/audit/queries/watches";
import { AsOfMenu } from "@/features/positions/components/as-of-menu";
import { Compendium } from "@/features/positions/components/compendium";
import { CompositionFigure } from "@/features/positions/components/composition-figure";
import { IssueHeadline, IssueStandsFigures } from "@/features/positions/components/issue-stands";
import { listQuotationsOn } from "@/features/positions/queries/compendium";
import { listComposition } from "@/features/positions/queries/composition";
import { getIssueStands } from "@/features/positions/queries/issue-stands";
import { compendiumQuery } from "@/features/positions/schema";
import { today } from "@/features/actors/queries/actor";
import { listDialogues } from "@/features/dialogues/queries";
import { Toolbar } from "@/components/ui/toolbar";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { snapshot, type Tx } from "@/lib/db";
import { formatList, isDay, plural } from "@/lib/format";
import { line, whole } from "@/lib/input";
import { orNotFound } from "@/lib/pages";

const ON_A_PAGE = 50;

const QUOTES_ON_A_PAGE = 20;

const query = z.object({
  codebook: codebookParam,
  asOf: line(120).optional(),
  page: whole(1, 10_000).default(1),
  /** Filters and page of the quotations. */
  value: compendiumQuery.shape.value,
  dialogue: compendiumQuery.shape.dialogue,
  quotes: whole(1, 10_000).default(1),
});
type Query = z.output<typeof query>;

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
  const { shown, current, wordings, originals, codings, dialogues, asked, said } = await snapshot(caller, (tx) =>
    readPage(tx, issue, at),
  );
  const path = `/codebook/${issue.code}`;
  const standing = { issue, asked: { asOf: asked.asOf, codebook: at.codebook } };
  const params = { codebook: at.codebook, asOf: asked.asOf, value: asked.value, dialogue: asked.dialogue };
  const to = (change: Record<string, string | number | undefined>): string => address(path, { ...params, ...change });

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

      {said && (
        <>
          <IssueHeadline {...standing} {...said} />
          <Toolbar>
            <AsOfMenu asOf={asked.asOf} dialogues={dialogues} hrefFor={(asOf) => to({ asOf })} />
          </Toolbar>
          <IssueStandsFigures {...standing} {...said} />
          <CompositionFigure issue={issue} codebook={at.codebook} rows={said.composition} day={said.day} />
          <Compendium
            code={issue.code}
            {...said.quotations}
            query={{ codebook: at.codebook, value: asked.value, dialogue: asked.dialogue }}
            page={at.quotes}
            size={QUOTES_ON_A_PAGE}
            dialogues={dialogues}
            hrefFor={to}
          />
        </>
      )}

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
        hrefFor={(page) => `${to({ page })}#codings`}
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

/** Everything that the page shows, of one moment. Where no position can be taken, nothing was said either. */
async function readPage(tx: Tx, issue: IssueOfVersion, at: Query) {
  const { dialogues } = await listDialogues(tx, {}, { limit: 200 });
  const isHeld = (ref: string | undefined) => dialogues.some(({ slug }) => slug === ref);
  const asked = {
    codebook: at.codebook,
    // What the record does not have is left out of an address.
    asOf: at.asOf !== undefined && (isDay(at.asOf) || isHeld(at.asOf)) ? at.asOf : undefined,
    value: at.value,
    dialogue: isHeld(at.dialogue) ? at.dialogue : undefined,
  };
  const originals = await readUnder(tx, issue.id, issue.codebook);
  const ids = [issue.id, ...originals.map(({ id }) => id)];
  const { codebook, value, dialogue } = asked;
  const quotes = { page: at.quotes, size: QUOTES_ON_A_PAGE };
  return {
    dialogues,
    asked,
    originals,
    shown: await getCodebook(tx, issue.codebook),
    current: await findCurrentVersion(tx),
    wordings: await listWordings(tx, issue.id),
    codings: await listCodings(tx, ids, { page: at.page, size: ON_A_PAGE }),
    said:
      issue.scale.length === 0
        ? null
        : {
            day: await today(tx),
            stands: await getIssueStands(tx, { code: issue.code, asOf: asked.asOf, codebook }),
            composition: await listComposition(tx, issue.id, codebook),
            quotations: await listQuotationsOn(tx, issue.id, { codebook, value, dialogue }, quotes),
          },
  };
}
