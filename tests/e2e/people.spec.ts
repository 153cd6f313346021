import { expect, type Browser, type Page } from "@playwright/test";
import { test } from "../support/browser-test";
import { adminCommand, axeClean, signIn } from "../support/e2e";

const PASSWORD = "seven quiet lanterns on the pier";

async function freshPage(browser: Browser): Promise<Page> {
  return (await browser.newContext()).newPage();
}

async function signInAs(page: Page, email: string): Promise<void> {
  await page.goto("/sign-in?next=/account");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Makes an account for one test alone, named as its e-mail begins, and a browser that is signed in to it. */
async function person(browser: Browser, name: string, role: string): Promise<Page> {
  const email = `${name}@example.org`;
  const account = ["--email", email, "--name", name, "--role", role];
  await adminCommand(["user", "create", ...account, "--password-stdin"], PASSWORD);
  const page = await freshPage(browser);
  await signInAs(page, email);
  await expect(page).toHaveURL("/account");
  return page;
}

async function openPerson(page: Page, name: string): Promise<void> {
  await page.goto("/people");
  await page.getByRole("link", { name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
}

const shownOnce = (page: Page): Promise<string> => page.locator("code").innerText();

test("an administrator invites somebody by a link that works once", async ({ page, browser }) => {
  await signIn(page, "admin");
  await page.goto("/people");
  await axeClean(page);
  await page.getByLabel("Name").fill("Second Analyst");
  await page.getByLabel("E-mail").fill("second.analyst@example.org");
  await page.getByLabel("Role").selectOption("analyst");
  await page.getByRole("button", { name: "Invite" }).click();
  await expect(page.getByText("Second Analyst is invited.")).toBeVisible();
  const link = await shownOnce(page);
  expect(new URL(link).origin).toBe(new URL(page.url()).origin);
  await expect(page.getByRole("row", { name: /Second Analyst/ })).toContainText("invited");
  await axeClean(page);
  await page.reload();
  expect(await page.content()).not.toContain(new URL(link).pathname);

  const invited = await freshPage(browser);
  await invited.goto(link);
  await expect(invited.getByText("second.analyst@example.org")).toBeVisible();
  await axeClean(invited);
  await invited.getByLabel("Password").fill("second.analyst");
  await invited.getByRole("button", { name: "Save the password and sign in" }).click();
  await expect(invited.getByRole("alert").first()).toContainText("made of your name or e-mail");
  await invited.getByLabel("Password").fill(PASSWORD);
  await invited.getByRole("button", { name: "Save the password and sign in" }).click();
  await expect(invited).not.toHaveURL(/set-up/);
  await invited.goto("/account");
  await expect(invited.getByText("Second Analyst, Analyst")).toBeVisible();
  expect((await invited.goto(link))?.status()).toBe(404);
  await page.reload();
  await expect(page.getByRole("row", { name: /Second Analyst/ })).toContainText("active");
});

test("an invitation for a known e-mail is refused beside its field, and nothing typed is lost", async ({ page }) => {
  await signIn(page, "admin");
  await page.goto("/people");
  await page.getByLabel("Name").fill("Somebody Else");
  await page.getByLabel("E-mail").fill("viewer@example.org");
  await page.getByRole("button", { name: "Invite" }).click();
  await expect(page.getByRole("alert").first()).toContainText("There is already an account with this e-mail.");
  await expect(page.getByLabel("Name")).toHaveValue("Somebody Else");
  await expect(page.getByLabel("E-mail")).toHaveAttribute("aria-invalid", "true");
  await axeClean(page);
});

test("another role counts from the next click on", async ({ page, browser }) => {
  const other = await person(browser, "climber", "viewer");
  expect((await other.goto("/people"))?.status()).toBe(403);
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("Your role does not open this page");
  await axeClean(other);
  await signIn(page, "admin");
  await openPerson(page, "climber");
  await axeClean(page);
  await page.getByLabel("Role").selectOption("admin");
  await page.getByRole("button", { name: "Change role" }).click();
  await expect(page.getByText("climber is now Administrator.")).toBeVisible();
  expect((await other.goto("/people"))?.status()).toBe(200);
  await page.getByLabel("Role").selectOption("viewer");
  await page.getByRole("button", { name: "Change role" }).click();
  await expect(page.getByText("climber is now Viewer.")).toBeVisible();
  expect((await other.goto("/people"))?.status()).toBe(403);
});

test("disabling ends sessions and tokens at once", async ({ page, browser, request }) => {
  const other = await person(browser, "leaver", "analyst");
  const token = await adminCommand(["token", "create", "--email", "leaver@example.org", "--scope", "write"]);
  const headers = { authorization: `Bearer ${token}` };
  expect((await request.get("/api/v1/actors", { headers })).status()).toBe(200);
  await signIn(page, "admin");
  await openPerson(page, "leaver");
  await page.getByRole("button", { name: "Disable account" }).click();
  await expect(page.getByRole("button", { name: "Enable account" })).toBeVisible();
  expect((await request.get("/api/v1/actors", { headers })).status()).toBe(401);
  await other.goto("/account");
  await expect(other).toHaveURL(/\/sign-in/);
  await signInAs(other, "leaver@example.org");
  await expect(other.getByRole("alert").first()).toContainText("E-mail or password is not right.");
});

test("of two administrators the second is told what the first did", async ({ page, browser }) => {
  await adminCommand(["user", "create", "--email", "disputed@example.org", "--name", "Disputed", "--role", "viewer"]);
  await signIn(page, "admin");
  await openPerson(page, "Disputed");
  const second = await freshPage(browser);
  await signIn(second, "admin");
  await openPerson(second, "Disputed");
  await page.getByLabel("Role").selectOption("reviewer");
  await page.getByRole("button", { name: "Change role" }).click();
  await expect(page.getByText("Disputed is now Reviewer.")).toBeVisible();
  await second.getByLabel("Role").selectOption("analyst");
  await second.getByRole("button", { name: "Change role" }).click();
  await expect(second.getByText("You wanted: the role Analyst.")).toBeVisible();
  await expect(second.getByText(/On record now \(version 2\): Reviewer, invited/)).toBeVisible();
  await axeClean(second);
  await expect(second.getByLabel("Role")).toHaveValue("analyst");
  await second.getByRole("button", { name: "Change role" }).click();
  await expect(second.getByText("Disputed is now Analyst.")).toBeVisible();
});

test("a reset link replaces the password and ends every session", async ({ page, browser }) => {
  const other = await person(browser, "forgetful", "viewer");
  await signIn(page, "admin");
  await openPerson(page, "forgetful");
  await page.getByRole("button", { name: "Password reset link" }).click();
  const fresh = await freshPage(browser);
  await fresh.goto(await shownOnce(page));
  await fresh.getByLabel("Password").fill("another four plain words here");
  await fresh.getByRole("button", { name: "Save the password and sign in" }).click();
  await expect(fresh).not.toHaveURL(/set-up/);
  await other.goto("/account");
  await expect(other).toHaveURL(/\/sign-in/);
});

test("on the account page one makes and ends tokens", async ({ browser, request }) => {
  const page = await person(browser, "exporter", "analyst");
  await axeClean(page);
  await page.getByLabel("Label").fill("Nightly export");
  await page.getByRole("button", { name: "Make a token" }).click();
  const headers = { authorization: `Bearer ${await shownOnce(page)}` };
  await axeClean(page);
  expect((await request.get("/api/v1/actors", { headers })).status()).toBe(200);
  await page.getByRole("button", { name: "End the token Nightly export" }).click();
  await expect(page.getByText("You have no API tokens.")).toBeVisible();
  expect((await request.get("/api/v1/actors", { headers })).status()).toBe(401);
});

test("on the account page one changes the password, and signs out everywhere", async ({ browser }) => {
  const page = await person(browser, "owner", "analyst");
  const elsewhere = await freshPage(browser);
  await signInAs(elsewhere, "owner@example.org");
  await expect(elsewhere).toHaveURL("/account");
  await page.getByLabel("Current password").fill("not the password");
  await page.getByLabel("New password").fill("some other unrelated words");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByRole("alert").first()).toContainText("This is not your current password.");
  await page.getByLabel("Current password").fill(PASSWORD);
  await page.getByLabel("New password").fill("some other unrelated words");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Your password is changed.")).toBeVisible();
  await elsewhere.goto("/account");
  await expect(elsewhere).toHaveURL(/\/sign-in/);
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page).toHaveURL("/sign-in");
  await page.goto("/account");
  await expect(page).toHaveURL(/\/sign-in/);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("an administrator invites and changes roles", async ({ page }) => {
    await signIn(page, "admin");
    await page.goto("/people");
    await page.getByLabel("Name").fill("Plain Viewer");
    await page.getByLabel("E-mail").fill("plain.viewer@example.org");
    await page.getByLabel("Role").selectOption("viewer");
    await page.getByRole("button", { name: "Invite" }).click();
    await expect(page.locator("code")).toContainText("/set-up/");
    await openPerson(page, "Plain Viewer");
    await page.getByLabel("Role").selectOption("reviewer");
    await page.getByRole("button", { name: "Change role" }).click();
    await expect(page.getByText("Plain Viewer is now Reviewer.")).toBeVisible();
  });
});
