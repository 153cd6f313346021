import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { EmptyState } from "@/components/ui/empty-state";
import { Kbd } from "@/components/ui/kbd";
import { atMeeting, loadDialogueRecord } from "@/features/figures/queries/record";
import { BulkEditForm } from "@/features/statements/components/bulk-edit-form";
import { loadFormChoices } from "@/features/statements/queries/form";
import { participantsOf } from "@/features/statements/queries/participants";
import { participantQuery } from "@/features/statements/schema";
import { lenient, single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { snapshot } from "@/lib/db";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "Change many statements" };

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<SearchParams> };

export default async function BulkEditPage({ params, searchParams }: Props) {
  const caller = await pageCaller("statement:record");
  const { slug } = await params;
  const { record, choices } = await orNotFound(
    snapshot(caller, async (tx) => {
      const found = await loadDialogueRecord(tx, slug);
      return { record: found, choices: await loadFormChoices(tx, found.dialogue) };
    }),
  );
  const { dialogue } = record;
  const query = atMeeting(lenient(participantQuery, single(await searchParams)), record);
  const participants = participantsOf(record, { ...query, show: "recorded" });
  const names = new Map(choices.actors.map(({ ref, name }) => [ref, name]));
  const groups = choices.groups
    .map(({ ref }) => ({ ref, name: names.get(ref) ?? ref }))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
  return (
    <Page>
      <PageTitle
        crumbs={[
          { label: "Dialogues", href: "/dialogues" },
          { label: dialogue.title, href: `/dialogues/${dialogue.slug}` },
        ]}
        title="Change many statements"
        sub="Tick statements, say what changes, look at the preview. It is one act, and can be undone."
      />
      <p className="no-print mt-2 text-sm text-ink-2 pointer-coarse:hidden">
        <Kbd>Space</Kbd> tick · <Kbd>Shift</Kbd> <Kbd>Space</Kbd> tick all from the last one · <Kbd>↑</Kbd> <Kbd>↓</Kbd>{" "}
        next box
      </p>
      {participants.length > 0 ? (
        <BulkEditForm dialogue={dialogue} participants={participants} groups={groups} />
      ) : (
        <EmptyState title="There is no statement to change." />
      )}
    </Page>
  );
}
