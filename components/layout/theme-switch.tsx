import { MenuSubmit, MenuTick } from "@/components/ui/menu-item";
import type { Theme } from "@/lib/theme";

const CHOICES = [
  { value: "system", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

/** The choice between light and dark: a plain form, so that it works without JavaScript and the server prints the page in it. */
export function ThemeSwitch({ theme }: { theme: Theme | null }) {
  return (
    <form method="post" action="/api/theme" aria-label="Look" className="border-t border-line py-1">
      <p className="px-3.5 pt-1 text-xs text-ink-3">Look</p>
      {CHOICES.map(({ value, label }) => (
        <MenuSubmit key={value} name="theme" value={value} aria-pressed={(theme ?? "system") === value}>
          <MenuTick shown={(theme ?? "system") === value} />
          {label}
        </MenuSubmit>
      ))}
    </form>
  );
}
