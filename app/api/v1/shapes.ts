import { z } from "zod";
import { ACTOR_KINDS, UN_REGIONS } from "@/features/actors/schema";
import { EVENT_TYPES } from "@/features/audit/schema";
import { CROSSWALK_KINDS, POSITION_VALUES } from "@/features/codebook/schema";
import { DIALOGUE_KINDS } from "@/features/dialogues/schema";
import { ALIGNED, RULES, SCOPES, UNITS } from "@/features/figures/schema";
import { BASES, PARTICIPANT_SORTS, STATEMENT_ROLES } from "@/features/statements/schema";
import { VOTE_VALUES } from "@/features/votes/schema";

/** What the API answers, as schemas: the answers are checked against them, and the description is made from them. */

const day = z.string().meta({ format: "date" });
const ref = z.string().describe("ISO3 code of a state or observer, slug of any other actor");
const count = z.int();

const reportBrief = z.object({ slug: z.string(), title: z.string(), symbol: z.string().nullable() });

export const dialogueShape = z
  .object({
    id: z.uuid(),
    slug: z.string(),
    title: z.string(),
    kind: z.enum(DIALOGUE_KINDS),
    ordinal: z.int().nullable(),
    startsOn: day,
    endsOn: day,
    body: z.string(),
    report: z.string().nullable().describe("Slug of the report considered"),
    considers: reportBrief.nullable(),
    meetings: z.array(z.object({ number: z.int(), date: day, label: z.string() })),
    note: z.string().nullable(),
    sourceUrl: z.string().nullable(),
    version: z.int(),
  })
  .meta({ id: "Dialogue" });

export const reportShape = reportBrief
  .extend({
    id: z.uuid(),
    publishedOn: day.nullable(),
    summary: z.string().nullable(),
    sourceUrl: z.string().nullable(),
    version: z.int(),
    requests: z
      .array(
        z.object({
          text: z.string(),
          addressee: z.string().nullable().describe("Of whom it is asked"),
          paragraph: z.string().nullable().describe("The paragraph of the report, as it numbers it"),
        }),
      )
      .describe("What the report asks, in its order"),
    dialogues: z.array(z.object({ slug: z.string(), title: z.string(), startsOn: day, endsOn: day })),
  })
  .meta({ id: "Report" });

const represents = z.union([
  z.object({ basis: z.literal("own") }),
  z.object({ basis: z.literal("group"), group: ref, exclude: z.array(ref) }),
  z.object({ basis: z.enum(["named", "aligned"]), actor: ref }),
]);

export const statementShape = z
  .object({
    id: z.uuid(),
    dialogue: z.string().describe("Slug of the dialogue"),
    day: day.describe("The day on which memberships are read"),
    speaker: ref,
    speakerName: z.string().describe("The name valid on the day"),
    speakerSlug: z.string(),
    speakerKind: z.enum(ACTOR_KINDS),
    printed: z.string().nullable(),
    role: z.enum(STATEMENT_ROLES),
    order: z.int(),
    meeting: z.int().nullable(),
    language: z.string().nullable(),
    person: z.object({ name: z.string(), title: z.string().nullable() }).nullable(),
    sourceUrl: z.string().nullable(),
    note: z.string().nullable(),
    represents: z.array(represents),
    covers: z.object({ states: count, observers: count, organizations: count }),
    withdrawn: z.object({ at: z.string(), reason: z.string().nullable() }).nullable(),
    version: z.int(),
  })
  .meta({ id: "Statement" });

const coveredIfCounted = count.nullable().describe("Null when the statement is not counted");

export const participantShape = z
  .object({
    id: z.uuid(),
    order: z.int(),
    speaker: ref,
    slug: z.string(),
    name: z.string().describe("The speaker's name as valid on the day"),
    iso3: z.string().nullable(),
    m49: z.string().nullable(),
    printed: z.string().nullable(),
    kind: z.enum(ACTOR_KINDS),
    role: z.enum(STATEMENT_ROLES),
    onBehalfOf: z.string(),
    bases: z.array(z.enum(BASES)),
    states: coveredIfCounted,
    observers: coveredIfCounted,
    organizations: coveredIfCounted,
    counted: z.boolean().describe("Whether the statement takes part in figures"),
    meeting: z.int().nullable(),
    language: z.string().nullable(),
    person: z.string().nullable(),
    title: z.string().nullable(),
    source: z.string().nullable(),
    note: z.string().nullable(),
    coding: z.int().nullable().describe("Number of the version of the codebook under which it was coded, or null"),
    withdrawn: z.object({ at: z.string(), reason: z.string().nullable() }).nullable(),
    version: z.int(),
  })
  .partial()
  .required({ id: true })
  .meta({ id: "Participant", description: "With `columns` only the id and the fields of these columns" });

