import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";
import { TextLink } from "@/components/ui/text-link";

type MenuLinkProps = {
  href: string;
  /** For a list of which one holds now: leave it out where nothing is chosen. */
  current?: boolean;
  /** The address answers with a file: the browser asks for it itself. */
  download?: boolean;
  children: ReactNode;
};

/** A link in a `Menu`. */
export function MenuLink({ href, current, download = false, children }: MenuLinkProps) {
  const shared = { href, className: "menu-item", "aria-current": current ? ("true" as const) : undefined };
  if (!download) {
    return (
      <TextLink plain {...shared}>
        {current !== undefined && <MenuTick shown={current} />}
        <span className="min-w-0">{children}</span>
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

/** Marks what holds now in a list of choices; the others keep its place free. */
export function MenuTick({ shown }: { shown: boolean }) {
  return (
    <span aria-hidden="true" className="w-3 flex-none">
      {shown ? "✓" : ""}
    </span>
  );
}
