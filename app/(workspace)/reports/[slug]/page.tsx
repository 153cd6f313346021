import type { Metadata } from "next";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Facts } from "@/components/ui/facts";
import { History } from "@/features/audit/components/history";
import { listHistory } from "@/features/audit/queries";
import { DialoguesTable } from "@/features/dialogues/components/dialogues-table";
import { getReport, listDialogues } from "@/features/dialogues/queries";
import { listTallies } from "@/features/figures/queries/tallies";
import { pageCaller } from "@/lib/auth/identity";
import { holds } from "@/lib/auth/permissions";
import { formatDay } from "@/lib/format";
import { orNotFound } from "@/lib/pages";

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
    listDialogues(caller, { reportId: report.id }, { limit: 100 }),
    listHistory(caller, { subjectId: report.id }, { limit: 20 }),
  ]);
  const tallies = await listTallies(caller, dialogues);
  const { slug, title, symbol, publishedOn, summary, sourceUrl } = report;
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
      <h2 className="mt-8 mb-3">Dialogues that considered it</h2>
      {dialogues.length > 0 ? (
        <DialoguesTable dialogues={dialogues} tallies={tallies} showReport={false} />
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

function SourceLink({ href }: { href: string }) {
  return (
    <a className="link break-all" href={href} rel="noreferrer">
      {href}
    </a>
  );
}
