import { clsx } from "clsx";
import type { ComponentProps } from "react";

export type Option = { value: string; label: string; disabled?: boolean };

type SelectProps = ComponentProps<"select"> & {
  options: readonly Option[];
  /** The first, empty choice, for example "Choose a report". */
  placeholder?: string;
};

/** A choice of one from a list that is short enough to read. Longer lists: `ComboBox`. */
export function Select({ options, placeholder, className, ...rest }: SelectProps) {
  return (
    <select className={clsx("input", className)} {...rest}>
      {placeholder !== undefined && <option value="">{placeholder}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value} disabled={option.disabled}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
