import { Menu } from "@/components/ui/menu";
import { MenuLink } from "@/components/ui/menu-item";

type FilterMenuProps = {
  /** What is filtered, for example "Kind". */
  label: string;
  /** The chosen value; undefined shows all. */
  chosen: string | undefined;
  options: readonly { value: string; label: string }[];
  /** The address of the page with another value, or without one. */
  hrefFor: (value: string | undefined) => string;
};

/** A filter of a table as a list of links: it lives in the address and works without JavaScript. */
export function FilterMenu({ label, chosen, options, hrefFor }: FilterMenuProps) {
  const words = options.find(({ value }) => value === chosen)?.label ?? "all";
  return (
    <Menu label={`${label}: ${words}`}>
      <MenuLink href={hrefFor(undefined)} current={chosen === undefined}>
        All
      </MenuLink>
      {options.map(({ value, label }) => (
        <MenuLink key={value} href={hrefFor(value)} current={value === chosen}>
          {label}
        </MenuLink>
      ))}
    </Menu>
  );
}
