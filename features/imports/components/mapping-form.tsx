"use client";

import { useActionState } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { checkImportAction } from "@/features/imports/actions";
import type { ImportDto } from "@/features/imports/queries/imports";
import { IMPORT_FIELDS } from "@/features/imports/schema";
import { initialFormState, issueAt } from "@/lib/form-state";

type MappingFormProps = {
  of: Pick<ImportDto, "id" | "kind" | "headers" | "mapping" | "defaults" | "errors">;
  /** Some first rows, for an idea of what each column holds. */
  samples: readonly (readonly string[])[];
  dialogues: readonly { slug: string; title: string }[];
};

/** Says what each column of a file is. What was said of the same headers before is filled in. */
export function MappingForm({ of, samples, dialogues }: MappingFormProps) {
  const [state, submit] = useActionState(checkImportAction, initialFormState<void>());
  const fields = Object.entries(IMPORT_FIELDS[of.kind]);
  const options = fields.map(([value, { label, required }]) => ({
    value,
    label: required ? `${label} (needed)` : label,
  }));
  const hints = fields.flatMap(([, field]) => (field.hint ? [`${field.label}: ${field.hint}`] : []));
  const sent = Array.isArray(state.values["columns"]) ? state.values["columns"] : null;
  const chosen = (header: string, index: number): string => {
    const value = sent?.[index];
    return typeof value === "string" ? value : (of.mapping?.[header] ?? "-");
  };
  const dialogue = typeof state.values["dialogue"] === "string" ? state.values["dialogue"] : of.defaults["dialogue"];

  return (
    <form key={state.attempt} action={submit} className="grid gap-4">
      {state.status === "error" && (
        <ErrorSummary issues={state.issues} message={state.issues.length > 0 ? null : state.message} />
      )}
      <input type="hidden" name="import" value={of.id} />
      {of.kind === "participants" && (
        <Field name="dialogue" label="Dialogue" required error={issueAt(state, "dialogue")} className="max-w-form">
          {(binding) => (
            <Select
              {...binding}
              defaultValue={dialogue ?? ""}
              placeholder="Choose a dialogue"
              options={dialogues.map(({ slug, title }) => ({ value: slug, label: title }))}
            />
          )}
        </Field>
      )}
      <Table label="Columns of the file">
        <thead>
          <tr>
            <HeaderCell>Column</HeaderCell>
            <HeaderCell>Is taken as</HeaderCell>
            <HeaderCell>For example</HeaderCell>
          </tr>
        </thead>
        <tbody>
          {of.headers.map((header, index) => (
            <tr key={header || index}>
              <RowHeader className="wrap-anywhere">{header || "(no header)"}</RowHeader>
              <Cell>
                <Select
                  id={`field-columns.${index}`}
                  name={`columns.${index}`}
                  aria-label={`${header || "Column without a header"} is taken as`}
                  aria-invalid={issueAt(state, `columns.${index}`) ? true : undefined}
                  defaultValue={chosen(header, index)}
                  options={[{ value: "-", label: "Not taken" }, ...options]}
                />
              </Cell>
              <Cell muted className="max-w-read wrap-anywhere">
                {[...new Set(samples.map((cells) => cells[index]?.slice(0, 60) ?? ""))]
                  .filter(Boolean)
                  .slice(0, 3)
                  .join(" · ")}
              </Cell>
            </tr>
          ))}
        </tbody>
      </Table>
      {hints.length > 0 && <p className="text-sm text-ink-2">{hints.join(" ")}</p>}
      <div>
        <SubmitButton variant={of.errors === null ? "primary" : "default"} pendingLabel="Checking…">
          {of.errors === null ? "Check the rows" : "Check again"}
        </SubmitButton>
      </div>
    </form>
  );
}
