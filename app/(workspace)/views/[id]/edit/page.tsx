import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ViewForm } from "@/features/views/components/view-forms";
import { getView } from "@/features/views/queries";
import { pageCaller } from "@/lib/auth/identity";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "Change a saved view" };

export default async function EditViewPage({ params }: { params: Promise<{ id: string }> }) {
  const caller = await pageCaller("view:own");
  const view = await orNotFound(getView(caller, (await params).id));
  return (
    <Page width="form">
      <PageTitle title={view.name} crumbs={[{ label: "Saved views", href: "/views" }]} sub={view.address} />
      <div className="mt-6">
        {view.mine ? (
          <ViewForm view={view} />
        ) : (
          <EmptyState
            title={`${view.owner} keeps this view.`}
            action={<ButtonLink href={view.address}>Open it</ButtonLink>}
          >
            Only who saved a view can change it. Open it, and save it under a name of your own.
          </EmptyState>
        )}
      </div>
    </Page>
  );
}
