import { clsx } from "clsx";
import Link from "next/link";
import type { ComponentProps } from "react";

/** "pill" is for the choices that say what a page shows, beside its chips. */
export type ButtonVariant = "default" | "primary" | "danger" | "quiet" | "pill";

type ButtonProps = Omit<ComponentProps<"button">, "type"> & { variant?: ButtonVariant };

/** A button that does something on the page. It never submits a form: `SubmitButton` does. */
export function Button({ variant = "default", className, ...rest }: ButtonProps) {
  return <button type="button" className={clsx("btn", className)} data-variant={variant} {...rest} />;
}

type ButtonLinkProps = Omit<ComponentProps<typeof Link>, "prefetch"> & {
  variant?: ButtonVariant;
  /** For an address that answers with a file: the browser asks for it itself. */
  download?: boolean | string;
};

/** A link that looks like a button, for going somewhere or taking a file. */
export function ButtonLink({ variant = "default", className, download, href, ...rest }: ButtonLinkProps) {
  const look = { className: clsx("btn", className), "data-variant": variant };
  if (download === undefined || typeof href !== "string")
    return <Link prefetch={false} href={href} {...look} {...rest} />;
  return (
    <a href={href} download={download} {...look}>
      {rest.children}
    </a>
  );
}
