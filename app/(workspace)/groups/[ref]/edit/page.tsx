import { redirect } from "next/navigation";
import { ActorEdit } from "@/features/actors/components/actor-edit";
import { ActorForm } from "@/features/actors/components/actor-form";
import { getActor } from "@/features/actors/queries/actor";
import { actorPath, KINDS_WITH_MEMBERS } from "@/features/actors/schema";
import { Autosave } from "@/features/drafts/components/autosave";
import { openDraft } from "@/features/drafts/queries";
import { single, type SearchParams } from "@/lib/address";
import { pageCaller } from "@/lib/auth/identity";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "Revise a group" };

type Props = { params: Promise<{ ref: string }>; searchParams: Promise<SearchParams> };

export default async function EditGroupPage({ params, searchParams }: Props) {
  await pageCaller("actor:edit");
  const actor = await orNotFound(getActor(await pageCaller("record:read"), (await params).ref));
  if (!KINDS_WITH_MEMBERS.has(actor.kind)) redirect(`${actorPath(actor)}/edit`);
  const kept = await openDraft(await pageCaller("draft:own"), `actor.revise:${actor.id}`, single(await searchParams));
  return (
    <ActorEdit actor={actor} list={{ label: "Groups", href: "/groups" }}>
      <Autosave
        {...kept.autosave}
        path={`${actorPath(actor)}/edit`}
        title={`Changes to ${actor.name}`}
        version={actor.version}
      >
        <ActorForm actor={actor} draft={kept.values} />
      </Autosave>
    </ActorEdit>
  );
}
