import type { Metadata } from "next";
import { z } from "zod";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ButtonLink } from "@/components/ui/button";
import { Drawer } from "@/components/ui/drawer";
import { Facts } from "@/components/ui/facts";
import { KeyHints } from "@/components/ui/key-hints";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { actorNames } from "@/features/actors/queries/names";
import { History } from "@/features/audit/components/history";
import { refsIn } from "@/features/audit/formats";
import { listHistory, type HistoryEntry } from "@/features/audit/queries";
import { UnderVersion } from "@/features/codebook/components/under-version";
import { findCurrentVersion } from "@/features/codebook/queries/codebook";
import { askedVersion } from "@/features/codebook/queries/reading";
import { codebookParam } from "@/features/codebook/schema";
import { getDialogue } from "@/features/dialogues/queries";
import { StatementPositionsView } from "@/features/positions/components/statement-positions";
import { findStatementPositions } from "@/features/positions/queries/statement";
import { listTexts } from "@/features/sources/queries/texts";
import { TEXT_KIND_NAMES } from "@/features/sources/schema";
import { CoveredTable } from "@/features/statements/components/covered-table";
import { StatementWarnings } from "@/features/statements/components/recorded-notice";
import { RestoreForm, WithdrawForm } from "@/features/statements/components/withdraw-form";
import { brief, getStatement } from "@/features/statements/queries/statement";
import { ROLE_NAMES } from "@/features/statements/schema";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { holds } from "@/lib/auth/permissions";
import { snapshot } from "@/lib/db";
import { formatDay, formatDayRange, formatInstant, languageInWords, plural } from "@/lib/format";
import { orNotFound } from "@/lib/pages";

