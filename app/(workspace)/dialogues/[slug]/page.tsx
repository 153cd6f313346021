import type { Metadata } from "next";
import { cache } from "react";
import { z } from "zod";
import { Page } from "@/components/layout/page";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { KeyHints } from "@/components/ui/key-hints";
import { TextLink } from "@/components/ui/text-link";
import { UnderVersion } from "@/features/codebook/components/under-version";
import { today } from "@/features/actors/queries/actor";
import { findCurrentVersion } from "@/features/codebook/queries/codebook";
import { askedVersion } from "@/features/codebook/queries/reading";
import { codebookParam } from "@/features/codebook/schema";
import { DialogueHeader, DialogueTabs } from "@/features/dialogues/components/dialogue-header";
import { CiteFigures } from "@/features/figures/components/cite-figures";
import { Claims, OnlyThrough, RuleSwitch } from "@/features/figures/components/counting-bar";
import { ActNotice } from "@/features/batches/components/act-notice";
import { findAct } from "@/features/batches/queries";
import { headlineInWords, HeadlineSentence } from "@/features/figures/components/headline-sentence";
import { chipsOf } from "@/features/figures/queries/claims";
import {
  countUnknownMemberships,
  figuresOf,
  nameOfRoute,
  soleRegionalOrganization,
} from "@/features/figures/queries/counted";
import { atMeeting, loadDialogueRecord } from "@/features/figures/queries/record";
import { countingQuery } from "@/features/figures/schema";
import { ParticipantsTable } from "@/features/statements/components/participants-table";
import {
  filterParams,
  filtersInWords,
  ParticipantsToolbar,
} from "@/features/statements/components/participants-toolbar";
import { RecordedNotice } from "@/features/statements/components/recorded-notice";
import { participantsOf } from "@/features/statements/queries/participants";
import { statementDetail } from "@/features/statements/queries/statement";
import { participantQuery } from "@/features/statements/schema";
import { SaveView } from "@/features/views/components/save-view";
import { WatchButton } from "@/features/audit/components/watch-button";
import { isWatched } from "@/features/audit/queries/watches";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { holds } from "@/lib/auth/permissions";
import { snapshot } from "@/lib/db";
import { orNotFound } from "@/lib/pages";
import { plural } from "@/lib/format";

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<SearchParams> };

