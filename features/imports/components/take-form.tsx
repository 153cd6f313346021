"use client";

import { useActionState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { ErrorSummary } from "@/components/ui/error-summary";
import { FieldError, fieldId } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import { takeImportAction } from "@/features/imports/actions";
import { IMPORT_KIND_NAMES, type ImportKind } from "@/features/imports/schema";
import { plural } from "@/lib/format";
import { initialFormState, issueAt } from "@/lib/form-state";

type TakeFormProps = { of: { id: string; kind: ImportKind; rowCount: number; warnings: number | null } };

/** Takes all rows of a checked file into the record. */
export function TakeForm({ of }: TakeFormProps) {
  const [state, submit] = useActionState(takeImportAction, initialFormState<void>());
  const { one, many } = IMPORT_KIND_NAMES[of.kind];
  const warnings = of.warnings ?? 0;
  const error = issueAt(state, "accept");
  return (
    <form key={state.attempt} action={submit} className="grid gap-3">
      {state.status === "error" && (
        <ErrorSummary issues={state.issues} message={state.issues.length > 0 ? null : state.message} />
      )}
      <input type="hidden" name="import" value={of.id} />
      {warnings > 0 && (
        <div>
          <Checkbox
            id={fieldId("accept")}
            name="accept"
            value="yes"
            aria-invalid={error ? true : undefined}
            label={`I have read ${plural(warnings, "warning", "warnings")} and import the rows as they are.`}
          />
          {error && <FieldError>{error}</FieldError>}
        </div>
      )}
      <div>
        <SubmitButton pendingLabel="Importing…">Import {plural(of.rowCount, one, many)}</SubmitButton>
      </div>
    </form>
  );
}
