import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { today } from "@/features/actors/queries/actor";
import { listDialogues } from "@/features/dialogues/queries";
import { VoteForm } from "@/features/votes/components/vote-form";
import { memberStatesOn } from "@/features/votes/queries/votes";
import { pageCaller } from "@/lib/auth/identity";
import { formatDay } from "@/lib/format";

export const metadata = { title: "Record a vote" };

const MOST_DIALOGUES = 200;

export default async function NewVotePage() {
  await pageCaller("vote:edit");
  const caller = await pageCaller("record:read");
  const [{ dialogues }, members] = await Promise.all([
    listDialogues(caller, {}, { limit: MOST_DIALOGUES }),
    memberStatesOn(caller, await today(caller)),
  ]);
  return (
    <Page width="form">
      <PageTitle
        title="Record a vote"
        crumbs={[{ label: "Votes", href: "/votes" }]}
        sub="The list is checked against the result that the record states; nothing is recorded that does not add up."
      />
      <div className="mt-6">
        <VoteForm
          dialogues={dialogues.map(({ slug, title, startsOn }) => ({
            value: slug,
            label: `${formatDay(startsOn)}: ${title}`,
          }))}
          members={members.map(({ ref, name }) => ({ ref, name }))}
        />
      </div>
    </Page>
  );
}
