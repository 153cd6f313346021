import { Facts } from "@/components/ui/facts";
import { TextLink } from "@/components/ui/text-link";
import { SourceText } from "@/features/actors/components/sources";
import { isOn } from "@/features/actors/formats";
import { actorPath, UN_REGION_NAMES, UN_REGIONS, type ActorDto, type MembershipDto } from "@/features/actors/schema";
import { formatDay, type Day } from "@/lib/format";

type ActorFactsProps = {
  actor: ActorDto;
  /** The groups that it was ever in. */
  memberships: readonly MembershipDto[];
  day: Day;
};

/** Who an actor is: its names of the day, codes, regional group and admission. */
export function ActorFacts({ actor, memberships, day }: ActorFactsProps) {
  const { kind, iso2, iso3, m49, m49Region, m49Subregion, admittedOn, note, source } = actor;
  const state = kind === "member_state" || kind === "observer";
  return (
    <Facts
      facts={[
        { term: `Name on ${formatDay(day)}`, value: actor.name },
        { term: "Short name", value: namesOf(actor, "short", day) },
        { term: "Also known as", value: namesOf(actor, "alias", day) },
        { term: "Former names", value: namesOf(actor, "former", null) },
        { term: "Codes", value: codes({ ISO2: iso2, ISO3: iso3, M49: m49 }) },
        { term: "UN regional group", value: state && <Region memberships={memberships} day={day} /> },
        { term: "M49 region", value: [m49Region, m49Subregion].filter(Boolean).join(", ") },
        {
          term: "Admitted to the UN",
          value: kind === "member_state" && (admittedOn ? formatDay(admittedOn) : "not known"),
        },
        { term: "Note", value: note },
        { term: "Source", value: source && <SourceText source={source} /> },
      ].map(({ term, value }) => ({ term, value: value || null }))}
    />
  );
}

/** English names of one kind that are in use on a day, or of all days. */
function namesOf({ names, name }: ActorDto, kind: string, day: Day | null): string {
  return names
    .filter((one) => one.kind === kind && one.language === "en" && one.name !== name)
    .filter((one) => day === null || isOn(one, day))
    .map((one) => one.name)
    .join("; ");
}

function codes(given: Record<string, string | null>): string {
  return Object.entries(given)
    .flatMap(([name, code]) => (code === null ? [] : [`${name} ${code}`]))
    .join(" · ");
}

function Region({ memberships, day }: Omit<ActorFactsProps, "actor">) {
  const now = memberships.filter((membership) => isOn(membership, day));
  const region = UN_REGIONS.find((slug) => now.some(({ group }) => group.slug === slug));
  if (region === undefined) return "none";
  return <TextLink href={actorPath({ kind: "group", slug: region })}>{UN_REGION_NAMES[region]}</TextLink>;
}
