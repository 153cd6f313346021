import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { today } from "@/features/actors/queries/actor";
import { listDialogues } from "@/features/dialogues/queries";
import { Autosave } from "@/features/drafts/components/autosave";
import { openDraft } from "@/features/drafts/queries";
import { VoteForm } from "@/features/votes/components/vote-form";
import { memberStatesOn } from "@/features/votes/queries/votes";
import { single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { formatDay } from "@/lib/format";

export const metadata = { title: "Record a vote" };

const MOST_DIALOGUES = 200;

export default async function NewVotePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  await pageCaller("vote:edit");
  const caller = await pageCaller("record:read");
  const [{ dialogues }, members] = await Promise.all([
    listDialogues(caller, {}, { limit: MOST_DIALOGUES }),
    memberStatesOn(caller, await today(caller)),
  ]);
  const kept = await openDraft(await pageCaller("draft:own"), "vote.new", single(await searchParams));
  return (
    <Page width="form">
      <PageTitle
        title="Record a vote"
        crumbs={[{ label: "Votes", href: "/votes" }]}
        sub="The list is checked against the result that the record states; nothing is recorded that does not add up."
      />
      <div className="mt-6">
        <Autosave {...kept.autosave} path="/votes/new" title="New recorded vote">
          <VoteForm
            dialogues={dialogues.map(({ slug, title, startsOn }) => ({
              value: slug,
              label: `${formatDay(startsOn)}: ${title}`,
            }))}
            members={members.map(({ ref, name }) => ({ ref, name }))}
            draft={kept.values}
          />
        </Autosave>
      </div>
    </Page>
  );
}
