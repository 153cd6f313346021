import type { ReactNode } from "react";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { AppHeader } from "@/components/layout/app-header";
import { countUnread, MOST_UNREAD } from "@/features/audit/queries/inbox";
import { signOutAction } from "@/features/people/actions";
import { grant, type Identity } from "@/lib/auth/caller";
import { currentIdentity } from "@/lib/auth/identity";
import { signInPath } from "@/lib/auth/paths";
import { holds, ROLE_NAMES } from "@/lib/auth/permissions";
import { chosenTheme } from "@/lib/theme";

const EVERYBODY = [{ label: "Saved views", href: "/views" }];
const OWN = [
  ...EVERYBODY,
  { label: "Statements to code", href: "/coding" },
  { label: "Import a file", href: "/import" },
  { label: "Recent acts", href: "/acts" },
];

/** How much news there is, and where. */
async function inboxOf(identity: Identity): Promise<{ href: string; unread: string }> {
  const unread = await countUnread(grant(identity, "watch:own"));
  if (unread === 0) return { href: "/inbox", unread: "" };
  return { href: "/inbox?show=unread", unread: unread > MOST_UNREAD ? `${MOST_UNREAD}+` : String(unread) };
}

/** Around every signed-in page: the bar with its reader. It guards nothing; each page asks `pageCaller` for itself. */
export default async function WorkspaceLayout({ children }: { children: ReactNode }) {
  const identity = await currentIdentity();
  if (!identity) redirect(signInPath((await headers()).get("x-rostrum-path")));
  return (
    <>
      <AppHeader
        user={{ name: identity.userName, role: ROLE_NAMES[identity.role] }}
        managesPeople={holds(identity.role, "people:manage")}
        own={holds(identity.role, "import:run") ? OWN : EVERYBODY}
        inbox={await inboxOf(identity)}
        theme={await chosenTheme()}
        signOut={signOutAction}
      />
      {children}
    </>
  );
}
