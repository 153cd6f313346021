import { expect, type Page } from "@playwright/test";
import { test } from "../support/browser-test";
import { writer, type Writer } from "../support/e2e-record";
import { pageOf, rowsOf } from "../support/signed-in";

/** What would run if any page took text for markup, an attribute, a script, an address or a template. */
const PAYLOADS = [
  `<img src=x onerror="window.ran='img'">`,
  `"><script>window.ran='script'</script>`,
  `' onmouseover='window.ran="attribute"' autofocus onfocus='window.ran="focus"`,
  `</textarea></title></style></script><svg onload=window.ran='svg'>`,
  `javascript:window.ran='address'//`,
  "{{constructor.constructor('window.ran=1')()}}${window.ran=2}",
  `<iframe srcdoc="<script>parent.ran='frame'</script>"></iframe><base href=//evil.example><meta http-equiv=refresh content=0;url=//evil.example>`,
];
const HOSTILE = PAYLOADS.join(" ");

let write: Writer;

type Watch = { complaints: string[]; leave: () => Promise<void> };

/** Opens pages as somebody, and hears of everything that runs, is refused by the policy, or is asked of a stranger. */
async function watch(page: Page): Promise<Watch> {
  const complaints: string[] = [];
  page.on("dialog", (dialog) => {
    // The product's own question before a form with unsaved text is left.
    if (dialog.type() === "beforeunload") return void dialog.accept();
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const { hostname, pathname } = new URL(request.url());
    if (hostname !== "127.0.0.1" || pathname.endsWith("/x")) complaints.push(`request: ${request.url()}`);
  });
  await page.exposeFunction("policyRefused", (what: string) => complaints.push(`policy: ${what}`));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) => {
      const { policyRefused } = window as unknown as { policyRefused: (what: string) => void };
      policyRefused(`${violatedDirective} ${blockedURI} ${sample}`);
    });
  });
  return { complaints, leave: () => page.context().close() };
}

/** What of the payloads became a part of the page instead of its text. */
async function alive(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { ran } = window as unknown as { ran?: string };
    const found = document.querySelectorAll(
      "img[src=x], [onerror], [onload], [onmouseover], [onfocus], iframe, base, meta[http-equiv=refresh], a[href^='javascript:' i], form[action^='javascript:' i]:not([action*='A React form was unexpectedly'])",
    );
    return [
      ...(ran === undefined ? [] : [`ran: ${ran}`]),
      ...[...found].map((element) => element.outerHTML.slice(0, 200)),
    ];
  });
}

test.beforeAll(async () => {
  write = await writer();
});

