import type { Metadata } from "next";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { loadCodebook } from "@/features/codebook/queries/codebook";
import { getDialogue } from "@/features/dialogues/queries";
import { Autosave } from "@/features/drafts/components/autosave";
import { openDraft } from "@/features/drafts/queries";
import { CodedNotice } from "@/features/positions/components/coded-notice";
import { CodingDesk } from "@/features/positions/components/coding-desk";
import { TextChoice } from "@/features/positions/components/text-choice";
import { codingProgress, findCoded, findNextUncoded } from "@/features/positions/queries/codings";
import { findStatementPositions } from "@/features/positions/queries/statement";
import { ReadingText } from "@/features/sources/components/reading-text";
import { getText, listTexts } from "@/features/sources/queries/texts";
import { TEXT_KIND_NAMES } from "@/features/sources/schema";
import { getStatement } from "@/features/statements/queries/statement";
import { ROLE_NAMES } from "@/features/statements/schema";
import { single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { snapshot, type Tx } from "@/lib/db";
import { orNotFound } from "@/lib/pages";

type Props = { params: Promise<{ slug: string; id: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const caller = await pageCaller("record:read");
  const { speakerName } = await orNotFound(getStatement(caller, (await params).id));
  return { title: `Coding of ${speakerName}` };
}

/** The text that the address names, or the first in the statement's own language, or the first. */
async function openTexts(tx: Tx, statement: { id: string; language: string | null }, wanted: string | undefined) {
  const texts = await listTexts(tx, statement.id);
  const chosen =
    texts.find(({ id }) => id === wanted) ?? texts.find(({ language }) => language === statement.language) ?? texts[0];
  return { texts, text: chosen ? await getText(tx, chosen.id) : null };
}

export default async function CodingPage({ params, searchParams }: Props) {
  const caller = await pageCaller("position:code");
  const { id } = await params;
  const given = single(await searchParams);
  const { statement, dialogue, texts, text, codebook, coding, progress, next, coded } = await orNotFound(
    snapshot(caller, async (tx) => {
      const found = await getStatement(tx, id);
      const of = await getDialogue(tx, found.dialogue);
      return {
        statement: found,
        dialogue: of,
        ...(await openTexts(tx, found, given["text"])),
        codebook: await loadCodebook(tx),
        coding: await findStatementPositions(tx, found.id),
        progress: await codingProgress(tx, of.id),
        next: (await findNextUncoded(tx, found.id)).next,
        coded: await findCoded(tx, given["coded"]),
      };
    }),
  );
  const draft = await openDraft(await pageCaller("draft:own"), `coding:${statement.id}`, given);
  const page = `/dialogues/${dialogue.slug}/statements/${statement.id}`;
  const path = `${page}/coding`;
  return (
    <Page>
      <PageTitle
        crumbs={[
          { label: "Dialogues", href: "/dialogues" },
          { label: dialogue.title, href: `/dialogues/${dialogue.slug}` },
          { label: "Coding", href: `/dialogues/${dialogue.slug}/coding` },
        ]}
        title={statement.speakerName}
        sub={
          <>
            {ROLE_NAMES[statement.role]} · number {statement.order}
            {codebook && ` · version ${codebook.number} of the codebook`} ·{" "}
            <TextLink href={`/dialogues/${dialogue.slug}/coding`}>
              {progress.coded} of {progress.total} coded
            </TextLink>{" "}
            · <TextLink href={page}>the statement</TextLink>
          </>
        }
      />
      {coded && <CodedNotice coded={coded} progress={progress} />}
      {statement.withdrawn && (
        <Notice tone="warn" className="mt-4">
          This statement is withdrawn: it cannot be coded until it is restored.
        </Notice>
      )}
      <div className="mt-4">
        {codebook ? (
          <Autosave
            {...draft.autosave}
            path={path}
            title={`Coding of ${statement.speakerName}, ${dialogue.title}`}
            version={coding.version === 0 ? null : coding.version}
          >
            <CodingDesk
              source={
                text ? (
                  <>
                    {texts.length > 1 && (
                      <TextChoice
                        path={path}
                        keep={draft.autosave.resumed ? { draft: "go-on" } : {}}
                        chosen={text.id}
                        texts={texts.map(({ id: textId, kind, language }) => ({
                          id: textId,
                          label: `${TEXT_KIND_NAMES[kind]}, ${language}`,
                        }))}
                      />
                    )}
                    <ReadingText text={text} />
                  </>
                ) : (
                  <div className="p-4">
                    <EmptyState
                      title="This statement has no text yet."
                      action={<ButtonLink href={`${page}/texts/new`}>Add its text</ButtonLink>}
                    >
                      It can be coded all the same: each position then needs a reason why there is no quotation.
                    </EmptyState>
                  </div>
                )
              }
              text={text?.id ?? null}
              issues={codebook.issues.map(({ code, title, definition, include, exclude, examples, scale }) => ({
                code,
                title,
                definition,
                include,
                exclude,
                examples,
                scale,
              }))}
              codebook={codebook.number}
              coding={coding}
              draft={draft.values}
              hasNext={next !== null}
            />
          </Autosave>
        ) : (
          <EmptyState title="No version of the codebook is published yet.">
            A reviewer publishes one; then statements can be coded by it.
          </EmptyState>
        )}
      </div>
    </Page>
  );
}
