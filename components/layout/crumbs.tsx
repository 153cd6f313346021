import { TextLink } from "@/components/ui/text-link";

export type Crumb = { label: string; href: string };

/** The pages above this one, the nearest last. The page itself is not among them: its title follows. */
export function Crumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="text-sm text-ink-3">
      <ol className="flex flex-wrap gap-x-1.5 gap-y-1.5">
        {crumbs.map(({ label, href }) => (
          <li key={href} className="not-last:after:ms-1.5 not-last:after:content-['/']">
            <TextLink plain className="text-ink-3" href={href}>
              {label}
            </TextLink>
          </li>
        ))}
      </ol>
    </nav>
  );
}
