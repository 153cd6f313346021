import { z } from "zod";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { SearchForm } from "@/components/ui/search-form";
import { Toolbar } from "@/components/ui/toolbar";
import { ReportsTable } from "@/features/dialogues/components/reports-table";
import { listReports } from "@/features/dialogues/queries";
import { lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { holds } from "@/lib/auth/permissions";
import { plural } from "@/lib/format";
import { line } from "@/lib/input";

export const metadata = { title: "Reports" };

const PATH = "/reports";

const query = z.object({ q: line(200).optional() });

export default async function ReportsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const caller = await pageCaller("record:read");
  const { q } = lenient(query, single(await searchParams));
  const reports = await listReports(caller, q);
  const mayEdit = holds(caller.role, "dialogue:edit");

  return (
    <Page>
      <PageTitle title="Reports" sub="What the dialogues considered, the newest first." />
      <Toolbar
        end={
          mayEdit && (
            <ButtonLink variant="primary" href={`${PATH}/new`}>
              Add a report
            </ButtonLink>
          )
        }
      >
        <SearchForm action={PATH} label="Find a report" value={q} />
        <span className="text-ink-3">{plural(reports.length, "report", "reports")}</span>
      </Toolbar>
      {reports.length > 0 ? (
        <ReportsTable reports={reports} />
      ) : (
        <EmptyState
          title={q ? `No report has “${q}” in its title or symbol.` : "No report is on record yet."}
          action={
            q ? (
              <ButtonLink href={PATH}>Show all reports</ButtonLink>
            ) : (
              mayEdit && <ButtonLink href={`${PATH}/new`}>Add the first report</ButtonLink>
            )
          }
        />
      )}
    </Page>
  );
}
