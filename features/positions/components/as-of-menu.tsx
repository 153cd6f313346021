import { Menu } from "@/components/ui/menu";
import { MenuLink } from "@/components/ui/menu-item";
import { formatDay, type Day } from "@/lib/format";

type AsOfMenuProps = {
  /** Slug of the dialogue on whose first day the page looks at the world; undefined is today. */
  asOf: string | undefined;
  /** The newest first. */
  dialogues: readonly { slug: string; title: string; startsOn: Day }[];
  hrefFor: (asOf: string | undefined) => string;
};

/** Chooses the day of a page among those of the dialogues. Links: the choice lives in the address. */
export function AsOfMenu({ asOf, dialogues, hrefFor }: AsOfMenuProps) {
  const chosen = dialogues.find(({ slug }) => slug === asOf);
  return (
    <Menu variant="pill" label={`As of ${chosen ? formatDay(chosen.startsOn) : (asOf ?? "today")}`}>
      <MenuLink href={hrefFor(undefined)} current={asOf === undefined}>
        Today
      </MenuLink>
      {dialogues.map(({ slug, title, startsOn }) => (
        <MenuLink key={slug} href={hrefFor(slug)} current={slug === asOf}>
          {title}, {formatDay(startsOn)}
        </MenuLink>
      ))}
    </Menu>
  );
}
