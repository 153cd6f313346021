import { clsx } from "clsx";
import { TextLink } from "@/components/ui/text-link";

export type Tab = { label: string; href: string; current: boolean; count?: number };

/** The views of one thing, each with its own address. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav aria-label={label} className="mt-7 border-b border-line">
      <ul className="flex flex-wrap gap-x-5.5">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <TextLink
              plain
              href={tab.href}
              aria-current={tab.current ? "page" : undefined}
              className={clsx(
                "-mb-px block border-b-2 py-2 hover:no-underline",
                tab.current
                  ? "border-accent font-semibold text-ink"
                  : "border-transparent text-ink-2 hover:border-line-strong",
              )}
            >
              {tab.label}
              {tab.count !== undefined && ` ${tab.count}`}
            </TextLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