test("text that would run in a careless page is text on every page", async ({ browser }) => {
  test.slow();
  const slug = `hostile-${Date.now().toString(36)}`;
  await write.dialogue(slug, {
    title: HOSTILE.slice(0, 290),
    note: HOSTILE,
    body: HOSTILE.slice(0, 190),
    sourceUrl: `https://example.org/?q=${encodeURIComponent(HOSTILE)}#"><script>window.ran='source'</script>`,
    meetings: [{ date: "2017-09-06", label: HOSTILE.slice(0, 110) }],
  });
  const { id } = await write.say(slug, {
    speaker: "KIR",
    meeting: 1,
    printed: HOSTILE.slice(0, 290),
    person: { name: HOSTILE.slice(0, 190), title: HOSTILE.slice(0, 290) },
    sourceUrl: `https://example.org/"onclick="window.ran='href'"><img/src=x/onerror=window.ran='source'>`,
    note: `${HOSTILE}\n${HOSTILE}`,
    represents: [{ basis: "own" }, { basis: "group", group: "nordic", exclude: ["FIN"] }],
  });
  const other = await write.say(slug, { speaker: "DNK", note: HOSTILE });
  const page = await pageOf(browser, "admin");
  const { complaints } = await watch(page);

  // The same into every field by hand, once refused and once kept; and as a reason.
  await page.goto(`/dialogues/${slug}/statements/new`);
  await page.getByRole("combobox", { name: "Speaker" }).fill(HOSTILE.slice(0, 190));
  await page.getByLabel("Both").check();
  await page.getByLabel("For whom 1", { exact: true }).fill(HOSTILE.slice(0, 190));
  await page.getByLabel("Language", { exact: true }).evaluate((field) => field.removeAttribute("maxlength"));
  await page.getByLabel("Language", { exact: true }).fill(HOSTILE);
  await page.getByText("Person, printed name, source, note").click();
  await page.getByLabel("Note", { exact: true }).fill(HOSTILE);
  await page.getByRole("button", { name: "Record statement" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
  await page.getByLabel("Language", { exact: true }).fill("en");
  await page.getByRole("button", { name: "Record statement" }).click();
  await expect(page.getByText("Nobody on record is called").first()).toBeVisible();
  expect(await alive(page)).toEqual([]);

  await page.goto(`/dialogues/${slug}/statements/${other.id}`);
  await page.getByText("Withdraw this statement").click();
  await page.getByLabel(/Why is Denmark's statement withdrawn/).fill(HOSTILE.slice(0, 490));
  await page.getByRole("button", { name: "Withdraw the statement" }).click();
  await expect(page.getByText("This statement is withdrawn and counts nowhere.")).toBeVisible();

  // Somebody else's change, so that both versions of everything are shown.
  await page.goto(`/dialogues/${slug}/statements/${id}/edit`);
  const second = await pageOf(browser, "analyst");
  await second.goto(`/dialogues/${slug}/statements/${id}/edit`);
  await second.getByLabel("Note", { exact: true }).fill(`changed ${HOSTILE}`);
  await second.getByRole("button", { name: "Save changes" }).click();
  await expect(second.getByRole("status")).toContainText("version 2");
  await page.getByLabel("Name as the source prints it").fill(`mine ${HOSTILE.slice(0, 250)}`);
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Somebody else changed this statement after you opened it.")).toBeVisible();
  expect(await alive(page)).toEqual([]);

  const everyColumn = "columns=order,speaker,printed,onBehalfOf,meeting,person,title,source,note";
  for (const at of [
    "/dialogues",
    `/dialogues?q=${encodeURIComponent(HOSTILE)}`,
    `/dialogues/${slug}?${everyColumn}`,
    `/dialogues/${slug}?${everyColumn}&show=withdrawn`,
    `/dialogues/${slug}?recorded=${id}&q=${encodeURIComponent(HOSTILE)}`,
    `/dialogues/${slug}/speakers?kind=${encodeURIComponent(HOSTILE)}`,
    `/dialogues/${slug}/represented?only=${encodeURIComponent(HOSTILE)}`,
    `/dialogues/${slug}/represented`,
    `/dialogues/${slug}/figures`,
    `/dialogues/${slug}/history`,
    `/dialogues/${slug}/edit`,
    `/dialogues/${slug}/statements/${id}`,
    `/dialogues/${slug}/statements/${id}?saved=${encodeURIComponent(HOSTILE)}`,
    `/dialogues/${slug}/statements/${id}/edit?version=1`,
    `/dialogues/${slug}/statements/${other.id}`,
    "/states/kiribati",
    "/states/denmark",
    "/groups/nordic",
  ]) {
    const response = await page.goto(at, { waitUntil: "networkidle" });
    expect(response?.status(), at).toBe(200);
    expect(await alive(page), at).toEqual([]);
  }

  // What nobody may see run, everybody may read.
  await page.goto(`/dialogues/${slug}?${everyColumn}`);
  await expect(rowsOf(page, "Participants").first()).toContainText(PAYLOADS[0] ?? "");
  await page.getByRole("link", { name: "source" }).hover();
  expect(await page.getByRole("link", { name: "source" }).getAttribute("href")).toMatch(/^https:\/\/example\.org\//);
  expect(complaints).toEqual([]);
});
