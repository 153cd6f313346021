import { z } from "zod";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { Notice } from "@/components/ui/notice";
import { getDialogue } from "@/features/dialogues/queries";
import { Autosave } from "@/features/drafts/components/autosave";
import { openDraft } from "@/features/drafts/queries";
import { StatementForm } from "@/features/statements/components/statement-form";
import { loadFormChoices } from "@/features/statements/queries/form";
import { brief, findEarlier, getStatement } from "@/features/statements/queries/statement";
import { lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { snapshot } from "@/lib/db";
import { formatInstant } from "@/lib/format";
import { version } from "@/lib/input";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "Revise a statement" };

/** `?version=2` starts from what the statement was then. */
const query = z.object({ version: version.optional() });

type Props = { params: Promise<{ slug: string; id: string }>; searchParams: Promise<SearchParams> };

export default async function EditStatementPage({ params, searchParams }: Props) {
  const caller = await pageCaller("statement:record");
  const { id } = await params;
  const given = single(await searchParams);
  const wanted = lenient(query, given).version;
  const { statement, earlier, dialogue, choices } = await orNotFound(
    snapshot(caller, async (tx) => {
      const found = brief(await getStatement(tx, id));
      const of = await getDialogue(tx, found.dialogue);
      return {
        statement: found,
        earlier: wanted === undefined ? null : await findEarlier(tx, found, wanted),
        dialogue: of,
        choices: await loadFormChoices(tx, of),
      };
    }),
  );
  const kept = await openDraft(await pageCaller("draft:own"), `statement.revise:${statement.id}`, given);
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
      {earlier && (
        <Notice tone="info" className="mt-4">
          Below is version {wanted}, as {earlier.by} left it on {formatInstant(new Date(earlier.at))}. Saving makes it
          the newest; what stands now stays in the history.
        </Notice>
      )}
      <div className="mt-6">
        <Autosave
          {...kept.autosave}
          path={`${path}/statements/${statement.id}/edit`}
          title={`Changes to the statement by ${statement.speakerName}, ${dialogue.title}`}
          version={statement.version}
        >
          <StatementForm
            draft={kept.values}
            dialogue={dialogue}
            choices={choices}
            statement={statement}
            {...(earlier ? { from: earlier.statement } : {})}
            cancelHref={`${path}/statements/${statement.id}`}
          />
        </Autosave>
      </div>
    </Page>
  );
}
