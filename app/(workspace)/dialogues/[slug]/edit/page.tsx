import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { DialogueForm } from "@/features/dialogues/components/dialogue-form";
import { getDialogue, listReports } from "@/features/dialogues/queries";
import { Autosave } from "@/features/drafts/components/autosave";
import { openDraft } from "@/features/drafts/queries";
import { single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "Edit dialogue" };

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<SearchParams> };

export default async function EditDialoguePage({ params, searchParams }: Props) {
  await pageCaller("dialogue:edit");
  const caller = await pageCaller("record:read");
  const { slug } = await params;
  const [dialogue, reports] = await Promise.all([orNotFound(getDialogue(caller, slug)), listReports(caller)]);
  const kept = await openDraft(
    await pageCaller("draft:own"),
    `dialogue.revise:${dialogue.id}`,
    single(await searchParams),
  );
  const crumbs = [
    { label: "Dialogues", href: "/dialogues" },
    { label: dialogue.title, href: `/dialogues/${dialogue.slug}` },
  ];
  return (
    <Page width="form">
      <PageTitle title="Edit dialogue" crumbs={crumbs} />
      <div className="mt-6">
        <Autosave
          {...kept.autosave}
          path={`/dialogues/${dialogue.slug}/edit`}
          title={`Changes to ${dialogue.title}`}
          version={dialogue.version}
        >
          <DialogueForm dialogue={dialogue} reports={reports} draft={kept.values} />
        </Autosave>
      </div>
    </Page>
  );
}
