"use client";

import { useActionState } from "react";
import { DateInput } from "@/components/ui/date-input";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { KeyedForm } from "@/components/ui/keyed-form";
import { EnterSaves, SaveLine } from "@/components/ui/save-line";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import { TwoVersions } from "@/components/ui/two-versions";
import { recordReportAction, reviseReportAction } from "@/features/dialogues/actions";
import { RequestRows } from "@/features/dialogues/components/request-rows";
import { reportFormValues, versionsOf } from "@/features/dialogues/formats";
import type { ReportDto } from "@/features/dialogues/queries";
import type { FormValues } from "@/lib/form";
import { initialFormState, issueAt } from "@/lib/form-state";

const LABELS = {
  title: "Title",
  symbol: "Document symbol",
  publishedOn: "Published",
  slug: "Address",
  sourceUrl: "Source",
  summary: "Summary",
  requests: "What it asks",
};

type ReportFormProps = {
  report?: ReportDto;
  /** A draft of this form, to go on with. */
  draft?: FormValues | undefined;
};

/** Records a report, or revises the one given. Works without JavaScript. */
export function ReportForm({ report, draft }: ReportFormProps) {
  const [state, submit] = useActionState(
    report ? reviseReportAction : recordReportAction,
    initialFormState<never>(draft ?? (report ? reportFormValues(report) : {})),
  );
  const text = (name: string): string | undefined => {
    const value = state.values[name];
    return typeof value === "string" ? value : undefined;
  };
  const error = (name: string): string | undefined => issueAt(state, name);
  const current = state.status === "stale" ? (state.current as ReportDto) : null;

  return (
    <KeyedForm key={state.attempt} action={submit} className="grid gap-5" noValidate={state.attempt > 0}>
      <EnterSaves />
      {state.status === "error" && (
        <ErrorSummary issues={state.issues} message={state.issues.length > 0 ? null : state.message} />
      )}
      {current && <TwoVersions what="report" versions={versionsOf(LABELS, state.values, reportFormValues(current))} />}
      {report && <input type="hidden" name="current" value={current?.slug ?? text("current") ?? report.slug} />}
      {report && <input type="hidden" name="version" value={current?.version ?? text("version") ?? report.version} />}

      <Field name="title" label={LABELS.title} required error={error("title")}>
        {(binding) => <TextInput {...binding} defaultValue={text("title")} autoFocus={!report} maxLength={300} />}
      </Field>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field name="symbol" label={LABELS.symbol} error={error("symbol")} hint="For example A/71/1016-S/2017/556.">
          {(binding) => <TextInput {...binding} defaultValue={text("symbol")} maxLength={60} spellCheck={false} />}
        </Field>
        <Field name="publishedOn" label={LABELS.publishedOn} error={error("publishedOn")} hint="Blank: not known.">
          {(binding) => <DateInput {...binding} defaultValue={text("publishedOn")} />}
        </Field>
      </div>
      <Field
        name="slug"
        label={LABELS.slug}
        required={report !== undefined}
        error={error("slug")}
        hint={
          report
            ? "The last part of the page's address. Links to the old one end when it changes."
            : "The last part of the page's address, for example r2p-report-2026. Blank: made from title and year."
        }
      >
        {(binding) => <TextInput {...binding} defaultValue={text("slug")} maxLength={80} spellCheck={false} />}
      </Field>
      <Field name="sourceUrl" label={LABELS.sourceUrl} error={error("sourceUrl")} hint="Where it can be read.">
        {(binding) => <TextInput {...binding} type="url" defaultValue={text("sourceUrl")} />}
      </Field>
      <Field name="summary" label={LABELS.summary} error={error("summary")}>
        {(binding) => <TextArea {...binding} rows={8} defaultValue={text("summary")} />}
      </Field>
      <RequestRows state={state} />
      <SaveLine
        label={report ? "Save changes" : "Add the report"}
        stale={current !== null}
        cancelHref={report ? `/reports/${report.slug}` : "/reports"}
      />
    </KeyedForm>
  );
}
