import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { getDialogue } from "@/features/dialogues/queries";
import { Autosave } from "@/features/drafts/components/autosave";
import { openDraft } from "@/features/drafts/queries";
import { PasteForm } from "@/features/statements/components/paste-form";
import { loadFormChoices } from "@/features/statements/queries/form";
import { readDraft } from "@/features/statements/queries/paste";
import { single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { snapshot } from "@/lib/db";
import { formatDayRange } from "@/lib/format";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "Paste a list" };

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<SearchParams> };

export default async function PastePage({ params, searchParams }: Props) {
  const caller = await pageCaller("statement:record");
  const { slug } = await params;
  const { dialogue, actors } = await orNotFound(
    snapshot(caller, async (tx) => {
      const found = await getDialogue(tx, slug);
      return { dialogue: found, actors: (await loadFormChoices(tx, found)).actors };
    }),
  );
  const kept = await openDraft(
    await pageCaller("draft:own"),
    `participants.paste:${dialogue.slug}`,
    single(await searchParams),
  );
  // A list that was not read yet is text alone.
  const read = kept.values?.["rows"] ? await readDraft(caller, dialogue.slug, kept.values["text"]) : null;
  const path = `/dialogues/${dialogue.slug}`;
  return (
    <Page>
      <PageTitle
        crumbs={[
          { label: "Dialogues", href: "/dialogues" },
          { label: dialogue.title, href: path },
        ]}
        title="Paste a list"
        sub={formatDayRange(dialogue.startsOn, dialogue.endsOn)}
      />
      <div className="mt-6">
        <Autosave {...kept.autosave} path={`${path}/paste`} title={`Pasted list, ${dialogue.title}`}>
          <PasteForm dialogue={dialogue} actors={actors} draft={kept.values} read={read} />
        </Autosave>
      </div>
    </Page>
  );
}
