import { z } from "zod";
import { line, prose } from "@/lib/input";

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
export const issueCode = z
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
