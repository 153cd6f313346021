import { z } from "zod";
import { line, prose, version, whole } from "@/lib/input";

/** The scale of every issue, in its order. */
export const POSITION_VALUES = ["support", "conditional", "mixed", "sceptical", "oppose"] as const;
export type PositionValue = (typeof POSITION_VALUES)[number];

/** What each value is called on the page. */
export const VALUE_NAMES: Record<PositionValue, string> = {
  support: "Supports",
  conditional: "Supports with conditions",
  mixed: "Mixed",
  sceptical: "Sceptical",
  oppose: "Opposes",
};

/** What the values mean on an issue whose author does not say it. */
export const PLAIN_SCALE: readonly ScaleStep[] = [
  { value: "support", meaning: "Supports what the issue is about." },
  { value: "conditional", meaning: "Supports it under a condition that the statement names." },
  { value: "mixed", meaning: "Supports some of it and objects to some of it, or gives reasons for and against." },
  { value: "sceptical", meaning: "Doubts it without objecting." },
  { value: "oppose", meaning: "Objects to it." },
];

/** What one value means on one issue. */
export type ScaleStep = { value: PositionValue; meaning: string };

/** An issue as one version of the codebook words it. */
export type IssueDto = {
  /** Lasts over all versions; positions refer to it. */
  id: string;
  code: string;
  title: string;
  definition: string;
  include: string | null;
  exclude: string | null;
  examples: string[];
  kind: string | null;
  period: string | null;
  source: string | null;
  /** Place in the codebook, from 1. */
  place: number;
  /** In the order of the scale. Empty: the issue takes no position, such as coverage by a group's statement. */
  scale: ScaleStep[];
};

/** An issue by its names. */
export type IssueName = { id: string; code: string; title: string };

/** One version of the codebook without its issues. */
export type VersionDto = {
  id: string;
  number: number;
  status: "draft" | "published";
  note: string | null;
  publishedAt: Date | null;
  publishedBy: string | null;
  /** Of the record, for a draft that several people edit. */
  version: number;
};

export type CodebookDto = VersionDto & { issues: IssueDto[] };

/** Codes that are addresses of other pages. */
const RESERVED = new Set(["draft", "versions", "recode"]);

/** How addresses, files and the API name an issue. */
const issueCode = z
  .string()
  .trim()
  .min(1, "This is needed.")
  .max(60, "At most 60 characters.")
  .regex(
    /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/,
    "Use lower-case letters, digits and single underscores; start with a letter.",
  )
  .refine((code) => !RESERVED.has(code), "This word is the address of another page.");

const scaleStep = z.strictObject({
  value: z.enum(POSITION_VALUES, "There is no such value."),
  meaning: line(500),
});

const scale = z
  .array(scaleStep)
  .refine(
    (steps) => steps.length === 0 || POSITION_VALUES.every((value) => steps.some((step) => step.value === value)),
    "A scale says what each of the five values means.",
  )
  .refine((steps) => new Set(steps.map(({ value }) => value)).size === steps.length, "A value stands here twice.")
  .transform((steps) => steps.toSorted((a, b) => POSITION_VALUES.indexOf(a.value) - POSITION_VALUES.indexOf(b.value)));

/** How an issue is worded. Without a scale it has the plain one; an empty one says that it takes no position. */
export const wordingInput = z.strictObject({
  code: issueCode,
  title: line(120),
  definition: prose(2000),
  include: prose(2000).nullish(),
  exclude: prose(2000).nullish(),
  examples: z.array(line(500)).max(20).default([]),
  kind: line(60)
    .nullish()
    .describe("What kind of question it is: stance, concern, ask, commitment, reference, emphasis"),
  period: line(60).nullish().describe("The years in which it was seen, in words"),
  source: line(500).nullish(),
  scale: scale.optional(),
});
export type WordingInput = z.output<typeof wordingInput>;

/** A new issue by the API: published at once as a version of its own, or put into the open draft. */
export const issueInput = wordingInput
  .extend({
    draft: z.boolean().default(false).describe("True: into the draft, which is opened when there is none"),
  })
  .meta({ id: "IssueInput" });
export type IssueInput = z.output<typeof issueInput>;

const examplesText = prose(12_000)
  .transform((text) =>
    text
      .split("\n")
      .map((one) => one.trim())
      .filter((one) => one !== ""),
  )
  .pipe(z.array(line(500)).max(20, "At most 20 examples, one a line."));

/** The form of one issue of the draft: a meaning per value as a field each, examples one a line. */
export const wordingForm = z
  .strictObject({
    ...wordingInput.omit({ examples: true, scale: true }).shape,
    examples: examplesText.optional(),
    scale: z
      .strictObject(
        Object.fromEntries(POSITION_VALUES.map((value) => [value, line(500).optional()])) as Record<
          PositionValue,
          z.ZodOptional<ReturnType<typeof line>>
        >,
      )
      .optional(),
    issue: z.uuid().optional(),
    version,
  })
  .transform(({ issue, version, examples = [], scale = {}, ...wording }, context) => {
    const steps = POSITION_VALUES.flatMap((value) => {
      const meaning = scale[value];
      return meaning === undefined ? [] : [{ value, meaning }];
    });
    const missing = POSITION_VALUES.filter((value) => scale[value] === undefined);
    if (steps.length > 0) {
      for (const value of missing) {
        context.addIssue({ code: "custom", path: ["scale", value], message: "Say what this value means here." });
      }
    }
    return { issue, version, wording: { ...wording, examples, scale: steps } satisfies WordingInput };
  });

/** A code and a title, for an issue that starts as a copy of another. */
const named = z.strictObject({ code: issueCode, title: line(120) });
export type Named = z.output<typeof named>;

const ofIssue = { issue: z.uuid(), version };

export const openDraftForm = z.strictObject({ open: z.literal("next") });
export const draftForm = z.strictObject({ version });
export const publishForm = z.strictObject({ version, note: line(500) });
export const issueOfDraftForm = z.strictObject(ofIssue);
export const moveForm = z.strictObject({ ...ofIssue, by: z.enum(["up", "down"]) });
export const splitForm = z.strictObject({
  ...ofIssue,
  parts: z.array(named).min(2, "Name at least two issues to split into.").max(6),
});
export const mergeForm = z.strictObject({
  version,
  issues: z.array(z.uuid()).min(2, "Choose at least two issues to merge.").max(20),
  ...named.shape,
});

/** What a version did to one issue of the version before it. */
export const CROSSWALK_KINDS = ["renamed", "redefined", "split", "merged", "retired", "added"] as const;
export type CrosswalkKind = (typeof CROSSWALK_KINDS)[number];

/** How a version of the codebook reads an issue: as itself, as the one that it was merged into, or not at all. */
export const READINGS = ["itself", "merged", "absent"] as const;
export type Reading = (typeof READINGS)[number];

/** `?codebook=` of a page: the version of the codebook by which it reads codings. */
export const codebookParam = whole(1, 1_000_000).optional();
