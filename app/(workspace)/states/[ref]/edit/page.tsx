import { redirect } from "next/navigation";
import { ActorEdit } from "@/features/actors/components/actor-edit";
import { getActor } from "@/features/actors/queries/actor";
import { actorPath, KINDS_WITH_MEMBERS } from "@/features/actors/schema";
import { pageCaller } from "@/lib/auth/identity";
import { orNotFound } from "@/lib/pages";

export const metadata = { title: "Revise an actor" };

export default async function EditStatePage({ params }: { params: Promise<{ ref: string }> }) {
  await pageCaller("actor:edit");
  const actor = await orNotFound(getActor(await pageCaller("record:read"), (await params).ref));
  if (KINDS_WITH_MEMBERS.has(actor.kind)) redirect(`${actorPath(actor)}/edit`);
  return <ActorEdit actor={actor} list={{ label: "States and other actors", href: "/states" }} />;
}
