import { Brand } from "@/components/layout/brand";
import { HeaderNav, type NavItem } from "@/components/layout/header-nav";
import { HeaderSearch } from "@/components/layout/header-search";
import { ThemeSwitch } from "@/components/layout/theme-switch";
import { Menu } from "@/components/ui/menu";
import { MenuLink, MenuSubmit } from "@/components/ui/menu-item";
import { TextLink } from "@/components/ui/text-link";
import type { Theme } from "@/lib/theme";

type AppHeaderProps = {
  /** The signed-in person, with the role as it is printed: "Analyst". */
  user: { name: string; role: string };
  /** Whether the person may manage people. */
  managesPeople: boolean;
  /** Further pages under the person's own name: what they did, what they may do. */
  own?: readonly { label: string; href: string }[];
  /** The page of what is new for this person, and how much of it there is: "3", "99+"; "" for nothing. */
  inbox: { href: string; unread: string };
  theme: Theme | null;
  /** The server action that ends this session. */
  signOut: (form: FormData) => Promise<void>;
  /** The segment of the part that this page belongs to, where the address alone does not say it. */
  current?: string;
};

const ITEMS: readonly NavItem[] = [
  { segment: "dialogues", label: "Dialogues" },
  { segment: "positions", label: "Positions" },
  { segment: "states", label: "States" },
  { segment: "groups", label: "Groups" },
  { segment: "codebook", label: "Codebook" },
  { segment: "votes", label: "Votes" },
  { segment: "reports", label: "Reports" },
];
const PEOPLE: NavItem = { segment: "people", label: "People" };

/** The bar at the top of every signed-in page. */
export function AppHeader({ user, managesPeople, own = [], inbox, theme, signOut, current }: AppHeaderProps) {
  return (
    <header className="no-print flex flex-wrap items-center gap-x-5 border-b border-line bg-surface px-4 pt-2 sm:min-h-12 sm:px-6 sm:pt-0">
      <Brand />
      <HeaderNav items={managesPeople ? [...ITEMS, PEOPLE] : ITEMS} current={current} />
      <HeaderSearch />
      <TextLink plain href={inbox.href} className="text-ink-2">
        Inbox
        {inbox.unread !== "" && (
          <>
            {" "}
            <span className="tag" data-tone="accent">
              {inbox.unread}
              <span className="sr-only"> new</span>
            </span>
          </>
        )}
      </TextLink>
      <div>
        <Menu label={user.name} describe={`Account of ${user.name}`} variant="quiet" align="end">
          <p className="px-3.5 py-2">
            <span className="block font-medium">{user.name}</span>
            <span className="text-sm text-ink-2">{user.role}</span>
          </p>
          <div className="border-t border-line py-1">
            <MenuLink href="/account">Account</MenuLink>
            {own.map(({ label, href }) => (
              <MenuLink key={href} href={href}>
                {label}
              </MenuLink>
            ))}
          </div>
          <ThemeSwitch theme={theme} />
          <form action={signOut} className="border-t border-line pt-1">
            <MenuSubmit>Sign out</MenuSubmit>
          </form>
        </Menu>
      </div>
    </header>
  );
}
