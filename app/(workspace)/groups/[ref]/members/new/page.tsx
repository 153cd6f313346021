import { redirect } from "next/navigation";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { NewMembershipForm } from "@/features/actors/components/membership-form";
import { getActor, listActors } from "@/features/actors/queries/actor";
import { actorPath, KINDS_WITH_MEMBERS, type ActorDto } from "@/features/actors/schema";
import { pageCaller } from "@/lib/auth/identity";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "Add a membership" };

export default async function NewMembershipPage({ params }: { params: Promise<{ ref: string }> }) {
  await pageCaller("actor:edit");
  const caller = await pageCaller("record:read");
  const group = await orNotFound(getActor(caller, (await params).ref));
  if (!KINDS_WITH_MEMBERS.has(group.kind)) redirect(actorPath(group));
  const { actors } = await listActors(caller, {}, { limit: 1000 });
  const crumbs = [
    { label: "Groups", href: "/groups" },
    { label: group.name, href: actorPath(group) },
  ];
  return (
    <Page width="form">
      <PageTitle title="Add a membership" crumbs={crumbs} sub={group.name} />
      <div className="mt-6">
        <NewMembershipForm group={group.slug} actors={actors.filter(({ id }) => id !== group.id).map(suggestion)} />
      </div>
    </Page>
  );
}

/** An actor as it is suggested: by its name, and found by its code too. */
function suggestion({ name, iso3, slug }: ActorDto): { value: string; label: string } {
  return { value: name, label: iso3 ?? slug };
}
