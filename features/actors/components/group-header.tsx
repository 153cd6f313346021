import type { ReactNode } from "react";
import { PageTitle } from "@/components/layout/page-title";
import { Tabs } from "@/components/layout/tabs";
import { ButtonLink } from "@/components/ui/button";
import { shortNameOf } from "@/features/actors/components/states-table";
import { SourceText } from "@/features/actors/components/sources";
import { actorPath, GROUP_VIEWS, KIND_NAMES, type ActorDto, type GroupView } from "@/features/actors/schema";
import { address } from "@/lib/address";
import type { Day } from "@/lib/format";

type GroupHeaderProps = {
  group: ActorDto;
  view: GroupView;
  /** The day asked for; today without. */
  on: Day | undefined;
  /** Number of the version of the codebook by which positions are read; the current one without. */
  codebook: number | undefined;
  mayEdit: boolean;
  /** What else can be done with the group as a whole. */
  actions?: ReactNode;
};

const LABELS: Record<GroupView, string> = {
  members: "Members on a day",
  periods: "All periods",
  statements: "Statements",
  positions: "Positions",
  cohesion: "Cohesion",
  names: "Names",
};

/** The head of the page of a group: what it is, and the views of it. */
export function GroupHeader({ group, view, on, codebook, mayEdit, actions }: GroupHeaderProps) {
  const path = actorPath(group);
  const short = shortNameOf(group);
  const alsoKnownAs = short === group.name ? null : short;
  return (
    <>
      <PageTitle
        title={group.name}
        crumbs={[{ label: "Groups", href: "/groups" }]}
        sub={[KIND_NAMES[group.kind].one, alsoKnownAs].filter(Boolean).join(" · ")}
        actions={
          <>
            {actions}
            <ButtonLink href={address("/compare", { actors: group.slug })}>Compare with…</ButtonLink>
            <ButtonLink href={`${path}/history`}>History</ButtonLink>
            {mayEdit && <ButtonLink href={`${path}/edit`}>Revise</ButtonLink>}
            {mayEdit && (
              <ButtonLink variant="primary" href={`${path}/members/new`}>
                Add a membership
              </ButtonLink>
            )}
          </>
        }
      />
      {group.note && <p className="mt-3 max-w-read text-ink-2">{group.note}</p>}
      {group.source && (
        <p className="mt-1 max-w-read text-sm text-ink-2">
          Source: <SourceText source={group.source} />
        </p>
      )}
      <Tabs
        label="Views of the group"
        tabs={GROUP_VIEWS.map((one) => ({
          label: LABELS[one],
          href: address(path, { view: one === "members" ? undefined : one, on, codebook }),
          current: one === view,
        }))}
      />
    </>
  );
}
