import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ReportForm } from "@/features/dialogues/components/report-form";
import { getReport } from "@/features/dialogues/queries";
import { Autosave } from "@/features/drafts/components/autosave";
import { openDraft } from "@/features/drafts/queries";
import { single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "Edit report" };

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<SearchParams> };

export default async function EditReportPage({ params, searchParams }: Props) {
  await pageCaller("dialogue:edit");
  const caller = await pageCaller("record:read");
  const report = await orNotFound(getReport(caller, (await params).slug));
  const kept = await openDraft(await pageCaller("draft:own"), `report.revise:${report.id}`, single(await searchParams));
  const crumbs = [
    { label: "Reports", href: "/reports" },
    { label: report.title, href: `/reports/${report.slug}` },
  ];
  return (
    <Page width="form">
      <PageTitle title="Edit report" crumbs={crumbs} />
      <div className="mt-6">
        <Autosave
          {...kept.autosave}
          path={`/reports/${report.slug}/edit`}
          title={`Changes to ${report.title}`}
          version={report.version}
        >
          <ReportForm report={report} draft={kept.values} />
        </Autosave>
      </div>
    </Page>
  );
}