/** Read once for the title and the page. */
const recordOf = cache(async (slug: string) => {
  const caller = await pageCaller("record:read");
  return orNotFound(snapshot(caller, (tx) => loadDialogueRecord(tx, slug)));
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { dialogue } = await recordOf((await params).slug);
  return { title: dialogue.title };
}

const underVersion = z.object({ codebook: codebookParam });

const KEYS = [
  { keys: "n", does: "Add a statement", target: "#add-statement" },
  { keys: "g", does: "Open debate-night mode", target: "#open-grid" },
  { keys: "p", does: "Paste a list", target: "#paste-list" },
  { keys: "/", does: "Search the record", target: "#site-search" },
  { keys: "f", does: "Find a participant", target: "main input[name=q]" },
];

export default async function DialoguePage({ params, searchParams }: Props) {
  const caller = await pageCaller("record:read");
  const { slug } = await params;
  const given = single(await searchParams);
  const record = await recordOf(slug);
  const { dialogue } = record;
  const how = atMeeting(lenient(countingQuery, given), record);
  const query = atMeeting(lenient(participantQuery, given), record);
  const codebook = await askedVersion(caller, lenient(underVersion, given).codebook);
  const figures = figuresOf(record, how);
  const participants = participantsOf(record, query);
  const all = record.rows.filter(({ withdrawnAt }) => withdrawnAt === null).length;
  const withdrawn = record.rows.length - all;
  const mayRecord = holds(caller.role, "statement:record");
  const keep = {
    rule: how.rule === "own_and_groups" ? undefined : how.rule,
    aligned: how.aligned === "exclude" ? undefined : how.aligned,
    codebook: codebook === undefined ? undefined : String(codebook),
  };
  const path = `/dialogues/${dialogue.slug}`;
  const act = mayRecord && given["act"] !== undefined ? await findAct(caller, given["act"]) : null;
  const recorded = record.rows.find(({ id, withdrawnAt }) => id === given["recorded"] && withdrawnAt === null);

  return (
    <Page>
      <DialogueHeader
        dialogue={dialogue}
        mayEdit={holds(caller.role, "dialogue:edit")}
        actions={
          <>
            <SaveView name={dialogue.title} />
            <WatchButton
              watched={await isWatched(await pageCaller("watch:own"), "dialogue", dialogue.id)}
              kind="dialogue"
              subject={dialogue.id}
              name={dialogue.title}
              path={path}
            />
          </>
        }
      />
      {mayRecord && recorded && <RecordedNotice statement={statementDetail(recorded, record.cast)} />}
      {act && <ActNotice act={act} />}
      <UnderVersion version={codebook} href={address(path, { ...keep, ...filterParams(query), codebook: undefined })} />
      <HeadlineSentence
        slug={dialogue.slug}
        figures={figures}
        how={how}
        regionalOrganization={soleRegionalOrganization(record, how)}
      />
      <div className="flex flex-wrap items-center gap-3 text-sm">
        <RuleSwitch
          path={path}
          how={how}
          meetings={dialogue.meetings}
          keep={{ ...filterParams(query), codebook: keep.codebook }}
        />
        <Claims slug={dialogue.slug} claims={chipsOf(record, how)} />
        <CiteFigures
          name="the sentence and the participants"
          what="Who spoke, and for whom"
          dialogue={dialogue}
          how={how}
          filters={filtersInWords(query)}
          sentence={headlineInWords({ figures, regionalOrganization: soleRegionalOrganization(record, how) })}
          read={await today(caller)}
          table="participants"
        />
        <TextLink
          className="no-print"
          href={address("/map", { by: "participation", dialogue: dialogue.slug, aligned: keep.aligned })}
        >
          Show on a map
        </TextLink>
      </div>
      <OnlyThrough
        slug={dialogue.slug}
        how={how}
        {...figures}
        unknown={countUnknownMemberships(record, how)}
        nameOf={(key) => nameOfRoute(record, key)}
      />
      <DialogueTabs
        slug={dialogue.slug}
        current="participants"
        participants={all}
        query={address("", { ...keep, codebook: undefined, meeting: how.meeting })}
        codebook={codebook}
      />
      <ParticipantsToolbar
        slug={dialogue.slug}
        query={query}
        keep={keep}
        rows={participants.length}
        mayRecord={mayRecord}
      />
      {participants.length > 0 ? (
        <div id="participants">
          <ParticipantsTable
            slug={dialogue.slug}
            participants={participants}
            query={query}
            sortHref={(sort) => address(path, { ...keep, ...filterParams({ ...query, sort }) })}
            recorded={recorded?.id}
            codebook={codebook ?? (await findCurrentVersion(caller))?.number ?? null}
            version={codebook}
            mayCode={holds(caller.role, "position:code")}
          />
        </div>
      ) : (
        <EmptyState
          title={all === 0 ? "No statement is recorded yet." : "No statement fits these filters."}
          action={
            all === 0 ? (
              mayRecord && (
                <>
                  <ButtonLink href={`${path}/statements/new`}>Record the first statement</ButtonLink>{" "}
                  <ButtonLink href={`${path}/paste`}>Paste a list of speakers</ButtonLink>
                </>
              )
            ) : (
              <ButtonLink href={address(path, keep)}>Show all {all}</ButtonLink>
            )
          }
        />
      )}
      <div className="no-print flex flex-wrap items-center gap-4 pt-3 text-sm">
        {withdrawn > 0 && query.show === "recorded" && (
          <TextLink href={address(path, { ...keep, show: "withdrawn" })}>
            {plural(withdrawn, "withdrawn statement", "withdrawn statements")}
          </TextLink>
        )}
        {query.show === "withdrawn" && <TextLink href={address(path, keep)}>Back to the recorded statements</TextLink>}
        <KeyHints hints={mayRecord ? KEYS : KEYS.slice(3)} />
      </div>
    </Page>
  );
}
