import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { DialogueForm } from "@/features/dialogues/components/dialogue-form";
import { getDialogue, listReports } from "@/features/dialogues/queries";
import { pageCaller } from "@/lib/auth/identity";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "Edit dialogue" };

export default async function EditDialoguePage({ params }: { params: Promise<{ slug: string }> }) {
  await pageCaller("dialogue:edit");
  const caller = await pageCaller("record:read");
  const { slug } = await params;
  const [dialogue, reports] = await Promise.all([orNotFound(getDialogue(caller, slug)), listReports(caller)]);
  const crumbs = [
    { label: "Dialogues", href: "/dialogues" },
    { label: dialogue.title, href: `/dialogues/${dialogue.slug}` },
  ];
  return (
    <Page width="form">
      <PageTitle title="Edit dialogue" crumbs={crumbs} />
      <div className="mt-6">
        <DialogueForm dialogue={dialogue} reports={reports} />
      </div>
    </Page>
  );
}
