import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ReportForm } from "@/features/dialogues/components/report-form";
import { pageCaller } from "@/lib/auth/identity";

export const metadata = { title: "Add a report" };

export default async function NewReportPage() {
  await pageCaller("dialogue:edit");
  return (
    <Page width="form">
      <PageTitle title="Add a report" crumbs={[{ label: "Reports", href: "/reports" }]} />
      <div className="mt-6">
        <ReportForm />
      </div>
    </Page>
  );
}
