"use client";

import { createContext } from "react";

/** Who keeps what is typed into the forms inside: see `KeyedForm`. */
type FormDraft = {
  /** The draft that the form was filled from, as it is sent: it is deleted in the transaction that saves the form. */
  sent: string;
  /** Told of each form that is shown; returns how to forget it. A refused form is shown anew. */
  watch: (form: HTMLFormElement) => () => void;
};

/** Null: what is typed is kept nowhere. */
export const FormDraftContext = createContext<FormDraft | null>(null);
