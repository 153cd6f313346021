import "server-only";
import { createTransport } from "nodemailer";
import { env } from "@/lib/env";

/** One message to one person. */
export type Mail = {
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  /** The same for a message that is sent again, so that it can be recognised: the part before the @. */
  id: string;
  headers: Record<string, string>;
};

/** Milliseconds for connecting, for the greeting, and for any silence after it. */
const PATIENCE = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

/** Sends messages by SMTP_URL over one connection; `close` ends it. Throws what the mail server answers, or that it does not. */
export function openMailer(): { send(mail: Mail): Promise<void>; close(): void } {
  const { SMTP_URL: url, MAIL_FROM: from, APP_URL } = env();
  if (!url || !from) throw new Error("SMTP_URL and MAIL_FROM are not set.");
  const transport = createTransport({ url, pool: true, maxConnections: 1, ...PATIENCE });
  const host = new URL(APP_URL).hostname;
  return {
    async send({ id, headers, ...mail }) {
      await transport.sendMail({
        ...mail,
        from,
        messageId: `<${id}@${host}>`,
        // A reply by a machine would go round in circles (RFC 3834).
        headers: { ...headers, "Auto-Submitted": "auto-generated" },
        disableFileAccess: true,
        disableUrlAccess: true,
      });
    },
    close: () => transport.close(),
  };
}