type Props = { params: Promise<{ slug: string; id: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const caller = await pageCaller("record:read");
  const { speakerName } = await orNotFound(getStatement(caller, (await params).id));
  return { title: `Statement by ${speakerName}` };
}

const KEYS = [
  { keys: "t", does: "Go to what was said", target: "#texts" },
  { keys: "e", does: "Revise this statement", target: "#revise" },
  { keys: "c", does: "Code this statement", target: "#code" },
];
const RECENT = 20;
const query = z.object({ codebook: codebookParam });

export default async function StatementPage({ params, searchParams }: Props) {
  const caller = await pageCaller("record:read");
  const { id } = await params;
  const given = single(await searchParams);
  const { statement, dialogue, texts, entries, names, coding, version, current } = await orNotFound(
    snapshot(caller, async (tx) => {
      const asked = await askedVersion(tx, lenient(query, given).codebook);
      const found = await getStatement(tx, id);
      const of = await getDialogue(tx, found.dialogue);
      const history = await listHistory(tx, { statement: found.id, dialogueId: of.id }, { limit: RECENT });
      const refs = history.flatMap(({ before, after }) => [...refsIn(before), ...refsIn(after)]);
      return {
        statement: found,
        dialogue: of,
        texts: await listTexts(tx, found.id),
        entries: history,
        names: await actorNames(tx, [...new Set(refs)]),
        coding: await findStatementPositions(tx, found.id, asked),
        version: asked,
        current: await findCurrentVersion(tx),
      };
    }),
  );
  const { saved, restored, coded } = given;
  const path = `/dialogues/${dialogue.slug}`;
  const { covers, withdrawn, person, meeting } = statement;
  const day = dialogue.meetings.find(({ number }) => number === meeting);
  const dayKnown = day !== undefined || dialogue.startsOn === dialogue.endsOn;
  const when = dayKnown ? formatDay(statement.day) : formatDayRange(dialogue.startsOn, dialogue.endsOn);
  const mayRecord = holds(caller.role, "statement:record");
  const mayCode = holds(caller.role, "position:code") && !withdrawn;
  const total = covers.states + covers.observers + covers.organizations;
  const goBack = ({ type, version, after }: HistoryEntry) =>
    mayRecord &&
    type.startsWith("statement.") &&
    !withdrawn &&
    version !== null &&
    version < statement.version &&
    after !== null && (
      <TextLink href={`${path}/statements/${statement.id}/edit?version=${version}`}>Go back to this version</TextLink>
    );
  return (
    <Page>
      <PageTitle
        crumbs={[
          { label: "Dialogues", href: "/dialogues" },
          { label: dialogue.title, href: address(path, { codebook: version }) },
        ]}
        title={`Statement by ${statement.speakerName}`}
        sub={`${ROLE_NAMES[statement.role]} · number ${statement.order} · ${when}`}
        actions={
          <>
            <ButtonLink id="texts" href={`${path}/statements/${statement.id}/texts`}>
              What was said
            </ButtonLink>
            {mayRecord && !withdrawn && (
              <ButtonLink id="revise" href={`${path}/statements/${statement.id}/edit`}>
                Revise
              </ButtonLink>
            )}
            <Drawer label="History" title="History of this statement" fallbackHref={`${path}/history`}>
              <History entries={entries} names={names} actionOf={goBack} />
            </Drawer>
          </>
        }
      />
      <UnderVersion version={version} href={`${path}/statements/${statement.id}#positions`} />
      {saved && !withdrawn && (
        <Notice tone="ok" className="mt-4">
          {restored && `${statement.speakerName}’s statement is on record again. `}Saved. This is version{" "}
          {statement.version}; what it was before is in the history.
        </Notice>
      )}
      {coded === statement.id && coding.submittedAt !== null && (
        <Notice tone="ok" className="mt-4">
          Submitted.{" "}
          <a className="link" href="#positions">
            What was coded
          </a>{" "}
          is on record; what was coded before is in the history.
        </Notice>
      )}
      {withdrawn && (
        <Notice tone="warn" className="mt-4" title="This statement is withdrawn and counts nowhere.">
          <p className="mb-2">
            {formatInstant(new Date(withdrawn.at))}: {withdrawn.reason}
          </p>
          {mayRecord && <RestoreForm statement={brief(statement)} undo={saved === String(statement.version)} />}
        </Notice>
      )}
      <div className="mt-6">
        <Facts
          facts={[
            {
              term: "Speaker",
              value: (
                <TextLink href={address(`/states/${statement.speakerSlug}`, { codebook: version })}>
                  {statement.speakerName}
                </TextLink>
              ),
            },
            { term: "Printed as", value: statement.printed },
            { term: "Person", value: person && [person.name, person.title].filter(Boolean).join(", ") },
            {
              term: "Meeting",
              value: day ? `${formatDay(day.date)} · ${day.label}` : dayKnown ? null : "day not known",
            },
            { term: "Language", value: statement.language?.toUpperCase() },
            {
              term: "Texts",
              value: texts.length > 0 && (
                <ul className="flex flex-wrap gap-x-3">
                  {texts.map((text) => (
                    <li key={text.id}>
                      <TextLink href={`${path}/statements/${statement.id}/texts?text=${text.id}`}>
                        {TEXT_KIND_NAMES[text.kind]} · {languageInWords(text.language)}
                      </TextLink>
                    </li>
                  ))}
                </ul>
              ),
            },
            {
              term: "Source",
              value: statement.sourceUrl && (
                <a className="link break-all" href={statement.sourceUrl} rel="noreferrer">
                  {statement.sourceUrl}
                </a>
              ),
            },
            {
              term: "Note",
              value: statement.note && <span className="whitespace-pre-line wrap-anywhere">{statement.note}</span>,
            },
          ]}
        />
      </div>
      <h2 id="covered" className="mt-8 mb-2">
        Covers {plural(covers.states, "state", "states")}
        {covers.observers > 0 && `, ${plural(covers.observers, "observer", "observers")}`}
        {covers.organizations > 0 && `, ${plural(covers.organizations, "organization", "organizations")}`}
      </h2>
      <p className="pb-3 text-sm text-ink-2">
        Memberships are those of {formatDay(statement.day)}. {plural(total, "row", "rows")}.
      </p>
      <StatementWarnings warnings={statement.warnings} />
      <CoveredTable covered={statement.covered} />
      <StatementPositionsView
        coding={coding}
        version={version ?? current?.number ?? null}
        quotationHref={({ id: quoted }) =>
          `${path}/statements/${statement.id}/texts?quotation=${quoted}#quotation-${quoted}`
        }
        action={
          mayCode && (
            <ButtonLink id="code" href={`${path}/statements/${statement.id}/coding`}>
              {coding.submittedAt === null ? "Code this statement" : "Change the coding"}
            </ButtonLink>
          )
        }
      />
      {mayRecord && !withdrawn && <WithdrawForm statement={brief(statement)} />}
      {mayRecord && (
        <div className="pt-4">
          <KeyHints hints={KEYS} />
        </div>
      )}
    </Page>
  );
}
