// The digest of today by e-mail, to everybody who wants one and has news. Run by the server at the hour that is set
// (scripts/digest-timer.ts), or by npm run admin -- digest send.
import { pathToFileURL } from "node:url";
import { digestHtml, digestSubject, digestText } from "@/features/audit/formats/digest";
import { sendDigests, type Sendings } from "@/features/audit/mutations/digest";
import { unsubscribeLinks } from "@/features/audit/queries/digest";
import { grant, systemIdentity } from "@/lib/auth/caller";
import { closeDatabase } from "@/lib/database";
import { env, sendsMail } from "@/lib/env";
import { openMailer } from "@/lib/mail";
import { Refusal } from "./refusal.mjs";

/**
 * Sends what is due, over one connection to the mail server. What it does not take is tried again by the next call, ten minutes
 * later or more. The environment must hold DATABASE_URL, AUTH_SECRET, SMTP_URL and MAIL_FROM.
 * @throws Refusal when no mail server is set
 */
export async function sendDigestMail(): Promise<Sendings> {
  if (!sendsMail()) throw new Refusal("Set SMTP_URL and MAIL_FROM: without them no mail is sent.");
  const origin = env().APP_URL;
  const mailer = openMailer();
  try {
    return await sendDigests(grant(systemIdentity("Daily digest"), "people:manage"), async ({ to, day, ...told }) => {
      const links = unsubscribeLinks(to.userId);
      const digest = { ...told, origin, unsubscribe: links.page };
      await mailer.send({
        to: { name: to.name, address: to.email },
        subject: digestSubject(digest),
        text: digestText(digest),
        html: digestHtml(digest),
        id: `digest.${day}.${to.userId}`,
        // RFC 8058: one press in the mail program, without a page in between.
        headers: {
          "List-Unsubscribe": `<${links.oneClick}>`,
          "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
      });
    });
  } finally {
    mailer.close();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    await sendDigestMail();
  } finally {
    await closeDatabase();
  }
}
