import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";

/** A message as it arrived: to whom, and its source as the mail server got it. */
export type Arrived = { to: string[]; source: string };

export type Mailbox = {
  /** For SMTP_URL. */
  url: string;
  arrived: Arrived[];
  /** What the server answers to the next messages instead of taking them; null takes them. */
  refusal: string | null;
  close(): Promise<void>;
};

/** A mail server in this process that keeps what it gets. */
export async function openMailbox(): Promise<Mailbox> {
  const arrived: Arrived[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    logger: false,
    onData: (stream, session, done) => {
      const keep = async () => {
        const source = await text(stream);
        if (mailbox.refusal !== null) return done(new Error(mailbox.refusal));
        arrived.push({ to: session.envelope.rcptTo.map(({ address }) => address), source });
        return done();
      };
      void keep();
    },
  });
  // A client that ends its connection early is no fault of a test.
  server.on("error", () => {});
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  const mailbox: Mailbox = {
    url: `smtp://127.0.0.1:${port}`,
    arrived,
    refusal: null,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
  return mailbox;
}

/** A header of a message, unfolded; undefined when it has none. */
export function headerOf({ source }: Arrived, name: string): string | undefined {
  const head = source.slice(0, source.indexOf("\r\n\r\n")).replace(/\r\n[ \t]+/g, " ");
  const line = head.split("\r\n").find((one) => one.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  return line?.slice(name.length + 1).trim();
}

/** The parts of a message as one text, its quoted-printable undone. */
export function wordsOf({ source }: Arrived): string {
  const bytes = source
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
