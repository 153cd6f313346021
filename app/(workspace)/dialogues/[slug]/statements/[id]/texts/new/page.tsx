import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { Autosave } from "@/features/drafts/components/autosave";
import { openDraft } from "@/features/drafts/queries";
import { getDialogue } from "@/features/dialogues/queries";
import { FileForm } from "@/features/sources/components/file-form";
import { readDocument, refusalOf } from "@/features/sources/queries/documents";
import { TextForm } from "@/features/sources/components/text-form";
import { getStatement } from "@/features/statements/queries/statement";
import { single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { snapshot } from "@/lib/db";
import { formatDay } from "@/lib/format";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "Add a text" };

type Props = { params: Promise<{ slug: string; id: string }>; searchParams: Promise<SearchParams> };

export default async function NewTextPage({ params, searchParams }: Props) {
  const caller = await pageCaller("text:edit");
  const { id } = await params;
  const { statement, dialogue } = await orNotFound(
    snapshot(caller, async (tx) => {
      const found = await getStatement(tx, id);
      return { statement: found, dialogue: await getDialogue(tx, found.dialogue) };
    }),
  );
  const path = `/dialogues/${dialogue.slug}/statements/${statement.id}`;
  const given = single(await searchParams);
  const kept = await openDraft(await pageCaller("draft:own"), `text.new:${statement.id}`, given);
  const sent =
    given["document"] === undefined ? null : await readDocument(await pageCaller("record:read"), given["document"]);
  const refused = typeof sent === "string" ? sent : refusalOf(given["refused"] ?? "");
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
        <FileForm dialogue={dialogue.slug} statement={statement.id} refused={refused} />
        <Autosave
          {...kept.autosave}
          path={`${path}/texts/new`}
          title={`New text, ${statement.speakerName}, ${dialogue.title}`}
        >
          <TextForm
            dialogue={dialogue.slug}
            statement={statement.id}
            language={statement.language ?? undefined}
            cancelHref={`${path}/texts`}
            draft={kept.values}
            document={typeof sent === "string" ? null : sent}
          />
        </Autosave>
      </div>
    </Page>
  );
}
