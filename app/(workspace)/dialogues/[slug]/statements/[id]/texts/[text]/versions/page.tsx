import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { getDialogue } from "@/features/dialogues/queries";
import { z } from "zod";
import { SubmitButton } from "@/components/ui/submit-button";
import { RestoreTextForm } from "@/features/sources/components/restore-text-form";
import { TextComparison } from "@/features/sources/components/text-comparison";
import {
  findTextVersion,
  getText,
  listTexts,
  listTextVersions,
  type TextVersion,
} from "@/features/sources/queries/texts";
import { TEXT_KIND_NAMES } from "@/features/sources/schema";
import { getStatement } from "@/features/statements/queries/statement";
import { lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { holds } from "@/lib/auth/permissions";
import { snapshot } from "@/lib/db";
import { formatInstant, languageInWords } from "@/lib/format";
import { version } from "@/lib/input";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "Texts compared" };

/** `from` is a version of the text, or another text of the statement in the same language. */
const query = z.object({ from: z.union([version, z.uuid()]).optional(), to: version.optional() });

type Props = { params: Promise<{ slug: string; id: string; text: string }>; searchParams: Promise<SearchParams> };

function inWords({ version: number, until, by }: TextVersion): string {
  return until === null
    ? `Version ${number}, as it stands`
    : `Version ${number}, until ${formatInstant(new Date(until))} (${by})`;
}

export default async function TextVersionsPage({ params, searchParams }: Props) {
  const caller = await pageCaller("record:read");
  const { text: ref } = await params;
  const wanted = lenient(query, single(await searchParams));
  const { statement, dialogue, text, versions, others, before, after } = await orNotFound(
    snapshot(caller, async (tx) => {
      const found = await getText(tx, ref);
      const of = await getStatement(tx, found.statement);
      const all = await listTextVersions(tx, found.id);
      const alike = (await listTexts(tx, of.id)).filter(
        ({ id, language }) => id !== found.id && language === found.language,
      );
      const other = alike.find(({ id }) => id === (wanted.from ?? (all.length > 1 ? undefined : alike[0]?.id)));
      const number = typeof wanted.from === "number" ? wanted.from : (all[1]?.version ?? found.version);
      const from = other ? await getText(tx, other.id) : await findTextVersion(tx, found, number);
      const to = await findTextVersion(tx, found, wanted.to ?? found.version);
      return {
        text: found,
        statement: of,
        dialogue: await getDialogue(tx, of.dialogue),
        versions: all,
        others: alike,
        before: from,
        after: to,
      };
    }),
  );
  const path = `/dialogues/${dialogue.slug}/statements/${statement.id}`;
  const mayEdit = holds(caller.role, "text:edit", caller.readOnly);
  const choices = versions.map((one) => ({ value: String(one.version), label: inWords(one) }));
  const another = before && "kind" in before ? before : null;
  const texts = others.map(({ id, kind }) => ({ value: id, label: `${TEXT_KIND_NAMES[kind]}, as it stands` }));
  return (
    <Page>
      <PageTitle
        crumbs={[
          { label: "Dialogues", href: "/dialogues" },
          { label: dialogue.title, href: `/dialogues/${dialogue.slug}` },
          { label: statement.speakerName, href: path },
          { label: "Texts", href: `${path}/texts?text=${text.id}` },
        ]}
        title="Texts compared"
        sub={`${TEXT_KIND_NAMES[text.kind]} · ${languageInWords(text.language)}`}
      />
      <form method="get" className="no-print mt-6 flex flex-wrap items-end gap-3">
        <Choice name="from" label="From" choices={[...choices, ...texts]} value={another?.id ?? before?.version} />
        <Choice name="to" label="To" choices={choices} value={after?.version} />
        <SubmitButton variant="default" pendingLabel="Comparing…">
          Compare
        </SubmitButton>
      </form>
      <div className="mt-6">
        {before && after ? (
          <TextComparison before={before.text} after={after.text} language={text.language} />
        ) : (
          <p>This text never had one of these versions.</p>
        )}
      </div>
      {mayEdit && before && "until" in before && before.until !== null && before.text !== text.text && (
        <div className="no-print mt-6">
          <RestoreTextForm
            dialogue={dialogue.slug}
            statement={statement.id}
            text={text.id}
            version={text.version}
            earlier={before.version}
          />
        </div>
      )}
    </Page>
  );
}

type ChoiceProps = {
  name: string;
  label: string;
  choices: { value: string; label: string }[];
  value: number | string | undefined;
};

function Choice({ name, label, choices, value }: ChoiceProps) {
  return (
    <label className="grid gap-1 text-sm font-medium">
      {label}
      <select name={name} defaultValue={value === undefined ? undefined : String(value)} className="input">
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </label>
  );
}
