import { Menu } from "@/components/ui/menu";
import { MenuLink } from "@/components/ui/menu-item";

type ChoiceMenuProps = {
  /** What is chosen, for example "Issue". */
  label: string;
  chosen: string;
  options: readonly { value: string; label: string }[];
  hrefFor: (value: string) => string;
};

/** One of several, always with an answer, as a list of links: it lives in the address and works without JavaScript. */
export function ChoiceMenu({ label, chosen, options, hrefFor }: ChoiceMenuProps) {
  const words = options.find(({ value }) => value === chosen)?.label ?? chosen;
  return (
    <Menu label={`${label}: ${words}`}>
      {options.map(({ value, label: name }) => (
        <MenuLink key={value} href={hrefFor(value)} current={value === chosen}>
          {name}
        </MenuLink>
      ))}
    </Menu>
  );
}
