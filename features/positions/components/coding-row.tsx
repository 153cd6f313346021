"use client";

import { useState } from "react";
import { Field, FieldError, fieldId } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextArea } from "@/components/ui/text-area";
import { TextInput } from "@/components/ui/text-input";
import { POSITION_VALUES, VALUE_NAMES, type ScaleStep } from "@/features/codebook/schema";
import type { RowValues } from "@/features/positions/formats/coding";
import { CONFIDENCE_NAMES, CONFIDENCES, NOT_ADDRESSED, POSITION_KIND_NAMES } from "@/features/positions/schema";

/** Where the words of a coding stand in the source that is shown. */
export type QuoteState = { found: boolean; words: string };

/** Reasons that are often given, as suggestions. */
export const REASONS = "reasons-without-quotation";

const KINDS = ["position", "mention", "signature"] as const;
const CONFIDENCE_OPTIONS = CONFIDENCES.map((value) => ({ value, label: CONFIDENCE_NAMES[value] }));

/** As short as the keys that choose them. */
const SHORT_NAMES = { ...VALUE_NAMES, conditional: "Conditional" };

type KindSelectProps = { name: string; title: string; initial: RowValues; error: string | undefined };

/** Whether it is a position, or a mention or signature, which are other things. */
export function KindSelect({ name, title, initial, error }: KindSelectProps) {
  const field = `${name}.kind`;
  return (
    <span className="shrink-0">
      <select
        id={fieldId(field)}
        name={field}
        aria-label={`Kind: ${title}`}
        aria-invalid={error ? true : undefined}
        className="coding-kind"
        data-kinds=""
        defaultValue={initial.kind ?? "position"}
      >
        {KINDS.map((value) => (
          <option key={value} value={value}>
            {POSITION_KIND_NAMES[value]}
          </option>
        ))}
      </select>
      {error && <FieldError>{error}</FieldError>}
    </span>
  );
}

type CodingRowProps = {
  /** The start of its fields' names: "on-formal_agenda.0". */
  name: string;
  /** The issue, for those who hear the page. */
  title: string;
  scale: readonly ScaleStep[];
  /** A further coding of the issue, which says by itself what kind it is. */
  further: boolean;
  /** What it starts from. */
  initial: RowValues;
  /** What it says now. */
  row: RowValues;
  quote: QuoteState | null;
  errorOf: (field: string) => string | undefined;
};

/** One coding of an issue: what is said, on what words it rests, how sure the coder is. */
export function CodingRow({ name, title, scale, further, initial, row, quote, errorOf }: CodingRowProps) {
  const [pointed, setPointed] = useState<string | null>(null);
  const kind = row.kind ?? "position";
  const shown = pointed ?? row.value;
  const meaning = scale.find(({ value }) => value === shown)?.meaning;
  const choices = [
    ...POSITION_VALUES.filter((value) => scale.some((step) => step.value === value)),
    NOT_ADDRESSED,
  ] as const;
  const labelOf = (value: (typeof choices)[number]): string => {
    if (value !== NOT_ADDRESSED) return SHORT_NAMES[value];
    return kind === "position" ? "Not addressed" : "No stance";
  };
  const isOpen = Boolean(row.quote || row.noQuoteReason || row.note) || FIELDS.some((field) => errorOf(field));
  const error = errorOf("value") ?? errorOf("issue");
  const valueName = `${name}.value`;
  return (
    <div className="coding-row" data-open={isOpen || further || undefined}>
      {further && (
        <p className="mb-1.5 flex items-baseline justify-between gap-3 text-sm text-ink-2">
          Another coding
          <KindSelect name={name} title={title} initial={initial} error={errorOf("kind")} />
        </p>
      )}
      <fieldset aria-describedby={error ? `${fieldId(valueName)}-error` : undefined} className="min-w-0">
        <legend className="sr-only">Position on: {title}</legend>
        <div className="scale" onPointerLeave={() => setPointed(null)}>
          {choices.map((value, index) => (
            <label key={value} data-value={value} onPointerEnter={() => setPointed(value)}>
              <input
                type="radio"
                id={index === 0 ? fieldId(valueName) : undefined}
                name={valueName}
                value={value}
                defaultChecked={initial.value === value}
                data-says={value === NOT_ADDRESSED ? undefined : ""}
                onFocus={() => setPointed(value)}
                onBlur={() => setPointed(null)}
              />
              {labelOf(value)}
            </label>
          ))}
        </div>
        {error && <FieldError id={`${fieldId(valueName)}-error`}>{error}</FieldError>}
      </fieldset>
      {meaning && <p className="mt-1 text-sm text-ink-2">{meaning}</p>}
      <div className="coding-evidence mt-3 gap-3">
        <div>
          <Field name={`${name}.quote`} label="Quotation" error={errorOf("quote")}>
            {(binding) => (
              <TextArea
                {...binding}
                rows={1}
                dir="auto"
                placeholder=" "
                data-quote=""
                className="coding-quote"
                defaultValue={initial.quote}
              />
            )}
          </Field>
          {quote && <p className={quote.found ? "mt-1 text-sm text-ink-3" : "mt-1 text-sm text-warn"}>{quote.words}</p>}
          <input type="hidden" name={`${name}.quoted`} defaultValue={initial.quoted} />
          <input type="hidden" name={`${name}.text`} defaultValue={initial.text} />
          <input type="hidden" name={`${name}.start`} defaultValue={initial.start} />
        </div>
        <Field
          name={`${name}.noQuoteReason`}
          label="Or why there is no quotation"
          error={errorOf("noQuoteReason")}
          className="coding-reason"
        >
          {(binding) => (
            <TextInput
              {...binding}
              list={REASONS}
              placeholder=" "
              maxLength={500}
              defaultValue={initial.noQuoteReason}
              autoComplete="off"
            />
          )}
        </Field>
        <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_9rem]">
          <Field name={`${name}.note`} label="Note" error={errorOf("note")}>
            {(binding) => <TextArea {...binding} rows={1} className="coding-note" defaultValue={initial.note} />}
          </Field>
          <Field name={`${name}.confidence`} label="Confidence" error={errorOf("confidence")}>
            {(binding) => (
              <Select
                {...binding}
                defaultValue={initial.confidence}
                placeholder="Not said"
                options={CONFIDENCE_OPTIONS}
              />
            )}
          </Field>
        </div>
      </div>
    </div>
  );
}

const FIELDS = ["value", "issue", "quote", "noQuoteReason", "kind", "confidence", "note", "text", "start"];
