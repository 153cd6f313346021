// The page that says in words that a page could not be made. Next's own error pages are rendered by the browser alone: without
// JavaScript they are blank.
import { createHash } from "node:crypto";
import { samePath } from "../lib/auth/paths";

/** Colours and type of app/styles/tokens.css; the stylesheets of the product have names that only a page of Next knows. */
const STYLE = `:root{color-scheme:light dark}
body{margin:0;background:light-dark(#fbfaf6,#12161b);color:light-dark(#1a2129,#e9e6de);font:1.0625rem/1.62 "Source Serif 4",Georgia,serif}
header{padding:.75rem 1.5rem;background:light-dark(#fff,#191f26);border-bottom:1px solid light-dark(#dfdbd0,#2b343e);font-size:1.25rem;font-weight:600}
header a{color:inherit;text-decoration:none}
main{max-width:42rem;padding:2.5rem 1.5rem}
h1{margin:0;font-size:1.875rem;line-height:1.18;font-weight:600}
p{margin:.75rem 0 0}
main a{color:light-dark(#084a80,#a9d0f2)}
code{font-family:ui-monospace,monospace;font-size:.875rem;overflow-wrap:anywhere}`;

/** Loads nothing, runs nothing: the style above by its hash. */
export const FAILURE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`,
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "form-action 'none'",
].join("; ");

const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

/** What could not be answered, and what went wrong. */
export type Failed = {
  /** True when the database did not answer; otherwise the fault is our own. */
  unavailable: boolean;
  /** Path and query of the request. */
  path: string;
  /** True when a form was sent: what was typed is then only in the browser. */
  sent: boolean;
  /** The id under which the request is logged. */
  requestId: string;
};

/** A whole document: what happened, that nothing is lost, and where to go next. */
export function failurePage({ unavailable, path, sent, requestId }: Failed): string {
  const title = unavailable ? "The database does not answer just now" : "This page did not work";
  const cause = unavailable
    ? "What is on record is safe. Try again in a moment."
    : `Something went wrong on our side. What is on record is safe. Try again in a moment; if it happens again, tell your
administrator what you were doing and this reference: <code>${escaped(requestId)}</code>`;
  // A form may have been saved before the page that should follow failed: nothing is promised.
  const typed = sent
    ? "<p>What you had typed is still there when you go back in your browser. Before you send it again, look whether it was saved.</p>\n"
    : "";
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · Rostrum</title>
<style>${STYLE}</style>
</head>
<body>
<header><a href="/">Rostrum</a></header>
<main>
<h1>${title}</h1>
<p>${cause}</p>
${typed}<p><a href="${escaped(samePath(path))}">Try again</a> or <a href="/">go to the start page</a>.</p>
</main>
</body>
</html>
`;
}
