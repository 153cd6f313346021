import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { ActorForm } from "@/features/actors/components/actor-form";
import { actorPath, KIND_NAMES, type ActorDto } from "@/features/actors/schema";

type ActorEditProps = { actor: ActorDto; list: { label: string; href: string } };

/** The page on which an actor is revised, whatever its kind. */
export function ActorEdit({ actor, list }: ActorEditProps) {
  return (
    <Page>
      <PageTitle
        title={`Revise ${actor.name}`}
        crumbs={[list, { label: actor.name, href: actorPath(actor) }]}
        sub={`${KIND_NAMES[actor.kind].one}. Its names, codes and what is known of it; earlier versions stay in its history.`}
      />
      <div className="mt-6">
        <ActorForm actor={actor} />
      </div>
    </Page>
  );
}
