import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { getDialogue } from "@/features/dialogues/queries";
import { StatementsGrid } from "@/features/statements/components/statements-grid";
import { loadFormChoices } from "@/features/statements/queries/form";
import { loadGrid } from "@/features/statements/queries/grid";
import { pageCaller } from "@/lib/auth/identity";
import { snapshot } from "@/lib/db";
import { formatDayRange } from "@/lib/format";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "Debate-night mode" };

export default async function GridPage({ params }: { params: Promise<{ slug: string }> }) {
  const caller = await pageCaller("statement:record");
  const { slug } = await params;
  const { dialogue, choices, start } = await orNotFound(
    snapshot(caller, async (tx) => {
      const found = await getDialogue(tx, slug);
      return { dialogue: found, choices: await loadFormChoices(tx, found), start: await loadGrid(tx, found.id) };
    }),
  );
  const path = `/dialogues/${dialogue.slug}`;
  return (
    <Page>
      <PageTitle
        crumbs={[
          { label: "Dialogues", href: "/dialogues" },
          { label: dialogue.title, href: path },
        ]}
        title="Debate-night mode"
        sub={`${dialogue.title} · ${formatDayRange(dialogue.startsOn, dialogue.endsOn)}`}
      />
      <StatementsGrid dialogue={dialogue} choices={choices} start={start} />
    </Page>
  );
}
