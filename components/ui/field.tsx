import type { ReactNode } from "react";

/** The id of the control of a form field, by the field's name: error summaries link to it. */
export function fieldId(name: string): string {
  return `field-${name}`;
}

/** What a control needs to belong to its field: spread it on `TextInput`, `Select`, `ComboBox` ... */
export type FieldBinding = {
  id: string;
  name: string;
  required: boolean;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
};

type FieldProps = {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  /** A sentence that says what to do. */
  error?: string | undefined;
  required?: boolean;
  /** When two forms on one page have a field of one name. */
  id?: string;
  className?: string;
  children: (binding: FieldBinding) => ReactNode;
};

/** A label, a hint and an error around one control, bound to it for screen readers. */
export function Field({ name, label, hint, error, required = false, id, className, children }: FieldProps) {
  const controlId = id ?? fieldId(name);
  const hintId = hint ? `${controlId}-hint` : undefined;
  const errorId = error ? `${controlId}-error` : undefined;
  return (
    <div className={className}>
      <label htmlFor={controlId} className="mb-1 block text-sm font-medium">
        {label}
        {required && <RequiredMark />}
      </label>
      {hint && <FieldHint id={hintId}>{hint}</FieldHint>}
      {children({
        id: controlId,
        name,
        required,
        "aria-describedby": [errorId, hintId].filter(Boolean).join(" ") || undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {error && <FieldError id={errorId}>{error}</FieldError>}
    </div>
  );
}

/** The star beside a label. Screen readers hear "required" from the control itself. */
export function RequiredMark() {
  return (
    <span aria-hidden="true" title="Required" className="text-danger">
      {" *"}
    </span>
  );
}

export function FieldHint({ id, children }: { id?: string | undefined; children: ReactNode }) {
  return (
    <p id={id} className="mb-1 text-sm text-ink-2">
      {children}
    </p>
  );
}

export function FieldError({ id, children }: { id?: string | undefined; children: ReactNode }) {
  return (
    <p id={id} className="mt-1 text-sm text-danger">
      <span className="sr-only">Error: </span>
      {children}
    </p>
  );
}
