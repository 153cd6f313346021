import { redirect } from "next/navigation";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { NewMembershipForm } from "@/features/actors/components/membership-form";
import { getActor, listActors } from "@/features/actors/queries/actor";
import { actorPath, KINDS_WITH_MEMBERS, type ActorDto } from "@/features/actors/schema";
import { Autosave } from "@/features/drafts/components/autosave";
import { openDraft } from "@/features/drafts/queries";
import { single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "Add a membership" };

type Props = { params: Promise<{ ref: string }>; searchParams: Promise<SearchParams> };

export default async function NewMembershipPage({ params, searchParams }: Props) {
  await pageCaller("actor:edit");
  const caller = await pageCaller("record:read");
  const group = await orNotFound(getActor(caller, (await params).ref));
  if (!KINDS_WITH_MEMBERS.has(group.kind)) redirect(actorPath(group));
  const { actors } = await listActors(caller, {}, { limit: 1000 });
  const kept = await openDraft(
    await pageCaller("draft:own"),
    `membership.new:${group.slug}`,
    single(await searchParams),
  );
  const crumbs = [
    { label: "Groups", href: "/groups" },
    { label: group.name, href: actorPath(group) },
  ];
  return (
    <Page width="form">
      <PageTitle title="Add a membership" crumbs={crumbs} sub={group.name} />
      <div className="mt-6">
        <Autosave {...kept.autosave} path={`/groups/${group.slug}/members/new`} title={`New member of ${group.name}`}>
          <NewMembershipForm
            group={group.slug}
            actors={actors.filter(({ id }) => id !== group.id).map(suggestion)}
            draft={kept.values}
          />
        </Autosave>
      </div>
    </Page>
  );
}

/** An actor as it is suggested: by its name, and found by its code too. */
function suggestion({ name, iso3, slug }: ActorDto): { value: string; label: string } {
  return { value: name, label: iso3 ?? slug };
}
