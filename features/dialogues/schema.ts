import { z } from "zod";
import { day, line, prose, slug, version, webAddress, whole } from "@/lib/input";

export const DIALOGUE_KINDS = ["informal_interactive_dialogue", "formal_debate"] as const;
export type DialogueKind = (typeof DIALOGUE_KINDS)[number];

/** What each kind is called on the page. */
export const DIALOGUE_KIND_NAMES: Record<DialogueKind, string> = {
  informal_interactive_dialogue: "Informal interactive dialogue",
  formal_debate: "Formal debate",
};

const MOST_MEETINGS = 60;

const meeting = z.strictObject({
  date: day,
  label: line(120).optional().describe("Defaults to the ordinal of the meeting"),
});

const ordinal = whole(1, 999, "A whole number from 1 to 999, for example 9.");

const fields = {
  slug,
  title: line(300),
  kind: z.enum(DIALOGUE_KINDS, "Choose the kind of dialogue."),
  ordinal: ordinal.nullish().describe("The number that the dialogue goes by, where one is agreed"),
  startsOn: day.describe("First day: memberships are read on it"),
  endsOn: day,
  body: line(200),
  report: line(200).nullish().describe("Slug, symbol or id of the report considered"),
  meetings: z.array(meeting).max(MOST_MEETINGS),
  note: prose(5000).nullish(),
  sourceUrl: webAddress.nullish(),
};

/** A new dialogue. `endsOn` defaults to `startsOn`; without meetings it has one, on its first day. */
export const dialogueInput = z
  .strictObject({
    ...fields,
    endsOn: day.optional(),
    body: line(200).default("General Assembly"),
    meetings: z.array(meeting).max(MOST_MEETINGS).default([]),
  })
  .meta({ id: "DialogueInput" });
export type DialogueInput = z.output<typeof dialogueInput>;

/** Changes to a dialogue: fields that are absent stay, null clears. `meetings` replaces the whole list. */
export const dialoguePatch = z.strictObject(fields).partial().meta({ id: "DialoguePatch" });
export type DialoguePatch = z.output<typeof dialoguePatch>;

/** The form of a new dialogue. Without an address it gets one from its title. */
export const newDialogueForm = dialogueInput.extend({ slug: slug.optional() });
export type NewDialogue = z.output<typeof newDialogueForm>;

/** The edit form: all fields at once, from a version. What was left blank is cleared; a dialogue has a meeting. */
export const dialogueForm = dialogueInput
  .extend({ current: slug, version })
  .transform(({ current, version, ...form }) => {
    const patch: DialoguePatch = {
      ...form,
      endsOn: form.endsOn ?? form.startsOn,
      ordinal: form.ordinal ?? null,
      report: form.report ?? null,
      note: form.note ?? null,
      sourceUrl: form.sourceUrl ?? null,
      meetings: form.meetings.length > 0 ? form.meetings : [{ date: form.startsOn }],
    };
    return { current, version, patch };
  });

/** One thing that a report asks for or announces, in the words of whoever read it. */
const reportRequest = z.strictObject({
  text: prose(2000),
  addressee: line(200).nullish().describe("Of whom it is asked; absent where the report does not say"),
  paragraph: line(40).nullish().describe("The paragraph of the report, as it numbers it"),
});
export type ReportRequest = z.output<typeof reportRequest>;

const requests = z.array(reportRequest).max(100).describe("What the report asks, in its order");

const reportFields = {
  slug,
  title: line(300),
  symbol: line(60).nullish(),
  publishedOn: day.nullish(),
  summary: prose(10_000).nullish(),
  sourceUrl: webAddress.nullish(),
  requests,
};

/** A new report of the Secretary-General. */
export const reportInput = z
  .strictObject({ ...reportFields, requests: requests.default([]) })
  .meta({ id: "ReportInput" });
export type ReportInput = z.output<typeof reportInput>;

/** Changes to a report: fields that are absent stay, null clears. `requests` replaces the whole list. */
export const reportPatch = z.strictObject(reportFields).partial();
export type ReportPatch = z.output<typeof reportPatch>;

/** The form of a new report. Without an address it gets one from its title. */
export const newReportForm = reportInput.extend({ slug: slug.optional() });
export type NewReport = z.output<typeof newReportForm>;

/** The edit form of a report: all fields at once, from a version. What was left blank is cleared. */
export const reportForm = reportInput.extend({ current: slug, version }).transform(({ current, version, ...form }) => {
  const patch: ReportPatch = {
    ...form,
    symbol: form.symbol ?? null,
    publishedOn: form.publishedOn ?? null,
    summary: form.summary ?? null,
    sourceUrl: form.sourceUrl ?? null,
  };
  return { current, version, patch };
});
