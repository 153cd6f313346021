import { z } from "zod";
import { Page } from "@/components/layout/page";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterMenu } from "@/components/ui/filter-menu";
import { Toolbar } from "@/components/ui/toolbar";
import { today } from "@/features/actors/queries/actor";
import { KIND_NAMES } from "@/features/actors/schema";
import { CiteFigures } from "@/features/figures/components/cite-figures";
import { DialogueHeader, DialogueTabs } from "@/features/dialogues/components/dialogue-header";
import { SpeakersTable } from "@/features/figures/components/speakers-table";
import { speakersIn } from "@/features/figures/queries/counted";
import { atMeeting, loadDialogueRecord } from "@/features/figures/queries/record";
import { countingQuery } from "@/features/figures/schema";
import { SPEAKER_KINDS } from "@/features/statements/schema";
import { SaveView } from "@/features/views/components/save-view";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { holds } from "@/lib/auth/permissions";
import { snapshot } from "@/lib/db";
import { formatDay, plural } from "@/lib/format";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "Speakers" };

const KINDS = SPEAKER_KINDS.filter((value) => value !== "group").map((value) => ({
  value,
  label: KIND_NAMES[value].many,
}));

const query = countingQuery.extend({ kind: z.enum(SPEAKER_KINDS).optional() });

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<SearchParams> };

export default async function SpeakersPage({ params, searchParams }: Props) {
  const caller = await pageCaller("record:read");
  const { slug } = await params;
  const given = lenient(query, single(await searchParams));
  const record = await orNotFound(snapshot(caller, (tx) => loadDialogueRecord(tx, slug)));
  const { dialogue } = record;
  const { kind, meeting, rule, aligned } = atMeeting(given, record);
  const path = `/dialogues/${dialogue.slug}/speakers`;
  const rows = speakersIn(record, meeting).filter((row) => !kind || row.kind === kind);
  return (
    <Page>
      <DialogueHeader
        dialogue={dialogue}
        mayEdit={holds(caller.role, "dialogue:edit")}
        actions={<SaveView name={`Speakers, ${dialogue.title}`} />}
      />
      <DialogueTabs slug={dialogue.slug} current="speakers" query={address("", { rule, aligned, meeting })} />
      <Toolbar>
        <FilterMenu
          label="Kind"
          chosen={kind}
          options={KINDS}
          hrefFor={(value) => address(path, { kind: value, meeting, rule, aligned })}
        />
        {dialogue.meetings.length > 1 && (
          <FilterMenu
            label="Meeting"
            chosen={meeting === undefined ? undefined : String(meeting)}
            options={dialogue.meetings.map(({ number, date, label }) => ({
              value: String(number),
              label: `${formatDay(date)} · ${label}`,
            }))}
            hrefFor={(value) => address(path, { kind, meeting: value, rule, aligned })}
          />
        )}
        <span className="text-ink-3">{plural(rows.length, "row", "rows")}</span>
        <CiteFigures
          name="the speakers"
          what="Speakers"
          dialogue={dialogue}
          how={{ rule, aligned, meeting }}
          filters={[kind && `Kind: ${KIND_NAMES[kind].many}`]}
          sentence={`${plural(rows.length, "speaker", "speakers")} delivered a statement that counts.`}
          read={await today(caller)}
          table="speakers"
        />
      </Toolbar>
      <p className="pb-3 text-sm text-ink-2">
        Who delivered a statement that counts, each once, in own capacity or not. Opening remarks, panellists,
        moderators and presiding officers are not statements by a state.
      </p>
      {rows.length > 0 ? (
        <div id="speakers">
          <SpeakersTable slug={dialogue.slug} rows={rows} />
        </div>
      ) : (
        <EmptyState
          title="Nobody of this kind spoke."
          action={<ButtonLink href={address(path, { rule, aligned })}>Show all speakers</ButtonLink>}
        />
      )}
    </Page>
  );
}
