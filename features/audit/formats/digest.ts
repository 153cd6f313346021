import { newsInWords } from "@/features/audit/formats/news";
import type { News } from "@/features/audit/schema";
import { formatInstant, formatList, plural } from "@/lib/format";
import { xmlEscaped } from "@/lib/formats/xml";

/** What a digest tells, and the addresses that it names. */
export type Digest = {
  news: readonly News[];
  /** There was more than that: the inbox has it. */
  more: boolean;
  /** The origin of the product: "https://rostrum.example.org". */
  origin: string;
  /** Ends the digest without signing in. */
  unsubscribe: string;
};

const REASON = "You get this because you switched the daily digest on in your account.";

const subjectsIn = ({ touched }: News): string => formatList(touched.map(({ name }) => name));

/** The subject line, for one that fits a phone: "Rostrum: 3 changes to what you watch". */
export function digestSubject({ news, more }: Digest): string {
  if (more) return "Rostrum: many changes to what you watch";
  return `Rostrum: ${plural(news.length, "change", "changes")} to what you watch`;
}

/** The message as plain text. */
export function digestText({ news, more, origin, unsubscribe }: Digest): string {
  const entries = news.map((one) =>
    [
      `- ${newsInWords(one)}`,
      `  ${subjectsIn(one)}. ${formatInstant(new Date(one.at))}`,
      ...(one.href === null ? [] : [`  ${origin}${one.href}`]),
    ].join("\n"),
  );
  return [
    "What others did to what you watch in Rostrum:",
    ...entries,
    more ? `There is more in your inbox: ${origin}/inbox` : `Your inbox: ${origin}/inbox`,
    `-- \n${REASON}\nSwitch it off with one press: ${unsubscribe}\nYour account: ${origin}/account#digest\n`,
  ].join("\n\n");
}

const link = (href: string, words: string): string => `<a href="${xmlEscaped(href)}">${xmlEscaped(words)}</a>`;

/** The same as HTML: nothing but paragraphs, a list and links, so that every program shows it. */
export function digestHtml({ news, more, origin, unsubscribe }: Digest): string {
  const entries = news.map((one) => {
    const words = newsInWords(one);
    const what = one.href === null ? xmlEscaped(words) : link(`${origin}${one.href}`, words);
    return `<li style="margin-bottom:8px">${what}<br>${xmlEscaped(`${subjectsIn(one)}. ${formatInstant(new Date(one.at))}`)}</li>`;
  });
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Rostrum</title></head><body>',
    "<p>What others did to what you watch in Rostrum:</p>",
    `<ul>${entries.join("")}</ul>`,
    `<p>${link(`${origin}/inbox`, more ? "There is more in your inbox" : "Your inbox")}</p>`,
    `<p>${REASON}<br>${link(unsubscribe, "Switch it off with one press")} · ${link(`${origin}/account#digest`, "Your account")}</p>`,
    "</body></html>",
  ].join("\n");
}