const covered = z.object({
  ref,
  slug: z.string(),
  name: z.string(),
  kind: z.enum(ACTOR_KINDS),
  routes: z.array(z.string()),
  by: z.array(z.string()).describe("The same routes in words"),
  bases: z.array(z.enum(BASES)),
  countedAs: z.enum(["member_state", "observer"]).nullable(),
  notCounted: z.enum(["organization", "struck_out", "not_admitted"]).nullable(),
  membershipKnown: z
    .boolean()
    .describe("False: some route rests on a membership that no source shows on that day or before"),
});

export const statementDetailShape = statementShape
  .extend({
    covered: z.array(covered),
    warnings: z.array(z.string()).describe("What is odd, but stops nobody: a group without members on that day"),
  })
  .meta({ id: "StatementDetail" });

const candidate = z.object({ actor: ref, name: z.string(), kind: z.enum(ACTOR_KINDS), slug: z.string() });

const matchedName = {
  printed: z.string().describe("The name as the line has it"),
  match: z
    .enum(["exact", "alias", "fuzzy", "none"])
    .describe("By an official or short name or a code; by another or former name; by likeness; not at all"),
  actor: ref.nullable().describe("Null: choose among the candidates, or nobody on record is called so"),
  candidates: z.array(candidate),
};

export const matchedListShape = z
  .object({
    lines: z.array(
      z.object({
        line: z.int().describe("Number of the line from 1; a line that lists several speakers is there once for each"),
        text: z.string().describe("The whole line"),
        ...matchedName,
        role: z.enum(STATEMENT_ROLES),
        person: z.object({ name: z.string(), title: z.string().nullable() }).nullable(),
        represents: z
          .array(represents)
          .describe("Of the parties that are certain, as a statement takes it; empty is own capacity"),
        parties: z.array(
          z.object({
            ...matchedName,
            basis: z.enum(["group", "named"]),
            excluded: z.boolean().describe("A member for whom the group's statement was not delivered"),
          }),
        ),
        duplicateOf: z
          .object({
            statement: z.uuid().nullable().describe("A statement on record by the same speaker"),
            line: z.int().nullable().describe("An earlier line with the same speaker"),
          })
          .nullable()
          .describe("A warning: one state may deliver two statements"),
      }),
    ),
  })
  .meta({ id: "MatchedList" });

export const importedParticipantsShape = z
  .object({
    batch: z.uuid().describe("The act, by which all of it can be undone"),
    recorded: count,
    statements: z.array(z.object({ id: z.uuid(), order: z.int(), speaker: ref })),
  })
  .meta({ id: "ImportedParticipants" });

const spoke = z.object({
  memberStates: count,
  observers: count,
  regionalOrganizations: count,
  civilSociety: count,
  unOffices: count,
});

export const figuresShape = z
  .object({
    rule: z.enum(RULES),
    aligned: z.enum(ALIGNED),
    asOf: day,
    spoke,
    represented: z.object({ states: count, observers: count }),
    onlyThrough: z
      .record(z.string(), count)
      .describe("Member states whose single route it is: by the group's slug, or the whole route"),
    overlap: z.array(z.object({ actor: ref, routes: z.array(z.string()) })),
    complete: z.boolean(),
    missing: spoke.partial().describe("Published less recorded numbers of speakers"),
  })
  .meta({ id: "Figures" });

export const participantsFileShape = z
  .object({
    dialogue: dialogueShape,
    filters: z.record(z.string(), z.unknown()).describe("Those that were given, and `show`"),
    sort: z.enum(PARTICIPANT_SORTS),
    rule: z.enum(RULES),
    aligned: z.enum(ALIGNED),
    figures: figuresShape.describe("Of the whole dialogue or meeting, whatever the filters leave"),
    headline: z.string(),
    codebookVersion: z.null().describe("The list has no coded positions"),
    generatedAt: z.string().meta({ format: "date-time" }),
    link: z.string().describe("The same list on screen"),
    total: z.int(),
    columns: z.array(
      z.object({
        name: z.string(),
        title: z.string(),
        datatype: z.string(),
        fields: z.array(z.string()).describe("Fields of a row that belong to the column"),
        description: z.string(),
      }),
    ),
    next: z.null().describe("There is no other page"),
    data: z.array(participantShape),
  })
  .meta({ id: "ParticipantsFile" });

