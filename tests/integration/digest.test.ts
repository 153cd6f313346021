import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { GET, POST } from "@/app/api/unsubscribe/[token]/route";
import { switchDigest } from "@/features/audit/mutations/digest";
import { markRead, watch } from "@/features/audit/mutations/watches";
import { hasDigest, unsubscribeLinks, unsubscriberOf } from "@/features/audit/queries/digest";
import { loadInbox } from "@/features/audit/queries/inbox";
import type { DialogueDto } from "@/features/dialogues/queries";
import { sendDigestMail } from "@/scripts/digest";
import { useDatabase } from "@/tests/support/database";
import { headerOf, openMailbox, wordsOf, type Mailbox } from "@/tests/support/mailbox";
import { dialogue, person, say, type Person } from "@/tests/support/record";

// Outside of Next nobody says what the request is: a mail service sends nothing that would matter.
vi.mock("next/headers", () => ({ headers: async () => new Headers() }));

const database = useDatabase("reference");
const before = { ...process.env };
let mailbox: Mailbox;
let analyst: Person;

beforeAll(async () => {
  mailbox = await openMailbox();
  Object.assign(process.env, {
    SMTP_URL: mailbox.url,
    MAIL_FROM: "Rostrum <rostrum@example.org>",
    APP_URL: "https://rostrum.example.org",
  });
  analyst = await person("analyst");
});

afterAll(async () => {
  await mailbox.close();
  for (const name of ["SMTP_URL", "MAIL_FROM", "APP_URL"]) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
});

beforeEach(async () => {
  mailbox.arrived.length = 0;
  mailbox.refusal = null;
  await database.sql("delete from digest_mail");
  await database.sql("update reader set digest = false");
});

const own = (who: Person) => who.may("watch:own");

/** Somebody who wants the digest and watches a dialogue of their own. */
async function subscriber(): Promise<{ who: Person; here: DialogueDto }> {
  const [who, here] = [await person("viewer"), await dialogue(analyst)];
  await watch(own(who), "dialogue", here.id);
  await switchDigest(own(who), true);
  return { who, here };
}

const unsubscribeBy = (address: string, method: "GET" | "POST") => {
  const url = new URL(address);
  const token = url.pathname.split("/").at(-1) ?? "";
  const body = method === "POST" ? { body: "List-Unsubscribe=One-Click" } : {};
  // As a mail service sends it: no cookie, no Origin.
  const request = new Request(url, { method, ...body });
  return (method === "GET" ? GET : POST)(request, { params: Promise.resolve({ token }) });
};

