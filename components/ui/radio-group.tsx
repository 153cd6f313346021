import type { ReactNode } from "react";
import { FieldError, FieldHint, fieldId, RequiredMark } from "@/components/ui/field";

export type Choice = { value: string; label: ReactNode; hint?: ReactNode; disabled?: boolean };

type RadioGroupProps = {
  name: string;
  legend: ReactNode;
  choices: readonly Choice[];
  defaultValue?: string | undefined;
  hint?: ReactNode;
  error?: string | undefined;
  required?: boolean;
};

/** A choice of one, each with its words on a line of its own. Native radios: arrows move, Tab leaves. */
export function RadioGroup({ name, legend, choices, defaultValue, hint, error, required = false }: RadioGroupProps) {
  const hintId = hint ? `${fieldId(name)}-hint` : undefined;
  const errorId = error ? `${fieldId(name)}-error` : undefined;
  return (
    <fieldset
      aria-describedby={[errorId, hintId].filter(Boolean).join(" ") || undefined}
      aria-invalid={error ? true : undefined}
    >
      <legend className="mb-1 text-sm font-medium">
        {legend}
        {required && <RequiredMark />}
      </legend>
      {hint && <FieldHint id={hintId}>{hint}</FieldHint>}
      <div className="grid gap-1.5">
        {choices.map((choice, index) => (
          <label key={choice.value} className="flex min-h-6 items-start gap-2">
            <input
              type="radio"
              className="tick"
              // The first carries the field's id, where an error summary leads.
              id={index === 0 ? fieldId(name) : undefined}
              name={name}
              value={choice.value}
              defaultChecked={choice.value === defaultValue}
              disabled={choice.disabled}
              required={required}
            />
            <span>
              {choice.label}
              {choice.hint && <span className="block text-sm text-ink-2">{choice.hint}</span>}
            </span>
          </label>
        ))}
      </div>
      {error && <FieldError id={errorId}>{error}</FieldError>}
    </fieldset>
  );
}
