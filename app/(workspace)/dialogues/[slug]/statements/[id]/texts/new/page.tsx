import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { getDialogue } from "@/features/dialogues/queries";
import { TextForm } from "@/features/sources/components/text-form";
import { getStatement } from "@/features/statements/queries/statement";
import { pageCaller } from "@/lib/auth/identity";
import { snapshot } from "@/lib/db";
import { formatDay } from "@/lib/format";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "Add a text" };

export default async function NewTextPage({ params }: { params: Promise<{ slug: string; id: string }> }) {
  const caller = await pageCaller("text:edit");
  const { id } = await params;
  const { statement, dialogue } = await orNotFound(
    snapshot(caller, async (tx) => {
      const found = await getStatement(tx, id);
      return { statement: found, dialogue: await getDialogue(tx, found.dialogue) };
    }),
  );
  const path = `/dialogues/${dialogue.slug}/statements/${statement.id}`;
  return (
    <Page width="form">
      <PageTitle
        crumbs={[
          { label: "Dialogues", href: "/dialogues" },
          { label: dialogue.title, href: `/dialogues/${dialogue.slug}` },
          { label: statement.speakerName, href: path },
        ]}
        title="Add a text"
        sub={`Statement by ${statement.speakerName}, ${formatDay(statement.day)}`}
      />
      <div className="mt-6">
        <TextForm
          dialogue={dialogue.slug}
          statement={statement.id}
          language={statement.language ?? undefined}
          cancelHref={`${path}/texts`}
        />
      </div>
    </Page>
  );
}
