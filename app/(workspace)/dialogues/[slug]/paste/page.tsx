import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { getDialogue } from "@/features/dialogues/queries";
import { PasteForm } from "@/features/statements/components/paste-form";
import { loadFormChoices } from "@/features/statements/queries/form";
import { pageCaller } from "@/lib/auth/identity";
import { snapshot } from "@/lib/db";
import { formatDayRange } from "@/lib/format";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "Paste a list" };

export default async function PastePage({ params }: { params: Promise<{ slug: string }> }) {
  const caller = await pageCaller("statement:record");
  const { slug } = await params;
  const { dialogue, actors } = await orNotFound(
    snapshot(caller, async (tx) => {
      const found = await getDialogue(tx, slug);
      return { dialogue: found, actors: (await loadFormChoices(tx, found)).actors };
    }),
  );
  return (
    <Page>
      <PageTitle
        crumbs={[
          { label: "Dialogues", href: "/dialogues" },
          { label: dialogue.title, href: `/dialogues/${dialogue.slug}` },
        ]}
        title="Paste a list"
        sub={formatDayRange(dialogue.startsOn, dialogue.endsOn)}
      />
      <div className="mt-6">
        <PasteForm dialogue={dialogue} actors={actors} />
      </div>
    </Page>
  );
}
