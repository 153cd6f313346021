import { clsx } from "clsx";
import type { ComponentProps } from "react";

type TextInputProps = Omit<ComponentProps<"input">, "type"> & {
  type?: "text" | "email" | "password" | "search" | "url" | "number" | "tel";
};

/** One line of text. */
export function TextInput({ type = "text", className, ...rest }: TextInputProps) {
  return <input type={type} className={clsx("input", className)} {...rest} />;
}
