import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { ACCOUNTS, type Role } from "./accounts";
import { admin } from "./product";

export { ACCOUNTS, type Role } from "./accounts";

/** Signs in by the form, as people do, and waits for the page that follows. */
export async function signIn(page: Page, role: Role): Promise<void> {
  const { email, password } = ACCOUNTS[role];
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).not.toHaveURL(/\/sign-in/);
}

/** A fresh API token of the account of a role. */
export async function tokenOf(role: Role, scope: "read" | "write"): Promise<string> {
  return adminCommand(["token", "create", "--email", ACCOUNTS[role].email, "--scope", scope]);
}

/** Runs `npm run admin` on the product under test; resolves with its standard output. */
export async function adminCommand(args: string[], input?: string): Promise<string> {
  const settings = JSON.parse(process.env.E2E_SETTINGS ?? "{}") as Record<string, Record<string, string>>;
  return admin(settings[test.info().project.name] ?? {}, args, input);
}

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** Those of their rules that look at colours: all that can come out otherwise in the dark. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];

/** Expects no axe violation on the page as it stands, in light and in dark; leaves it light. */
export async function axeClean(page: Page): Promise<void> {
  // A page that a link opened has its title a moment after its content.
  await expect(page).toHaveTitle(/./);
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme });
    // There are no frames: the page is looked at as it is, without a second one to put results of frames together.
    const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).setLegacyMode(true);
    const { violations } = await (colorScheme === "dark" ? axe.withRules(OF_COLOURS) : axe.withTags(WCAG)).analyze();
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => ({ id, target, failureSummary })),
    );
    expect(found, `axe on ${page.url()}, ${colorScheme}`).toEqual([]);
  }
}
