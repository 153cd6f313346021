"use client";

import { createContext, useContext, useEffect, useRef } from "react";
import { DRAFT } from "@/lib/form-step";

/** Who keeps what is typed into the forms inside: see `KeptAsDraft`. */
type FormDraft = {
  /** The draft that the form was filled from, as it is sent: it is deleted in the transaction that saves the form. */
  sent: string;
  /** Told of each form that is shown; returns how to forget it. A refused form is shown anew. */
  watch: (form: HTMLFormElement) => () => void;
};

/** Null: what is typed is kept nowhere. */
export const FormDraftContext = createContext<FormDraft | null>(null);

/** Inside a form: has it kept as a draft by the `Autosave` around it, when there is one, and says which draft it was. */
export function KeptAsDraft() {
  const field = useRef<HTMLInputElement>(null);
  const draft = useContext(FormDraftContext);
  const watch = draft?.watch;
  useEffect(() => (field.current?.form ? watch?.(field.current.form) : undefined), [watch]);
  return draft && <input ref={field} type="hidden" name={DRAFT} defaultValue={draft.sent} />;
}
