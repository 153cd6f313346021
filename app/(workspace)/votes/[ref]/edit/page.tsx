import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { listDialogues } from "@/features/dialogues/queries";
import { Autosave } from "@/features/drafts/components/autosave";
import { openDraft } from "@/features/drafts/queries";
import { VoteForm } from "@/features/votes/components/vote-form";
import { getRollCall, memberStatesOn } from "@/features/votes/queries/votes";
import { single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { formatDay } from "@/lib/format";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "Revise a recorded vote" };

const MOST_DIALOGUES = 200;

type Props = { params: Promise<{ ref: string }>; searchParams: Promise<SearchParams> };

export default async function EditVotePage({ params, searchParams }: Props) {
  await pageCaller("vote:edit");
  const caller = await pageCaller("record:read");
  const rollCall = await orNotFound(getRollCall(caller, (await params).ref));
  const [{ dialogues }, members] = await Promise.all([
    listDialogues(caller, {}, { limit: MOST_DIALOGUES }),
    memberStatesOn(caller, rollCall.date),
  ]);
  const kept = await openDraft(await pageCaller("draft:own"), `vote.revise:${rollCall.id}`, single(await searchParams));
  const path = `/votes/${rollCall.slug}`;
  const name = rollCall.symbol ?? rollCall.title;
  return (
    <Page width="form">
      <PageTitle
        title="Revise a recorded vote"
        crumbs={[
          { label: "Votes", href: "/votes" },
          { label: name, href: path },
        ]}
        sub="The list is checked against the result that the record states; nothing is saved that does not add up."
      />
      <div className="mt-6">
        <Autosave {...kept.autosave} path={`${path}/edit`} title={`Changes to ${name}`} version={rollCall.version}>
          <VoteForm
            dialogues={dialogues.map(({ slug, title, startsOn }) => ({
              value: slug,
              label: `${formatDay(startsOn)}: ${title}`,
            }))}
            members={members.map(({ ref, name: state }) => ({ ref, name: state }))}
            draft={kept.values}
            rollCall={rollCall}
          />
        </Autosave>
      </div>
    </Page>
  );
}
