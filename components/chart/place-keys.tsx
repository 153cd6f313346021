"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, type ReactNode } from "react";
import { nextPlace, type Spot } from "@/components/chart/next-place";

type PlaceKeysProps = {
  /** Names the window in which a drawing wider than the screen scrolls. */
  label: string;
  className?: string;
  children: ReactNode;
};

const spotOf = (link: Element): Spot => {
  const { left, top, width, height } = (link.querySelector(".place-area, .place-dot") ?? link).getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
};

/**
 * Arrow keys move between the links of a drawing, which are one stop for the tab key; opening one is a step within the product.
 * Without this script each link is a stop of its own and an ordinary link.
 */
export function PlaceKeys({ label, className, children }: PlaceKeysProps) {
  const frame = useRef<HTMLElement>(null);
  const router = useRouter();

  // After every drawing: new places bring new links.
  useEffect(() => {
    const links = [...(frame.current?.querySelectorAll<SVGAElement>("svg a") ?? [])];
    const stop = links.find((link) => link === document.activeElement) ?? links[0];
    for (const link of links) link.setAttribute("tabindex", link === stop ? "0" : "-1");
  });

  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const linkOf = ({ target }: Event): SVGAElement | null =>
      target instanceof Element ? target.closest("svg a") : null;
    const press = (event: KeyboardEvent) => {
      const from = linkOf(event);
      if (!from || event.altKey || event.shiftKey || event.ctrlKey || event.metaKey) return;
      const links = [...element.querySelectorAll<SVGAElement>("svg a")];
      const goal = links[nextPlace(event.key, links.indexOf(from), links.map(spotOf)) ?? -1];
      if (!goal) return;
      event.preventDefault();
      from.setAttribute("tabindex", "-1");
      goal.setAttribute("tabindex", "0");
      goal.focus();
    };
    const click = (event: MouseEvent) => {
      const href = linkOf(event)?.getAttribute("href");
      if (!href || event.defaultPrevented || event.button !== 0) return;
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      router.push(href);
    };
    element.addEventListener("keydown", press);
    element.addEventListener("click", click);
    return () => {
      element.removeEventListener("keydown", press);
      element.removeEventListener("click", click);
    };
  }, [router]);

  return (
    <section ref={frame} aria-label={label} className={className}>
      {children}
    </section>
  );
}
