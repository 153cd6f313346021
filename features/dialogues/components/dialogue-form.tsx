"use client";

import { useActionState } from "react";
import { DateInput } from "@/components/ui/date-input";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { KeyedForm } from "@/components/ui/keyed-form";
import { RadioGroup } from "@/components/ui/radio-group";
import { EnterSaves, SaveLine } from "@/components/ui/save-line";
import { Select } from "@/components/ui/select";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import { TwoVersions } from "@/components/ui/two-versions";
import { recordDialogueAction, reviseDialogueAction } from "@/features/dialogues/actions";
import { MeetingRows } from "@/features/dialogues/components/meeting-rows";
import { dialogueFormValues, versionsOf } from "@/features/dialogues/formats";
import type { DialogueDto, ReportBrief } from "@/features/dialogues/queries";
import { DIALOGUE_KIND_NAMES, DIALOGUE_KINDS } from "@/features/dialogues/schema";
import { initialFormState, issueAt } from "@/lib/form-state";
import type { FormValues } from "@/lib/form";

type DialogueFormProps = {
  /** The dialogue to revise; a new one without. */
  dialogue?: DialogueDto;
  /** The reports to choose from. */
  reports: readonly ReportBrief[];
  /** A draft of this form, to go on with. */
  draft?: FormValues | undefined;
};

const NEW: FormValues = { kind: "informal_interactive_dialogue", body: "General Assembly" };

const KINDS = DIALOGUE_KINDS.map((value) => ({ value, label: DIALOGUE_KIND_NAMES[value] }));

const LABELS = {
  title: "Title",
  kind: "Kind",
  ordinal: "Number",
  body: "Body",
  startsOn: "First day",
  endsOn: "Last day",
  report: "Report considered",
  meetings: "Meetings",
  slug: "Address",
  sourceUrl: "Source",
  note: "Note",
};

/** A report as it is chosen: symbols differ where titles do not. */
function reportOption({ slug, title, symbol }: ReportBrief) {
  return { value: slug, label: symbol === null ? title : `${title} (${symbol})` };
}

/** Records or revises a dialogue with its meetings. Works without JavaScript. */
export function DialogueForm({ dialogue, reports, draft }: DialogueFormProps) {
  const [state, submit] = useActionState(
    dialogue ? reviseDialogueAction : recordDialogueAction,
    initialFormState<never>(draft ?? (dialogue ? dialogueFormValues(dialogue) : NEW)),
  );
  const text = (name: string): string | undefined => {
    const value = state.values[name];
    return typeof value === "string" ? value : undefined;
  };
  const error = (name: string): string | undefined => issueAt(state, name);
  const current = state.status === "stale" ? (state.current as DialogueDto) : null;
  const back = dialogue ? `/dialogues/${dialogue.slug}` : "/dialogues";

  return (
    <KeyedForm key={state.attempt} action={submit} className="grid gap-5" noValidate={state.attempt > 0}>
      <EnterSaves />
      {state.status === "error" && (
        <ErrorSummary issues={state.issues} message={state.issues.length > 0 ? null : state.message} />
      )}
      {current && (
        <TwoVersions what="dialogue" versions={versionsOf(LABELS, state.values, dialogueFormValues(current))} />
      )}
      {dialogue && <input type="hidden" name="current" value={current?.slug ?? text("current") ?? dialogue.slug} />}
      {dialogue && (
        <input type="hidden" name="version" value={current?.version ?? text("version") ?? dialogue.version} />
      )}

      <Field name="title" label={LABELS.title} required error={error("title")}>
        {(binding) => <TextInput {...binding} defaultValue={text("title")} autoFocus={!dialogue} maxLength={300} />}
      </Field>
      <RadioGroup
        name="kind"
        legend={LABELS.kind}
        choices={KINDS}
        defaultValue={text("kind")}
        error={error("kind")}
        required
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <Field
          name="ordinal"
          label={LABELS.ordinal}
          error={error("ordinal")}
          hint="As it is counted: 9 for the ninth. Blank where publishers disagree."
        >
          {(binding) => <TextInput {...binding} inputMode="numeric" defaultValue={text("ordinal")} maxLength={3} />}
        </Field>
        <Field name="body" label={LABELS.body} required error={error("body")} hint="Where it was held.">
          {(binding) => <TextInput {...binding} defaultValue={text("body")} maxLength={200} />}
        </Field>
        <Field
          name="startsOn"
          label={LABELS.startsOn}
          required
          error={error("startsOn")}
          hint="Memberships of groups are read on this day."
        >
          {(binding) => <DateInput {...binding} defaultValue={text("startsOn")} />}
        </Field>
        <Field name="endsOn" label={LABELS.endsOn} error={error("endsOn")} hint="Blank when it was a single day.">
          {(binding) => <DateInput {...binding} defaultValue={text("endsOn")} />}
        </Field>
      </div>
      <MeetingRows state={state} />
      <Field name="report" label={LABELS.report} error={error("report")}>
        {(binding) => (
          <Select
            {...binding}
            options={reports.map(reportOption)}
            placeholder="None"
            defaultValue={text("report") ?? ""}
          />
        )}
      </Field>
      <Field
        name="slug"
        label={LABELS.slug}
        required={dialogue !== undefined}
        error={error("slug")}
        hint={
          dialogue
            ? "The last part of the page's address. Links to the old one end when it changes."
            : "The last part of the page's address, for example unga-r2p-2026. Blank: made from title and year."
        }
      >
        {(binding) => <TextInput {...binding} defaultValue={text("slug")} maxLength={80} spellCheck={false} />}
      </Field>
      <Field
        name="sourceUrl"
        label={LABELS.sourceUrl}
        error={error("sourceUrl")}
        hint="Address of the page that tells of it."
      >
        {(binding) => <TextInput {...binding} type="url" defaultValue={text("sourceUrl")} />}
      </Field>
      <Field name="note" label={LABELS.note} error={error("note")}>
        {(binding) => <TextArea {...binding} rows={4} defaultValue={text("note")} />}
      </Field>
      <SaveLine label={dialogue ? "Save changes" : "Add the dialogue"} stale={current !== null} cancelHref={back} />
    </KeyedForm>
  );
}
