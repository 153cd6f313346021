import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ViewForm } from "@/features/views/components/view-forms";
import { getView } from "@/features/views/queries";
import { pageCaller } from "@/lib/auth/identity";
import { notFound } from "@/lib/errors";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "Change a saved view" };

export default async function EditViewPage({ params }: { params: Promise<{ id: string }> }) {
  const caller = await pageCaller("view:own");
  const { id } = await params;
  const view = await orNotFound(ownView(caller, id));
  return (
    <Page width="form">
      <PageTitle title={view.name} crumbs={[{ label: "Saved views", href: "/views" }]} sub={view.address} />
      <div className="mt-6">
        <ViewForm view={view} />
      </div>
    </Page>
  );
}

/** What another shares can be read, but not changed: for this page it is not there. */
async function ownView(caller: Awaited<ReturnType<typeof pageCaller<"view:own">>>, id: string) {
  const view = await getView(caller, id);
  if (!view.mine) throw notFound("view of yours", id);
  return view;
}
