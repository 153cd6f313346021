import type { Metadata } from "next";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { Tabs } from "@/components/layout/tabs";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Facts } from "@/components/ui/facts";
import { KeyHints } from "@/components/ui/key-hints";
import { Notice } from "@/components/ui/notice";
import { ActNotice } from "@/features/batches/components/act-notice";
import { findAct } from "@/features/batches/queries";
import { getDialogue } from "@/features/dialogues/queries";
import { QuotationList } from "@/features/sources/components/quotation-list";
import { QuoteSelection } from "@/features/sources/components/quote-selection";
import { WithdrawText } from "@/features/sources/components/withdraw-text";
import { ReadingText } from "@/features/sources/components/reading-text";
import { findQuotation } from "@/features/sources/queries/quotations";
import { getText, listTexts } from "@/features/sources/queries/texts";
import { TEXT_KIND_NAMES } from "@/features/sources/schema";
import { getStatement } from "@/features/statements/queries/statement";
import { address, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { holds } from "@/lib/auth/permissions";
import { snapshot } from "@/lib/db";
import { formatDay, languageInWords, plural } from "@/lib/format";
import { orNotFound } from "@/lib/pages";

type Props = { params: Promise<{ slug: string; id: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const caller = await pageCaller("record:read");
  const { speakerName } = await orNotFound(getStatement(caller, (await params).id));
  return { title: `Texts of the statement by ${speakerName}` };
}

const KEYS = [
  { keys: "j", does: "Select the next paragraph" },
  { keys: "k", does: "Select the paragraph before" },
  { keys: "Shift+→", does: "Make the selection longer; Shift+← makes it shorter, with Ctrl by a word" },
  { keys: ".", does: "Start the selection one word later; a comma starts it earlier" },
  { keys: "q", does: "Quote what is selected", target: "#quote" },
];

export default async function TextsPage({ params, searchParams }: Props) {
  const caller = await pageCaller("record:read");
  const { id } = await params;
  const query = single(await searchParams);
  const { statement, dialogue, texts, text, quotation } = await orNotFound(
    snapshot(caller, async (tx) => {
      const found = await getStatement(tx, id);
      const all = await listTexts(tx, found.id);
      const quoted = query["quotation"] === undefined ? null : await findQuotation(tx, query["quotation"]);
      const wanted = quoted?.text ?? query["text"];
      const chosen = all.find((one) => one.id === wanted) ?? all[0];
      return {
        statement: found,
        dialogue: await getDialogue(tx, found.dialogue),
        texts: all,
        text: chosen ? await getText(tx, chosen.id) : null,
        quotation: quoted,
      };
    }),
  );
  const statementPath = `/dialogues/${dialogue.slug}/statements/${statement.id}`;
  const path = `${statementPath}/texts`;
  const act = query["act"] === undefined ? null : await findAct(caller, query["act"]);
  const mayEdit = holds(caller.role, "text:edit", caller.readOnly);
  return (
    <Page>
      <PageTitle
        crumbs={[
          { label: "Dialogues", href: "/dialogues" },
          { label: dialogue.title, href: `/dialogues/${dialogue.slug}` },
          { label: statement.speakerName, href: statementPath },
        ]}
        title={`What ${statement.speakerName} said`}
        sub={formatDay(statement.day)}
        actions={mayEdit && <ButtonLink href={`${path}/new`}>Add a text</ButtonLink>}
      />
      {act && <ActNotice act={act} />}
      {!text ? (
        <div className="mt-6">
          <EmptyState
            title="No text of this statement is stored yet."
            action={
              mayEdit && (
                <ButtonLink variant="primary" href={`${path}/new`}>
                  Add a text
                </ButtonLink>
              )
            }
          >
            Paste it, or take it from a PDF, Word document, web page or text file. Then words can be quoted from it.
          </EmptyState>
        </div>
      ) : (
        <>
          <Tabs
            label="Texts"
            tabs={texts.map((one) => ({
              label: `${TEXT_KIND_NAMES[one.kind]} · ${languageInWords(one.language)}`,
              href: `${path}?text=${one.id}`,
              current: one.id === text.id,
            }))}
          />
          <Happened query={query} />
          {quotation?.orphanedAt && (
            <Notice tone="warn" className="mt-4">
              The text was changed after these words were quoted: they have no place in it now. They are listed beside
              it.
            </Notice>
          )}
          <div className="mt-5 grid gap-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
            <div className="min-w-0">
              <ReadingText text={text} shown={quotation?.id} />
            </div>
            <aside
              aria-label="Quotations"
              className="grid min-w-0 content-start gap-6 lg:sticky lg:top-4 lg:max-h-[calc(100vh-2rem)] lg:overflow-y-auto lg:pe-1"
            >
              {mayEdit && <QuoteSelection dialogue={dialogue.slug} statement={statement.id} text={text.id} />}
              <QuotationList text={text} path={path} dialogue={dialogue.slug} mayEdit={mayEdit} />
              <section aria-labelledby="origin" className="text-sm">
                <h2 id="origin" className="mb-2">
                  About this text
                </h2>
                <Facts
                  facts={[
                    { term: "Found in", value: text.source },
                    {
                      term: "Address",
                      value: text.sourceUrl && (
                        <a className="link break-all" href={text.sourceUrl} rel="noreferrer">
                          {text.sourceUrl}
                        </a>
                      ),
                    },
                    { term: "Looked at", value: text.accessedOn && formatDay(text.accessedOn) },
                    {
                      term: "File",
                      value: text.document && (
                        <a className="link break-all" href={`/api/v1/documents/${text.document.id}`} download>
                          {text.document.fileName}
                        </a>
                      ),
                    },
                    { term: "SHA-256", value: <span className="break-all">{text.sha256}</span> },
                    { term: "Version", value: text.version },
                  ]}
                />
                <div className="no-print mt-3 flex flex-wrap gap-2">
                  {mayEdit && <ButtonLink href={`${path}/${text.id}/edit`}>Correct</ButtonLink>}
                  {text.version > 1 && <ButtonLink href={`${path}/${text.id}/versions`}>Earlier versions</ButtonLink>}
                  {texts
                    .filter(({ id: other, language }) => other !== text.id && language === text.language)
                    .map(({ id: other, kind }) => (
                      <ButtonLink key={other} href={address(`${path}/${text.id}/versions`, { from: other })}>
                        Compare: {TEXT_KIND_NAMES[kind].toLowerCase()}
                      </ButtonLink>
                    ))}
                </div>
                {mayEdit && (
                  <div className="mt-3">
                    <WithdrawText text={text} dialogue={dialogue.slug} />
                  </div>
                )}
              </section>
              {mayEdit && (
                <div>
                  <KeyHints hints={KEYS} />
                </div>
              )}
            </aside>
          </div>
        </>
      )}
    </Page>
  );
}

/** What the last act did, from the address that it led to. */
function Happened({ query }: { query: Record<string, string> }) {
  const count = (name: string): number => Number(/^\d{1,4}$/.exec(query[name] ?? "")?.[0] ?? 0);
  if (query["places"] === "several") {
    return (
      <Notice tone="warn" className="mt-4">
        These words stand in the text more than once; the first place was taken. Remove it and quote more words to mean
        another.
      </Notice>
    );
  }
  if (query["removed"] !== undefined) {
    return (
      <Notice tone="ok" className="mt-4">
        The quotation is removed. What it was stays in the statement’s history.
      </Notice>
    );
  }
  if (query["saved"] === undefined) return null;
  const [moved, orphaned] = [count("moved"), count("orphaned")];
  return (
    <Notice tone={orphaned > 0 ? "warn" : "ok"} className="mt-4" title="Saved.">
      {moved > 0 && <p>{plural(moved, "quotation moved with its words", "quotations moved with their words")}.</p>}
      {orphaned > 0 && (
        <p>
          {plural(orphaned, "quotation has no place any more", "quotations have no place any more")}: see beside the
          text.
        </p>
      )}
    </Notice>
  );
}
