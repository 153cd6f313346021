"use client";

import { clsx } from "clsx";
import type { ComponentProps, MouseEvent, ReactNode } from "react";
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
  const shared = {
    href,
    className: "menu-item",
    "aria-current": current ? ("true" as const) : undefined,
    onClick: closeMenu,
  };
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
export function MenuSubmit({ className, ...rest }: Omit<ComponentProps<"button">, "type" | "onClick">) {
  return <button type="submit" className={clsx("menu-item", className)} onClick={closeMenu} {...rest} />;
}

/** Marks what holds now in a list of choices; the others keep its place free. */
export function MenuTick({ shown }: { shown: boolean }) {
  return (
    <span aria-hidden="true" className="w-3 flex-none">
      {shown ? "✓" : ""}
    </span>
  );
}

/** A choice closes its menu. The browser does it only for presses outside, and moving to another page of ours keeps the bar as it is. */
function closeMenu(event: MouseEvent<HTMLElement>): void {
  event.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
}