describe("the daily digest", () => {
  it("tells whoever wants it what others did, once a day, as plain text and as HTML", async () => {
    const { who, here } = await subscriber();
    const silent = await person("viewer");
    await watch(own(silent), "dialogue", here.id);
    await say(analyst, here.slug, { speaker: "DNK", represents: [{ basis: "group", group: "nordic" }] });
    expect(await sendDigestMail()).toEqual({ sent: 1, nothing: 0, failed: 0 });
    const [mail, ...more] = mailbox.arrived;
    expect(more).toEqual([]);
    if (!mail) throw new Error("No mail arrived.");
    expect(mail.to).toEqual([who.email]);
    expect(headerOf(mail, "Subject")).toBe("Rostrum: 1 change to what you watch");
    expect(headerOf(mail, "From")).toBe("Rostrum <rostrum@example.org>");
    expect(headerOf(mail, "Auto-Submitted")).toBe("auto-generated");
    expect(headerOf(mail, "List-Unsubscribe")).toBe(`<${unsubscribeLinks(who.id).oneClick}>`);
    expect(headerOf(mail, "List-Unsubscribe-Post")).toBe("List-Unsubscribe=One-Click");
    const words = wordsOf(mail);
    expect(words).toContain(`- ${analyst.name} recorded a statement by Denmark`);
    expect(words).toContain(`https://rostrum.example.org/dialogues/${here.slug}/statements/`);
    expect(words).toMatch(/<li[^>]*><a href="https:\/\/rostrum\.example\.org\/dialogues\//);
    expect(words).toContain(unsubscribeLinks(who.id).page);

    await say(analyst, here.slug, { speaker: "SWE" });
    expect(await sendDigestMail()).toEqual({ sent: 0, nothing: 0, failed: 0 });
    // The next day tells what came after, and nothing twice.
    await database.sql("update digest_mail set day = day - 1");
    expect(await sendDigestMail()).toMatchObject({ sent: 1 });
    const next = wordsOf(mailbox.arrived[1] ?? mail);
    expect(next).toContain("by Sweden");
    expect(next).not.toContain("by Denmark");
  });

  it("is sent once, however many instances send it at the same time", async () => {
    const { here } = await subscriber();
    await subscriber();
    await say(analyst, here.slug, { speaker: "DNK" });
    const sendings = await Promise.all([1, 2, 3].map(() => sendDigestMail()));
    expect(sendings.reduce((sum, { sent }) => sum + sent, 0)).toBe(1);
    expect(mailbox.arrived).toHaveLength(1);
  });

  it("is not sent for nothing: without news, or with news that was read in the inbox", async () => {
    const { who, here } = await subscriber();
    await say(analyst, here.slug, { speaker: "DNK" });
    await markRead(own(who), BigInt((await loadInbox(own(who), {}, 1)).head));
    expect(await sendDigestMail()).toMatchObject({ sent: 0, nothing: 1 });
    // Nothing at six o'clock is nothing for that day.
    await say(analyst, here.slug, { speaker: "SWE" });
    expect(await sendDigestMail()).toMatchObject({ sent: 0 });
    expect(mailbox.arrived).toEqual([]);
  });

  it("tells nothing from before it was switched on, and nothing to a disabled account", async () => {
    const { who, here } = await subscriber();
    await switchDigest(own(who), false);
    await say(analyst, here.slug, { speaker: "DNK" });
    await switchDigest(own(who), true);
    await say(analyst, here.slug, { speaker: "SWE" });
    const gone = await subscriber();
    await say(analyst, gone.here.slug, { speaker: "DNK" });
    await database.sql('update "user" set disabled_at = now() where id = $1', [gone.who.id]);
    expect(await sendDigestMail()).toMatchObject({ sent: 1 });
    expect(wordsOf(mailbox.arrived[0] ?? { to: [], source: "" })).not.toContain("by Denmark");
    expect(mailbox.arrived.map(({ to }) => to)).toEqual([[who.email]]);
  });

  it("waits for a mail server that does not take it, and is sent later as the same message", async () => {
    const { here } = await subscriber();
    await say(analyst, here.slug, { speaker: "DNK" });
    mailbox.refusal = "Busy";
    expect(await sendDigestMail()).toEqual({ sent: 0, nothing: 0, failed: 1 });
    mailbox.refusal = null;
    // Somebody may still be sending it: the claim lasts ten minutes.
    expect(await sendDigestMail()).toMatchObject({ sent: 0, failed: 0 });
    await say(analyst, here.slug, { speaker: "SWE" });
    await database.sql("update digest_mail set claimed_at = now() - interval '11 minutes'");
    expect(await sendDigestMail()).toMatchObject({ sent: 1 });
    const [mail] = mailbox.arrived;
    const day = (await database.sql<{ day: string; tries: number }>("select day::text, tries from digest_mail"))[0];
    expect(day?.tries).toBe(2);
    expect(mail && headerOf(mail, "Message-ID")).toMatch(new RegExp(`^<digest\\.${day?.day}\\.[0-9a-f-]{36}@`));
    expect(mail && wordsOf(mail)).not.toContain("by Sweden");
  });

  it("goes on when no mail server answers at all", async () => {
    const { here } = await subscriber();
    await say(analyst, here.slug, { speaker: "DNK" });
    process.env.SMTP_URL = "smtp://127.0.0.1:1";
    expect(await sendDigestMail()).toMatchObject({ failed: 1 });
    process.env.SMTP_URL = mailbox.url;
  });
});

describe("unsubscribing", () => {
  it("takes one press in a mail program, without signing in, and nothing by opening the address", async () => {
    const { who } = await subscriber();
    const { oneClick, page } = unsubscribeLinks(who.id);
    const opened = await unsubscribeBy(oneClick, "GET");
    expect([opened.status, opened.headers.get("location")]).toEqual([303, new URL(page).pathname]);
    expect(await hasDigest(own(who))).toBe(true);
    for (let press = 1; press <= 2; press += 1) expect((await unsubscribeBy(oneClick, "POST")).status).toBe(200);
    expect(await hasDigest(own(who))).toBe(false);
    const fromPage = await unsubscribeBy(`${oneClick}?page=1`, "POST");
    expect([fromPage.status, fromPage.headers.get("location")]).toEqual([303, `${new URL(page).pathname}?done=1`]);
  });

  it("is refused to a token that nobody gave out, or for an account that is gone", async () => {
    const { who } = await subscriber();
    const { oneClick } = unsubscribeLinks(who.id);
    const token = oneClick.split("/").at(-1) ?? "";
    const forged = [
      token.slice(0, -1),
      `${token}A`,
      `${token.startsWith("A") ? "B" : "A"}${token.slice(1)}`,
      "",
      "x".repeat(43),
    ];
    for (const other of forged) {
      expect(unsubscriberOf(other), other).toBeNull();
      expect((await unsubscribeBy(oneClick.replace(token, other || "-"), "POST")).status).toBe(404);
    }
    expect(await hasDigest(own(who))).toBe(true);
    const nobody = unsubscribeLinks("0190c7a0-0000-7000-8000-000000000001").oneClick;
    expect((await unsubscribeBy(nobody, "POST")).status).toBe(404);
  });
});
