import { z } from "zod";
import { Page } from "@/components/layout/page";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Menu } from "@/components/ui/menu";
import { MenuLink } from "@/components/ui/menu-item";
import { Toolbar } from "@/components/ui/toolbar";
import { KIND_NAMES } from "@/features/actors/schema";
import { DialogueHeader, DialogueTabs } from "@/features/dialogues/components/dialogue-header";
import { SpeakersTable } from "@/features/figures/components/speakers-table";
import { speakersIn } from "@/features/figures/queries/counted";
import { loadDialogueRecord } from "@/features/figures/queries/record";
import { countingQuery } from "@/features/figures/schema";
import { SPEAKER_KINDS } from "@/features/statements/schema";
import { address, lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { holds } from "@/lib/auth/permissions";
import { snapshot } from "@/lib/db";
import { formatDay, plural } from "@/lib/format";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "Speakers" };

const query = countingQuery.extend({ kind: z.enum(SPEAKER_KINDS).optional() });

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<SearchParams> };

export default async function SpeakersPage({ params, searchParams }: Props) {
  const caller = await pageCaller("record:read");
  const { slug } = await params;
  const { kind, meeting, rule, aligned } = lenient(query, single(await searchParams));
  const record = await orNotFound(snapshot(caller, (tx) => loadDialogueRecord(tx, slug)));
  const { dialogue } = record;
  const path = `/dialogues/${dialogue.slug}/speakers`;
  const rows = speakersIn(record, meeting).filter((row) => !kind || row.kind === kind);
  const to = (change: { kind?: string | undefined; meeting?: number | undefined }): string =>
    address(path, { kind, meeting, ...change });
  return (
    <Page>
      <DialogueHeader dialogue={dialogue} mayEdit={holds(caller.role, "dialogue:edit")} />
      <DialogueTabs slug={dialogue.slug} current="speakers" query={address("", { rule, aligned, meeting })} />
      <Toolbar>
        <Menu label={`Kind: ${kind ? KIND_NAMES[kind].many : "all"}`}>
          <MenuLink href={to({ kind: undefined })} current={!kind}>
            All
          </MenuLink>
          {SPEAKER_KINDS.filter((one) => one !== "group").map((one) => (
            <MenuLink key={one} href={to({ kind: one })} current={one === kind}>
              {KIND_NAMES[one].many}
            </MenuLink>
          ))}
        </Menu>
        {dialogue.meetings.length > 1 && (
          <Menu label={meeting === undefined ? "All meetings" : `Meeting ${meeting}`}>
            <MenuLink href={to({ meeting: undefined })} current={meeting === undefined}>
              All meetings
            </MenuLink>
            {dialogue.meetings.map(({ number, date, label }) => (
              <MenuLink key={number} href={to({ meeting: number })} current={number === meeting}>
                {formatDay(date)} · {label}
              </MenuLink>
            ))}
          </Menu>
        )}
        <span className="text-ink-3">{plural(rows.length, "row", "rows")}</span>
      </Toolbar>
      <p className="pb-3 text-sm text-ink-2">
        Who delivered a statement that counts, each once, in own capacity or not. Opening remarks, panellists, moderators
        and presiding officers are not statements by a state.
      </p>
      {rows.length > 0 ? (
        <SpeakersTable slug={dialogue.slug} rows={rows} />
      ) : (
        <EmptyState title="Nobody of this kind spoke." action={<ButtonLink href={path}>Show all speakers</ButtonLink>} />
      )}
    </Page>
  );
}
