import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { DialogueForm } from "@/features/dialogues/components/dialogue-form";
import { listReports } from "@/features/dialogues/queries";
import { pageCaller } from "@/lib/auth/identity";

export const metadata = { title: "Add a dialogue" };

export default async function NewDialoguePage() {
  await pageCaller("dialogue:edit");
  const caller = await pageCaller("record:read");
  const reports = await listReports(caller);
  return (
    <Page width="form">
      <PageTitle title="Add a dialogue" crumbs={[{ label: "Dialogues", href: "/dialogues" }]} />
      <div className="mt-6">
        <DialogueForm reports={reports} />
      </div>
    </Page>
  );
}
