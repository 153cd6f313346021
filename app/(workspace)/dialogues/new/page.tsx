import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { Autosave } from "@/features/drafts/components/autosave";
import { DialogueForm } from "@/features/dialogues/components/dialogue-form";
import { listReports } from "@/features/dialogues/queries";
import { openDraft } from "@/features/drafts/queries";
import { single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";

export const metadata = { title: "Add a dialogue" };

export default async function NewDialoguePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await pageCaller("dialogue:edit");
  const caller = await pageCaller("record:read");
  const reports = await listReports(caller);
  const kept = await openDraft(await pageCaller("draft:own"), "dialogue.new", single(await searchParams));
  return (
    <Page width="form">
      <PageTitle title="Add a dialogue" crumbs={[{ label: "Dialogues", href: "/dialogues" }]} />
      <div className="mt-6">
        <Autosave {...kept.autosave} path="/dialogues/new" title="New dialogue">
          <DialogueForm reports={reports} draft={kept.values} />
        </Autosave>
      </div>
    </Page>
  );
}
