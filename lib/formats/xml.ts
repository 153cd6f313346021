// XML 1.0, section 2.2: every other character cannot be written at all, not even as a reference.
const FORBIDDEN = /[^\t\n\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/**
 * Text that an XML file can hold and give back: characters that XML forbids (U+0001, U+FFFE, half of a surrogate pair)
 * become U+FFFD, the replacement character; line ends become LF, as every XML reader makes them.
 */
export function xmlText(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(FORBIDDEN, "\uFFFD");
}

/** Such a text as the content of an element. */
export function xmlEscaped(text: string): string {
  return xmlText(text).replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);
}
