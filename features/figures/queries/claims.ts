import "server-only";
import { figuresOf, nameOfRoute } from "@/features/figures/queries/counted";
import { asOfDay, claimsFor, type DialogueRecord, type PublishedFigureDto } from "@/features/figures/queries/record";
import type { CountingQuery, FigureUnit } from "@/features/figures/schema";

/** What the data gives beside a published figure; null where there is nothing to compute it from. */
export function computedFor(record: DialogueRecord, claim: PublishedFigureDto): number | null {
  if (claim.scope === "cumulative") return null;
  const meeting = claim.scope === "meeting" ? (claim.meeting ?? undefined) : undefined;
  if (claim.scope === "meeting" && meeting === undefined) return null;
  if (claim.unit === "group_members") return groupSize(record, claim, meeting);
  const { spoke, represented: reached } = figuresOf(record, {
    rule: claim.rule ?? "own_and_groups",
    aligned: "exclude",
    meeting,
  });
  const values: Record<Exclude<FigureUnit, "group_members">, number> = {
    member_states_spoke: spoke.memberStates,
    observers_spoke: spoke.observers,
    regional_organizations_spoke: spoke.regionalOrganizations,
    civil_society_spoke: spoke.civilSociety,
    states_represented: reached.states,
    observers_represented: reached.observers,
  };
  return values[claim.unit];
}

/**
 * A published figure beside the computed one, and what the difference means. `incomplete`: fewer speakers are recorded than
 * were published, so the computed number is a lower bound. `uncertain`: no source shows that some members had joined, so the
 * computed size of a group is an upper bound.
 */
export type ComparedClaim = {
  claim: PublishedFigureDto;
  computed: number | null;
  verdict: "matches" | "differs" | "incomplete" | "uncertain" | "not computable";
  /** The group whose size is claimed. */
  groupName: string | null;
};

/** Every published figure of a dialogue beside what the data gives. */
export function compareClaims(record: DialogueRecord): ComparedClaim[] {
  const { complete } = figuresOf(record, { rule: "own_and_groups", aligned: "exclude" });
  return record.published.map((claim) => {
    const computed = computedFor(record, claim);
    const party =
      claim.group === null ? undefined : record.cast.register.parties.find(({ ref }) => ref === claim.group);
    const groupName = party ? record.cast.nameOn(party.id, record.dialogue.startsOn) : claim.group;
    return { claim, computed, verdict: verdictOn(record, claim, computed, complete), groupName };
  });
}

/** One published figure of a dialogue beside the computed one, in a few words. */
export type ClaimChip = { label: string; published: string; computed: string; tone: "good" | "bad" | "warn" };

const CHIP_LABELS: Partial<Record<FigureUnit, string>> = {
  member_states_spoke: "Speakers",
  states_represented: "On behalf of",
};

/** The few claims that the headline answers: speakers, states represented, sizes of groups. Publishers that disagree share one. */
export function chipsOf(record: DialogueRecord, how: CountingQuery): ClaimChip[] {
  const { spoke, represented: reached, complete } = figuresOf(record, how);
  const claims = claimsFor(record.published, how.meeting);
  const chips: ClaimChip[] = [];
  const valuesOf = (unit: FigureUnit, group: string | null = null): number[] =>
    [...new Set(claims.filter((claim) => claim.unit === unit && claim.group === group).map(({ value }) => value))].sort(
      (a, b) => a - b,
    );
  const add = (label: string, values: number[], computed: string, matches: boolean, lowerBound: boolean): void => {
    if (values.length === 0) return;
    const tone = matches ? "good" : lowerBound ? "warn" : "bad";
    chips.push({ label, published: formatAlternatives(values), computed, tone });
  };
  const speakers = valuesOf("member_states_spoke");
  const highest = speakers.at(-1);
  if (highest !== undefined && spoke.memberStates < highest) {
    chips.push({
      label: "Incomplete",
      published: formatAlternatives(speakers),
      computed: String(spoke.memberStates),
      tone: "warn",
    });
  } else
    add(
      CHIP_LABELS.member_states_spoke ?? "",
      speakers,
      String(spoke.memberStates),
      speakers.includes(spoke.memberStates),
      false,
    );
  const states = valuesOf("states_represented");
  add(CHIP_LABELS.states_represented ?? "", states, String(reached.states), states.includes(reached.states), !complete);
  for (const group of new Set(
    claims.flatMap((claim) => (claim.unit === "group_members" && claim.group ? [claim.group] : [])),
  )) {
    const sizes = valuesOf("group_members", group);
    const size = sizeInWords(record, group, how.meeting);
    if (size) add(nameOfRoute(record, group), sizes, size.words, sizes.includes(size.total), size.uncertain);
  }
  return chips;
}

/** "81 or 83": what publishers say who do not agree. */
function formatAlternatives(values: number[]): string {
  return new Intl.ListFormat("en-GB", { type: "disjunction" }).format(values.map(String));
}

/** The members of a group on a day, organizations named apart: "49 + European Union"; uncertain where no source shows that some had joined. */
type Size = { total: number; words: string; uncertain: boolean };

function sizeInWords(record: DialogueRecord, group: string, meeting: number | undefined): Size | null {
  const { cast } = record;
  const party = cast.register.parties.find(({ ref }) => ref === group);
  if (!party) return null;
  const day = asOfDay(record, meeting);
  const memberships = cast.register.membersOn(party.id, day);
  const members = memberships.map(({ memberId }) => cast.brief(memberId));
  const unknown = memberships.filter(({ membershipKnown }) => !membershipKnown).length;
  const organizations = members.filter(({ kind }) => kind === "regional_organization");
  const names = organizations.map(({ id }) => ` + ${cast.nameOn(id, day)}`).join("");
  const doubt = unknown > 0 ? ` (for ${unknown} it is not known whether they had joined)` : "";
  return {
    total: members.length,
    words: `${members.length - organizations.length}${names}${doubt}`,
    uncertain: unknown > 0,
  };
}

function verdictOn(
  record: DialogueRecord,
  { value, unit, group, meeting }: PublishedFigureDto,
  computed: number | null,
  complete: boolean,
): ComparedClaim["verdict"] {
  if (computed === null) return "not computable";
  if (computed === value) return "matches";
  if (unit !== "group_members") return !complete && computed < value ? "incomplete" : "differs";
  const size = group === null ? null : sizeInWords(record, group, meeting ?? undefined);
  return size?.uncertain && computed > value ? "uncertain" : "differs";
}

function groupSize(
  { dialogue, cast }: DialogueRecord,
  { group }: PublishedFigureDto,
  meeting: number | undefined,
): number | null {
  const party = cast.register.parties.find(({ ref }) => ref === group);
  if (!party) return null;
  const day = dialogue.meetings.find(({ number }) => number === meeting)?.date ?? dialogue.startsOn;
  return cast.register.membersOn(party.id, day).length;
}
