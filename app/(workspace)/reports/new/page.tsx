import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ReportForm } from "@/features/dialogues/components/report-form";
import { Autosave } from "@/features/drafts/components/autosave";
import { openDraft } from "@/features/drafts/queries";
import { single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";

export const metadata = { title: "Add a report" };

export default async function NewReportPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await pageCaller("dialogue:edit");
  const kept = await openDraft(await pageCaller("draft:own"), "report.new", single(await searchParams));
  return (
    <Page width="form">
      <PageTitle title="Add a report" crumbs={[{ label: "Reports", href: "/reports" }]} />
      <div className="mt-6">
        <Autosave {...kept.autosave} path="/reports/new" title="New report">
          <ReportForm draft={kept.values} />
        </Autosave>
      </div>
    </Page>
  );
}
