import { CountLink } from "@/components/ui/count-link";
import { DayForm } from "@/components/ui/day-form";
import { EmptyState } from "@/components/ui/empty-state";
import { Headline } from "@/components/ui/headline";
import { Notice } from "@/components/ui/notice";
import { TextLink } from "@/components/ui/text-link";
import { Toolbar } from "@/components/ui/toolbar";
import { MembershipsTable } from "@/features/actors/components/memberships-table";
import { actorPath, type ActorDto, type MembershipDto } from "@/features/actors/schema";
import { address } from "@/lib/address";
import { formatDay, formatList, plural, type Day } from "@/lib/format";

type MembersViewProps = {
  group: ActorDto;
  day: Day;
  /** The memberships that hold on the day. */
  memberships: readonly MembershipDto[];
  mayEdit: boolean;
};

/** The members of a group on one day: how many, who, and which of them are organizations. */
export function MembersView({ group, day, memberships, mayEdit }: MembersViewProps) {
  const path = actorPath(group);
  const states = memberships.filter(({ member }) => member.kind === "member_state" || member.kind === "observer");
  const others = memberships.filter((membership) => !states.includes(membership));
  const unknown = memberships.filter(({ from }) => from === null).length;
  const list = { show: "member", mayEdit } as const;
  return (
    <>
      <Toolbar>
        <DayForm action={path} label="Members on" day={day} />
      </Toolbar>
      {memberships.length === 0 ? (
        <EmptyState
          title={`No member on ${formatDay(day)} is on record.`}
          action={<TextLink href={address(path, { view: "periods" })}>All periods of membership</TextLink>}
        >
          Choose another day, or look at all periods.
        </EmptyState>
      ) : (
        <>
          <Headline>
            <CountLink href="#members" count={memberships.length}>
              {plural(memberships.length, "member", "members")}
            </CountLink>{" "}
            on {formatDay(day)}
            {composition(states, others)}.
          </Headline>
          {unknown > 0 && (
            <Notice tone="warn" className="my-4 max-w-read">
              {unknown === 1 ? "The first day of one membership is" : `The first days of ${unknown} memberships are`}{" "}
              not known. Such a membership is taken to have begun before any day asked about, so the number for an early
              day may be too high.
            </Notice>
          )}
          <div id="members" className="mt-5">
            {states.length > 0 && (
              <MembershipsTable list="members" label="Member states and observers" memberships={states} {...list} />
            )}
            {others.length > 0 && (
              <>
                <h2 id="organizations" className="mt-8 mb-1">
                  Members that are organizations
                </h2>
                <p className="mb-3 text-ink-2">They are members, and add no states of their own to a figure.</p>
                <MembershipsTable
                  list="organizations"
                  label="Members that are organizations"
                  memberships={others}
                  {...list}
                />
              </>
            )}
          </div>
        </>
      )}
    </>
  );
}

/** What the members are, where they are not all states: ": 49 states and the European Union". */
function composition(states: readonly MembershipDto[], others: readonly MembershipDto[]): string {
  const observers = states.filter(({ member }) => member.kind === "observer").length;
  if (observers === 0 && others.length === 0) return "";
  const parts = [
    plural(states.length - observers, "state", "states"),
    ...(observers > 0 ? [plural(observers, "observer", "observers")] : []),
    ...(others.length > 3 ? [plural(others.length, "organization", "organizations")] : others.map(named)),
  ];
  return `: ${formatList(parts)}`;
}

/** As a name stands in a sentence: names of several words take the article. */
function named({ member: { name } }: MembershipDto): string {
  return /\s/.test(name) ? `the ${name}` : name;
}
