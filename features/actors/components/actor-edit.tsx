import type { ReactNode } from "react";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { TextLink } from "@/components/ui/text-link";
import { actorPath, KIND_NAMES, type ActorDto } from "@/features/actors/schema";

type ActorEditProps = {
  actor: ActorDto;
  list: { label: string; href: string };
  /** The form. */
  children: ReactNode;
};

/** The page on which an actor is revised, whatever its kind. */
export function ActorEdit({ actor, list, children }: ActorEditProps) {
  return (
    <Page>
      <PageTitle
        title={`Revise ${actor.name}`}
        crumbs={[list, { label: actor.name, href: actorPath(actor) }]}
        sub={`${KIND_NAMES[actor.kind].one}. Its names, codes and what is known of it; earlier versions stay in its history.`}
      />
      {actor.kind !== "member_state" && actor.kind !== "observer" && (
        <p className="mt-3 text-ink-2">
          On record twice? <TextLink href={`${actorPath(actor)}/merge`}>Merge into another</TextLink>
        </p>
      )}
      <div className="mt-6">{children}</div>
    </Page>
  );
}
