import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { Autosave } from "@/features/drafts/components/autosave";
import { openDraft } from "@/features/drafts/queries";
import { getDialogue } from "@/features/dialogues/queries";
import { TextForm } from "@/features/sources/components/text-form";
import { getText } from "@/features/sources/queries/texts";
import { TEXT_KIND_NAMES } from "@/features/sources/schema";
import { getStatement } from "@/features/statements/queries/statement";
import { single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { snapshot } from "@/lib/db";
import { languageInWords, plural } from "@/lib/format";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "Correct a text" };

type Props = { params: Promise<{ slug: string; id: string; text: string }>; searchParams: Promise<SearchParams> };

export default async function EditTextPage({ params, searchParams }: Props) {
  const caller = await pageCaller("text:edit");
  const { text: ref } = await params;
  const { statement, dialogue, text } = await orNotFound(
    snapshot(caller, async (tx) => {
      const found = await getText(tx, ref);
      const of = await getStatement(tx, found.statement);
      return { text: found, statement: of, dialogue: await getDialogue(tx, of.dialogue) };
    }),
  );
  const path = `/dialogues/${dialogue.slug}/statements/${statement.id}`;
  const kept = await openDraft(await pageCaller("draft:own"), `text.revise:${text.id}`, single(await searchParams));
  const quoted = text.quotations.length;
  return (
    <Page width="form">
      <PageTitle
        crumbs={[
          { label: "Dialogues", href: "/dialogues" },
          { label: dialogue.title, href: `/dialogues/${dialogue.slug}` },
          { label: statement.speakerName, href: path },
          { label: "Texts", href: `${path}/texts?text=${text.id}` },
        ]}
        title="Correct a text"
        sub={`${TEXT_KIND_NAMES[text.kind]} · ${languageInWords(text.language)} · version ${text.version}`}
      />
      <div className="mt-6">
        {quoted > 0 && (
          <p className="mb-4 text-ink-2">
            {plural(quoted, "quotation rests", "quotations rest")} on this text. They move with their words; those whose
            words you change are listed afterwards, to be placed again.
          </p>
        )}
        <Autosave
          {...kept.autosave}
          path={`${path}/texts/${text.id}/edit`}
          title={`Text of ${statement.speakerName}, ${dialogue.title}`}
          version={text.version}
        >
          <TextForm
            dialogue={dialogue.slug}
            statement={statement.id}
            text={text}
            cancelHref={`${path}/texts?text=${text.id}`}
            draft={kept.values}
          />
        </Autosave>
      </div>
    </Page>
  );
}
