import type { Metadata } from "next";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Facts } from "@/components/ui/facts";
import { History } from "@/features/audit/components/history";
import { listHistory } from "@/features/audit/queries";
import { ReportRequests } from "@/features/dialogues/components/report-requests";
import { getReport, listDialogues } from "@/features/dialogues/queries";
import { ClaimsTable } from "@/features/figures/components/claims-table";
import { Claims } from "@/features/figures/components/counting-bar";
import { HeadlineSentence } from "@/features/figures/components/headline-sentence";
import { chipsOf, compareClaims } from "@/features/figures/queries/claims";
import { figuresOf, soleRegionalOrganization } from "@/features/figures/queries/counted";
import { loadDialogueRecords, type DialogueRecord } from "@/features/figures/queries/record";
import { Disclosure } from "@/components/ui/disclosure";
import { TextLink } from "@/components/ui/text-link";
import { snapshot } from "@/lib/db";
import { pageCaller } from "@/lib/auth/identity";
import { holds } from "@/lib/auth/permissions";
import { formatDay, formatDayRange } from "@/lib/format";
import { orNotFound } from "@/lib/pages";

/** A report is considered by one dialogue, seldom by two or three. */
const MOST_DIALOGUES = 20;

type Props = { params: Promise<{ slug: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const caller = await pageCaller("record:read");
  const { title } = await orNotFound(getReport(caller, (await params).slug));
  return { title };
}

export default async function ReportPage({ params }: Props) {
  const caller = await pageCaller("record:read");
  const report = await orNotFound(getReport(caller, (await params).slug));
  const [{ dialogues }, history] = await Promise.all([
    listDialogues(caller, { reportId: report.id }, { limit: MOST_DIALOGUES }),
    listHistory(caller, { subjectId: report.id }, { limit: 20 }),
  ]);
  const records = await snapshot(caller, (tx) => loadDialogueRecords(tx, dialogues));
  const { slug, title, symbol, publishedOn, summary, sourceUrl, requests } = report;
  const mayEdit = holds(caller.role, "dialogue:edit");

  return (
    <Page>
      <PageTitle
        title={title}
        crumbs={[{ label: "Reports", href: "/reports" }]}
        sub={symbol ?? "No document symbol is recorded."}
        actions={mayEdit && <ButtonLink href={`/reports/${slug}/edit`}>Edit report</ButtonLink>}
      />
      <div className="mt-5">
        <Facts
          facts={[
            { term: "Published", value: publishedOn ? formatDay(publishedOn) : "not known" },
            { term: "Source", value: sourceUrl && <SourceLink href={sourceUrl} /> },
          ]}
        />
      </div>
      {summary && <div className="mt-5 max-w-read font-text text-read whitespace-pre-line">{summary}</div>}
      <h2 className="mt-8 mb-2">What it asks</h2>
      {requests.length > 0 ? (
        <ReportRequests requests={requests} />
      ) : (
        <p className="text-ink-2">
          Nobody has noted yet what this report asks.{" "}
          {mayEdit && <TextLink href={`/reports/${slug}/edit#field-requests`}>Note it</TextLink>}
        </p>
      )}
      <h2 className="mt-8">Dialogues that considered it</h2>
      {records.length > 0 ? (
        records.map((record) => <ConsideredAt key={record.dialogue.id} record={record} />)
      ) : (
        <EmptyState title="No dialogue on record considered this report.">
          A dialogue names its report in its own form.
        </EmptyState>
      )}
      <h2 id="history" className="mt-8 mb-3">
        History
      </h2>
      <div className="max-w-read">
        {history.length > 0 ? (
          <History entries={history} />
        ) : (
          <p className="text-ink-2">Nothing has happened to it yet.</p>
        )}
      </div>
    </Page>
  );
}

const HOW = { rule: "own_and_groups", aligned: "exclude" } as const;

/** A dialogue that considered the report: what it amounts to, and what was published about it. */
function ConsideredAt({ record }: { record: DialogueRecord }) {
  const { dialogue } = record;
  const claims = compareClaims(record);
  return (
    <section aria-labelledby={`considered-${dialogue.slug}`} className="mt-4">
      <h3 id={`considered-${dialogue.slug}`}>
        <TextLink plain href={`/dialogues/${dialogue.slug}`}>
          {dialogue.title}
        </TextLink>
      </h3>
      <p className="text-sm text-ink-2">{formatDayRange(dialogue.startsOn, dialogue.endsOn)}</p>
      <HeadlineSentence
        id={`headline-${dialogue.slug}`}
        slug={dialogue.slug}
        figures={figuresOf(record, HOW)}
        how={HOW}
        regionalOrganization={soleRegionalOrganization(record, {})}
      />
      <div className="flex flex-wrap items-center gap-3 text-sm">
        <Claims slug={dialogue.slug} claims={chipsOf(record, HOW)} />
      </div>
      {claims.length > 0 && (
        <Disclosure summary="Published figures beside what the record gives" className="mt-3">
          <ClaimsTable claims={claims} />
        </Disclosure>
      )}
    </section>
  );
}

function SourceLink({ href }: { href: string }) {
  return (
    <a className="link break-all" href={href} rel="noreferrer">
      {href}
    </a>
  );
}
