import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ReportForm } from "@/features/dialogues/components/report-form";
import { getReport } from "@/features/dialogues/queries";
import { pageCaller } from "@/lib/auth/identity";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "Edit report" };

export default async function EditReportPage({ params }: { params: Promise<{ slug: string }> }) {
  await pageCaller("dialogue:edit");
  const caller = await pageCaller("record:read");
  const report = await orNotFound(getReport(caller, (await params).slug));
  const crumbs = [
    { label: "Reports", href: "/reports" },
    { label: report.title, href: `/reports/${report.slug}` },
  ];
  return (
    <Page width="form">
      <PageTitle title="Edit report" crumbs={crumbs} />
      <div className="mt-6">
        <ReportForm report={report} />
      </div>
    </Page>
  );
}
