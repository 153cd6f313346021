"use client";

import { clsx } from "clsx";
import { useId, type ComponentProps } from "react";

export type Suggestion = {
  /** What is put into the field. */
  value: string;
  /** Shown beside it and searched too, for example a code. */
  label?: string;
};

type ComboProps = Omit<ComponentProps<"input">, "type" | "list"> & {
  suggestions?: readonly Suggestion[];
  /** The id of a `ComboList` that several fields share, instead of a list of their own. */
  list?: string;
};

/** Text with suggestions while typing (the browser's own list). It sends the text: the server decides what it means. */
export function Combo({ suggestions = [], list, className, ...rest }: ComboProps) {
  const ownList = useId();
  return (
    <>
      <input type="text" autoComplete="off" list={list ?? ownList} className={clsx("input", className)} {...rest} />
      {list === undefined && <ComboList id={ownList} suggestions={suggestions} />}
    </>
  );
}

/** One list of suggestions for many fields: 193 states are sent once, not once per row. */
export function ComboList({ id, suggestions }: { id: string; suggestions: readonly Suggestion[] }) {
  return (
    <datalist id={id}>
      {suggestions.map(({ value, label }) => (
        <option key={`${value} ${label ?? ""}`} value={label === undefined ? undefined : value}>
          {label ?? value}
        </option>
      ))}
    </datalist>
  );
}
