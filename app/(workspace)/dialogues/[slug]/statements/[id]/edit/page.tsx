import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { getDialogue } from "@/features/dialogues/queries";
import { StatementForm } from "@/features/statements/components/statement-form";
import { loadFormChoices } from "@/features/statements/queries/form";
import { brief, getStatement } from "@/features/statements/queries/statement";
import { pageCaller } from "@/lib/auth/identity";
import { snapshot } from "@/lib/db";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "Revise a statement" };

export default async function EditStatementPage({ params }: { params: Promise<{ slug: string; id: string }> }) {
  const caller = await pageCaller("statement:record");
  const { id } = await params;
  const { statement, dialogue, choices } = await orNotFound(
    snapshot(caller, async (tx) => {
      const found = await getStatement(tx, id);
      const of = await getDialogue(tx, found.dialogue);
      return { statement: found, dialogue: of, choices: await loadFormChoices(tx, of) };
    }),
  );
  const path = `/dialogues/${dialogue.slug}`;
  return (
    <Page width="form">
      <PageTitle
        crumbs={[
          { label: "Dialogues", href: "/dialogues" },
          { label: dialogue.title, href: path },
          { label: statement.speakerName, href: `${path}/statements/${statement.id}` },
        ]}
        title={`Revise the statement by ${statement.speakerName}`}
        sub={`Number ${statement.order} · version ${statement.version}`}
      />
      <div className="mt-6">
        <StatementForm
          dialogue={dialogue}
          choices={choices}
          statement={brief(statement)}
          cancelHref={`${path}/statements/${statement.id}`}
        />
      </div>
    </Page>
  );
}
