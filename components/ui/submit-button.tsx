"use client";

import { clsx } from "clsx";
import type { ComponentProps, MouseEvent } from "react";
import { useFormStatus } from "react-dom";
import type { ButtonVariant } from "@/components/ui/button";

type SubmitButtonProps = Omit<ComponentProps<"button">, "type" | "disabled" | "onClick"> & {
  variant?: ButtonVariant;
  /** Shown while the form is on its way. */
  pendingLabel?: string;
};

/**
 * Submits its form, once: presses while the answer is on its way do nothing. It keeps its width and, because it is
 * never `disabled`, the focus.
 */
export function SubmitButton({
  variant = "primary",
  pendingLabel = "Saving…",
  className,
  children,
  ...rest
}: SubmitButtonProps) {
  const { pending } = useFormStatus();
  const refuseWhilePending = (event: MouseEvent) => {
    if (pending) event.preventDefault();
  };
  return (
    <button
      type="submit"
      className={clsx("btn", className)}
      data-variant={variant}
      aria-disabled={pending || undefined}
      onClick={refuseWhilePending}
      {...rest}
    >
      {/* Both labels lie in one grid cell: the button is as wide as the wider one, always. */}
      <span className="inline-grid *:col-start-1 *:row-start-1">
        <span className={clsx("inline-flex items-center justify-center gap-2", pending && "invisible")}>
          {children}
        </span>
        <span className={clsx(!pending && "invisible")}>{pendingLabel}</span>
      </span>
    </button>
  );
}
