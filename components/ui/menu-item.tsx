import { clsx } from "clsx";
import type { ComponentProps } from "react";
import { TextLink } from "@/components/ui/text-link";

type MenuLinkProps = { href: string; current?: boolean; download?: boolean; children: ComponentProps<"a">["children"] };

/** A link in a `Menu`. With `download` the browser asks for a file. */
export function MenuLink({ href, current = false, download = false, children }: MenuLinkProps) {
  const shared = { href, className: "menu-item", "aria-current": current ? ("true" as const) : undefined };
  if (!download) {
    return (
      <TextLink plain {...shared}>
        {children}
      </TextLink>
    );
  }
  return (
    <a download {...shared}>
      {children}
    </a>
  );
}

/** A button in a `Menu` that submits the form around it. */
export function MenuSubmit({ className, ...rest }: Omit<ComponentProps<"button">, "type">) {
  return <button type="submit" className={clsx("menu-item", className)} {...rest} />;
}
