import { clsx } from "clsx";
import type { ComponentProps } from "react";

/** Several lines of text; it grows with what is typed. */
export function TextArea({ className, rows = 3, ...rest }: ComponentProps<"textarea">) {
  return <textarea rows={rows} className={clsx("input", className)} {...rest} />;
}