export const representedShape = z
  .object({
    actor: ref,
    slug: z.string(),
    name: z.string(),
    kind: z.enum(["member_state", "observer"]),
    membershipKnown: z
      .boolean()
      .describe("False: counted by nothing but memberships that no source shows on the day of the statement or before"),
    routes: z.array(z.string()).describe("own, group:<slug>, named:<speaker>, aligned:<speaker>"),
    explained: z.array(
      z.object({
        route: z.string(),
        label: z.string(),
        statements: z.array(z.object({ id: z.uuid(), speaker: z.string() })),
      }),
    ),
  })
  .meta({ id: "Represented" });

export const cumulativeShape = z
  .object({
    dialogue: z.string(),
    title: z.string(),
    startsOn: day,
    spoke: count.describe("Distinct member states that spoke so far"),
    represented: count.describe("Distinct member states represented so far"),
    firstTime: z.array(ref).describe("Member states that spoke here and at no earlier dialogue"),
  })
  .meta({ id: "Cumulative" });

export const publishedFigureShape = z
  .object({
    id: z.uuid(),
    dialogue: z.string().nullable(),
    meeting: z.int().nullable(),
    group: ref.nullable(),
    scope: z.enum(SCOPES),
    unit: z.enum(UNITS),
    value: count,
    printed: z.string().nullable(),
    publisher: z.string(),
    publishedOn: day.nullable(),
    rule: z.enum(RULES).nullable(),
    sourceUrl: z.string(),
    note: z.string().nullable(),
  })
  .meta({ id: "PublishedFigure" });

const snapshot = z.record(z.string(), z.unknown()).nullable();

export const changeShape = z
  .object({
    id: z.string(),
    at: z.string().meta({ format: "date-time" }),
    type: z.enum(EVENT_TYPES),
    subjectId: z.uuid(),
    by: z.string(),
    version: z.int().nullable(),
    reason: z.string().nullable(),
    before: snapshot,
    after: snapshot,
    changes: z.array(z.object({ field: z.string(), before: z.unknown().optional(), after: z.unknown().optional() })),
  })
  .meta({ id: "Change" });

export const issueShape = z
  .object({
    id: z.uuid().describe("Lasts over all versions of the codebook"),
    code: z.string(),
    title: z.string(),
    definition: z.string(),
    include: z.string().nullable(),
    exclude: z.string().nullable(),
    examples: z.array(z.string()),
    kind: z.string().nullable(),
    period: z.string().nullable(),
    source: z.string().nullable(),
    place: count,
    scale: z
      .array(z.object({ value: z.enum(POSITION_VALUES), meaning: z.string() }))
      .describe("What each value means, in order. Empty: the issue takes no position"),
    codebook: count.describe("Number of the version that words it so"),
  })
  .meta({ id: "Issue" });

export const codebookVersionShape = z
  .object({
    number: count,
    note: z.string().nullable(),
    publishedAt: z.string().meta({ format: "date-time" }).nullable(),
    publishedBy: z.string().nullable(),
    issues: count,
    crosswalk: z
      .array(z.object({ kind: z.enum(CROSSWALK_KINDS), from: z.string().nullable(), to: z.string().nullable() }))
      .describe("By code: `from` in the version before, `to` in this one"),
  })
  .meta({ id: "CodebookVersion" });

export const recordedVoteShape = z
  .object({
    id: z.uuid(),
    slug: z.string(),
    symbol: z.string().nullable(),
    title: z.string(),
    date: day,
    dialogue: z.string().nullable().describe("Slug"),
    result: z
      .object({ yes: count, no: count, abstain: count, notVoting: count })
      .describe("As the record states it, and as the votes add up"),
    sourceUrl: z.string().nullable(),
    note: z.string().nullable(),
    version: z.int(),
  })
  .meta({ id: "RecordedVote" });

export const rollCallShape = recordedVoteShape
  .extend({
    votes: z.array(
      z.object({
        actor: ref,
        slug: z.string(),
        name: z.string().describe("The name valid on the day"),
        value: z.enum(VOTE_VALUES),
        printed: z.string().nullable().describe("The name as the record prints it"),
        region: z.enum(UN_REGIONS).nullable().describe("UN regional group on the day"),
      }),
    ),
    missing: z
      .array(z.object({ actor: ref, slug: z.string(), name: z.string() }))
      .describe("Members of that day who are not listed"),
  })
  .meta({ id: "RollCall" });
