import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { getDialogue } from "@/features/dialogues/queries";
import { Autosave } from "@/features/drafts/components/autosave";
import { openDraft } from "@/features/drafts/queries";
import { StatementForm } from "@/features/statements/components/statement-form";
import { loadFormChoices } from "@/features/statements/queries/form";
import { single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { snapshot } from "@/lib/db";
import { formatDayRange } from "@/lib/format";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "Record a statement" };

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<SearchParams> };

export default async function NewStatementPage({ params, searchParams }: Props) {
  const caller = await pageCaller("statement:record");
  const { slug } = await params;
  const { dialogue, choices } = await orNotFound(
    snapshot(caller, async (tx) => {
      const found = await getDialogue(tx, slug);
      return { dialogue: found, choices: await loadFormChoices(tx, found) };
    }),
  );
  const path = `/dialogues/${dialogue.slug}`;
  const kept = await openDraft(
    await pageCaller("draft:own"),
    `statement.new:${dialogue.slug}`,
    single(await searchParams),
  );
  return (
    <Page width="form">
      <PageTitle
        crumbs={[
          { label: "Dialogues", href: "/dialogues" },
          { label: dialogue.title, href: path },
        ]}
        title="Record a statement"
        sub={formatDayRange(dialogue.startsOn, dialogue.endsOn)}
      />
      <div className="mt-6">
        <Autosave {...kept.autosave} path={`${path}/statements/new`} title={`New statement, ${dialogue.title}`}>
          <StatementForm dialogue={dialogue} choices={choices} draft={kept.values} cancelHref={path} />
        </Autosave>
      </div>
    </Page>
  );
}
