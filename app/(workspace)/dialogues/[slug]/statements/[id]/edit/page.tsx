import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { getDialogue } from "@/features/dialogues/queries";
import { reviseStatementAction } from "@/features/statements/actions";
import { StatementForm } from "@/features/statements/components/statement-form";
import { formValuesOf } from "@/features/statements/formats/form";
import { loadFormChoices } from "@/features/statements/queries/form";
import { getStatement } from "@/features/statements/queries/statement";
import { pageCaller } from "@/lib/auth/identity";
import { snapshot } from "@/lib/db";
import { formatDay } from "@/lib/format";
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
          action={reviseStatementAction}
          dialogue={{
            slug: dialogue.slug,
            startsOn: dialogue.startsOn,
            meetings: dialogue.meetings.map(({ number, date, label }) => ({ number, day: date, date: formatDay(date), label })),
          }}
          choices={choices}
          initial={formValuesOf(statement)}
          revises={{ id: statement.id, version: statement.version }}
          cancelHref={`${path}/statements/${statement.id}`}
        />
      </div>
    </Page>
  );
}
