import type { ReactNode } from "react";
import { FieldError, FieldHint, fieldId, RequiredMark } from "@/components/ui/field";

export type Choice = { value: string; label: ReactNode; hint?: ReactNode; disabled?: boolean };

export type ChoiceProps = {
  name: string;
  legend: ReactNode;
  choices: readonly Choice[];
  defaultValue?: string | undefined;
  hint?: ReactNode;
  error?: string | undefined;
  required?: boolean;
  /** Hides the legend from sight, not from screen readers. */
  hideLegend?: boolean;
  className?: string;
};

/** A choice of one, each with its words on a line of its own. Native radios: arrows move, Tab leaves. */
export function RadioGroup(props: ChoiceProps) {
  return (
    <ChoiceFieldset {...props}>
      <div className="grid gap-1.5">
        {props.choices.map((choice, index) => (
          <label key={choice.value} className="flex min-h-6 items-start gap-2">
            <input className="tick" {...radioOf(props, choice, index)} />
            <span>
              {choice.label}
              {choice.hint && <span className="block text-sm text-ink-2">{choice.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </ChoiceFieldset>
  );
}

/** The group of a set of radios: legend, hint and error, bound to all of them. */
export function ChoiceFieldset({
  name,
  legend,
  hint,
  error,
  required = false,
  hideLegend = false,
  className,
  children,
}: ChoiceProps & { children: ReactNode }) {
  const described = describedBy(name, hint, error);
  return (
    <fieldset className={className} aria-describedby={described.all} aria-invalid={error ? true : undefined}>
      <legend className={hideLegend ? "sr-only" : "mb-1 text-sm font-medium"}>
        {legend}
        {required && <RequiredMark />}
      </legend>
      {hint && <FieldHint id={described.hint}>{hint}</FieldHint>}
      {children}
      {error && <FieldError id={described.error}>{error}</FieldError>}
    </fieldset>
  );
}

/** The attributes of one radio. The first carries the field's id, where an error summary leads. */
export function radioOf({ name, defaultValue, required }: ChoiceProps, choice: Choice, index: number) {
  return {
    type: "radio",
    id: index === 0 ? fieldId(name) : undefined,
    name,
    value: choice.value,
    defaultChecked: choice.value === defaultValue,
    disabled: choice.disabled,
    required,
  } as const;
}

function describedBy(name: string, hint: ReactNode, error: string | undefined) {
  const ids = {
    hint: hint ? `${fieldId(name)}-hint` : undefined,
    error: error ? `${fieldId(name)}-error` : undefined,
  };
  return { ...ids, all: [ids.error, ids.hint].filter(Boolean).join(" ") || undefined };
}
