import { clsx } from "clsx";
import type { ComponentProps } from "react";
import type { Day } from "@/lib/format";

type DateInputProps = Omit<ComponentProps<"input">, "type" | "defaultValue" | "min" | "max"> & {
  defaultValue?: Day | undefined;
  min?: Day | undefined;
  max?: Day | undefined;
};

/** A calendar day, in the reader's own order of day and month; it sends "YYYY-MM-DD". */
export function DateInput({ className, ...rest }: DateInputProps) {
  // A year has four digits: browsers would take six.
  return <input type="date" max="9999-12-31" className={clsx("input max-w-44", className)} {...rest} />;
}
