import { ROLES, type Role, ROLE_NAMES } from "@/lib/auth/permissions";
import { DomainError } from "@/lib/errors";

/** The roles as a choice, the one that may least first. */
export const ROLE_CHOICES: readonly { value: Role; label: string }[] = ROLES.map((role) => ({
  value: role,
  label: ROLE_NAMES[role],
}));

/** `invited`: has not chosen a password yet. */
export type PersonStatus = "active" | "invited" | "disabled";

/** Where an account stands. Disabled outweighs the rest. */
export function statusOf(user: { disabledAt: Date | null; passwordHash: string | null }): PersonStatus {
  if (user.disabledAt) return "disabled";
  return user.passwordHash === null ? "invited" : "active";
}

/**
 * Refuses to take away the last administrator who can sign in: nobody could invite or restore anybody any more.
 * `otherAdministrators` counts the active ones besides the person who is changed.
 */
export function refuseLastAdministrator(
  person: { role: Role; status: PersonStatus },
  change: { role?: Role; disabled?: boolean },
  otherAdministrators: number,
): void {
  if (person.role !== "admin" || person.status !== "active" || otherAdministrators > 0) return;
  const stays = !change.disabled && (change.role ?? "admin") === "admin";
  if (stays) return;
  throw new DomainError({
    code: "CONFLICT",
    message: "This is the last active administrator. Make somebody else an administrator first.",
  });
}

// Order matters: Edge and Opera also say Chrome, and Chrome also says Safari.
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(?:e|A|iOS)?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bFirefox\/|\bFxiOS\//, "Firefox"],
  [/\bChrome\/|\bCriOS\/|\bHeadlessChrome\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\bAndroid\b/, "Android"],
  [/\biPhone\b|\biPad\b/, "iOS"],
  [/\bWindows\b/, "Windows"],
  [/\bMacintosh\b/, "macOS"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
];

const firstOf = (text: string, list: typeof BROWSERS): string | undefined =>
  list.find(([mark]) => mark.test(text))?.[1];

/** A browser as its owner would call it: "Firefox on Linux". */
export function deviceOf(userAgent: string | null): string {
  const browser = firstOf(userAgent ?? "", BROWSERS) ?? "Another program";
  const system = firstOf(userAgent ?? "", SYSTEMS);
  return system ? `${browser} on ${system}` : browser;
}
