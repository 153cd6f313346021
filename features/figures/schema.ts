import { z } from "zod";
import { UN_REGIONS } from "@/features/actors/schema";
import { actorRef, day, line, prose, webAddress, whole } from "@/lib/input";

export const RULES = ["own_voice", "own_and_regional", "own_and_groups"] as const;
export type Rule = (typeof RULES)[number];

/** What each counting rule is called, and what it counts, in words. */
export const RULE_NAMES: Record<Rule, { name: string; counts: string }> = {
  own_voice: { name: "own voice", counts: "States that spoke in their own capacity." },
  own_and_regional: {
    name: "own voice + regional organizations",
    counts: "These, and every state for which a regional organization spoke.",
  },
  own_and_groups: { name: "own voice + groups", counts: "Every state by every route: own voice, groups, named." },
};

export const ALIGNED = ["include", "exclude"] as const;
export type Aligned = (typeof ALIGNED)[number];

/** How a figure is counted: travels with every figure, in addresses and in exports. */
export const countingQuery = z.object({
  rule: z.enum(RULES, "There is no such counting rule.").default("own_and_groups"),
  aligned: z.enum(ALIGNED, "Aligned states are included or excluded.").default("exclude"),
  meeting: whole(1, 999).optional(),
});
export type CountingQuery = z.output<typeof countingQuery>;

/** How the years are counted: by the same rule each. */
export const trendQuery = z.strictObject({
  rule: countingQuery.shape.rule,
  aligned: countingQuery.shape.aligned,
});

/**
 * How many dialogues before one are looked at for who fell silent there, and at how many of them, the one just before included, a
 * state must have spoken.
 */
export const SILENT_WINDOW = 3;
export const SILENT_LEAST = 2;

/** What it means that a state fell silent, after "states that". */
export const SILENT_MEANING = `spoke in their own capacity at the dialogue just before and at ${SILENT_LEAST} or more of the ${SILENT_WINDOW} before this one, and not here`;

/** Which of the states inside a number to list. */
export const representedQuery = countingQuery.extend({
  kind: z.enum(["member_state", "observer"], "Member states or observers.").optional(),
  only: z.string().max(200).optional().describe("The single route by which a state is counted: a key of onlyThrough"),
  overlap: z.literal("yes").optional().describe("Only states counted by more than one route"),
  membership: z
    .literal("unknown")
    .optional()
    .describe(
      "Only those counted by nothing but memberships that no source shows on the day of the statement or before",
    ),
});
export type RepresentedQuery = z.output<typeof representedQuery>;

export const UNITS = [
  "member_states_spoke",
  "observers_spoke",
  "regional_organizations_spoke",
  "civil_society_spoke",
  "states_represented",
  "observers_represented",
  "group_members",
] as const;
export type FigureUnit = (typeof UNITS)[number];

export const UNIT_NAMES: Record<FigureUnit, string> = {
  member_states_spoke: "Member states that spoke",
  observers_spoke: "Observers that spoke",
  regional_organizations_spoke: "Regional organizations that spoke",
  civil_society_spoke: "Civil society organizations that spoke",
  states_represented: "States represented",
  observers_represented: "Observers represented",
  group_members: "Members of the group",
};

export const SCOPES = ["total", "meeting", "cumulative"] as const;
export type FigureScope = (typeof SCOPES)[number];

/** A number that somebody published. `dialogue` may be absent only for a cumulative claim. */
export const publishedFigureInput = z
  .strictObject({
    dialogue: line(120).nullish(),
    meeting: whole(1, 999).nullish(),
    group: actorRef.nullish().describe("The group whose size is claimed, for group_members"),
    scope: z.enum(SCOPES).default("total"),
    unit: z.enum(UNITS, "Say what was counted."),
    value: whole(0, 100_000),
    printed: line(200)
      .nullish()
      .describe('The words of the source where they are no plain number, for example "some 69"'),
    publisher: line(200),
    publishedOn: day.nullish(),
    rule: z.enum(RULES).nullish().describe("The counting rule that the source claims"),
    sourceUrl: webAddress,
    note: prose(5000).nullish(),
  })
  .meta({ id: "PublishedFigureInput" });
export type PublishedFigureInput = z.output<typeof publishedFigureInput>;

/** How a state took part in one dialogue. */
export const PARTICIPATIONS = ["own", "covered", "neither", "not_a_member"] as const;
export type Participation = (typeof PARTICIPATIONS)[number];

export const PARTICIPATION_NAMES: Record<Participation, string> = {
  own: "Spoke in its own capacity",
  covered: "Only through others",
  neither: "Neither spoke nor covered",
  not_a_member: "Not a member then",
};

/** A class of states by at how many dialogues they spoke, as an address has it: "5-8", or "0". */
const spokeClass = z.string().regex(/^\d{1,4}(-\d{1,4})?$/, "Write a number, or two as 5-8.");

/** Whose participation, at one dialogue or over all. */
export const participationQuery = z.strictObject({
  dialogue: line(120).optional().describe("Slug of one dialogue; over all dialogues when absent"),
  group: line(120).optional().describe("Only members of this group on the day: of the dialogue, or today"),
  region: z.enum([...UN_REGIONS, "none"], "There is no such regional group.").optional(),
  aligned: z
    .enum(ALIGNED, "Aligned states are included or excluded.")
    .default("exclude")
    .describe("Whether states that associate themselves with a statement are covered by it"),
  kind: z.enum(["member_state", "observer"], "Member states or observers.").default("member_state"),
  show: z
    .union([z.enum(PARTICIPATIONS), spokeClass], "There is no such class.")
    .optional()
    .describe("Only one class: a way of taking part, or over all dialogues a number of them such as `0` or `5-8`"),
});
export type ParticipationQuery = z.output<typeof participationQuery>;
