"use client";

import { useState, type MouseEvent, type ReactNode } from "react";
import { FieldError, fieldId } from "@/components/ui/field";
import type { FormValues } from "@/lib/form";
import { issueAt, type FormState } from "@/lib/form-state";
import { ADD_ROW, rowCount, rowCountName } from "@/lib/form-step";

type FormRowsProps = {
  /** The field that holds the list. */
  list: string;
  legend: string;
  hint: string;
  /** What the button says that adds a row. */
  addLabel: string;
  state: FormState;
  /** The fields of one row: `name` begins their names, `number` counts from 1, `given` is what they hold. */
  children: (row: { name: string; number: number; given: Readonly<Record<string, string | undefined>> }) => ReactNode;
};

/** A list in a form: as many rows as have something in them or were asked for. Without JavaScript the server adds the row. */
export function FormRows({ list, legend, hint, addLabel, state, children }: FormRowsProps) {
  const [rows, setRows] = useState(() => rowCount(state.values, list));
  const given = state.values[list];
  const held = Array.isArray(given) ? given : [];
  const error = issueAt(state, list);

  const add = (event: MouseEvent) => {
    event.preventDefault();
    setRows(rows + 1);
  };

  return (
    <fieldset id={fieldId(list)} aria-describedby={error ? `${fieldId(list)}-error` : undefined}>
      <legend className="text-sm font-medium">{legend}</legend>
      <p className="mb-2 text-sm text-ink-2">{hint}</p>
      <input type="hidden" name={rowCountName(list)} value={rows} />
      <ol className="grid gap-3">
        {Array.from({ length: rows }, (_, index) => (
          <li key={`${list}-${index + 1}`}>
            {children({ name: `${list}.${index}`, number: index + 1, given: textsOf(held[index]) })}
          </li>
        ))}
      </ol>
      {error && <FieldError id={`${fieldId(list)}-error`}>{error}</FieldError>}
      <button type="submit" name={ADD_ROW} value={list} formNoValidate className="btn mt-3" onClick={add}>
        {addLabel}
      </button>
    </fieldset>
  );
}

function textsOf(value: FormValues[string] | undefined): Record<string, string | undefined> {
  if (typeof value !== "object" || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).filter(([, text]) => typeof text === "string")) as Record<
    string,
    string
  >;
}
