// The text of a PDF, DOCX, HTML or plain text file, with blank lines between paragraphs and form feeds between pages.
import { fileTypeFromBuffer } from "file-type";
import { languageOf } from "./language-of-text.mjs";
import { Refused } from "./refused.mjs";

const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/** @type {Record<string, string>} what the end of a name promises */
const PROMISED = { pdf: "application/pdf", docx: DOCX, html: "text/html", htm: "text/html", txt: "text/plain" };
/** @type {Record<string, string>} */
const NAMES = {
  "application/pdf": "a PDF",
  [DOCX]: "a Word document",
  "text/html": "a web page",
  "text/plain": "plain text",
};
const HTML_START =
  /^(?:\s|<!--[^]{0,2000}?-->|<\?xml[^>]{0,200}\?>)*<(?:!doctype html|html|head|body|div|p|article|main|section|h[1-6]|table|ul|ol)[\s>/]/i;
const ALLOWED = "Upload a PDF, a Word document (DOCX), a web page (HTML) or plain text (TXT).";

/**
 * @typedef {{ text: string, pages: number | null, notes: string[] }} Extracted
 * @param {Buffer} bytes
 * @param {{ fileName?: string }} options
 * @returns {Promise<Extracted & { mediaType: string, language: string | null }>}
 */
export async function parse(bytes, { fileName = "" }) {
  if (bytes.length === 0) throw new Refused("This file is empty.");
  const { mediaType, decoded } = await typeOf(bytes);
  const promised = PROMISED[/\.([a-z]{3,4})$/i.exec(fileName)?.[1]?.toLowerCase() ?? ""];
  if (promised !== undefined && promised !== mediaType) {
    throw new Refused(
      `By its name this file is ${NAMES[promised]}, but it is ${NAMES[mediaType]}. Rename it if that is what you mean to store.`,
    );
  }
  const extracted = await extract(mediaType, bytes, decoded);
  const { text, notes } = plainLetters(tidy(extracted.text));
  if (text === "") throw new Refused("This file holds no text.");
  const language = languageOf(text);
  return { mediaType, text, language, pages: extracted.pages, notes: [...decoded.notes, ...extracted.notes, ...notes] };
}

/** @typedef {{ text: string, notes: string[] }} Decoded */

/**
 * What the bytes are, whatever the file is called.
 * @param {Buffer} bytes
 * @returns {Promise<{ mediaType: string, decoded: Decoded }>}
 */
async function typeOf(bytes) {
  const none = { text: "", notes: [] };
  const found = await fileTypeFromBuffer(bytes);
  if (found?.mime === "application/pdf" || found?.mime === DOCX) return { mediaType: found.mime, decoded: none };
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (found && found.mime !== "application/xml" && !utf16)
    throw new Refused(`This is ${found.ext.toUpperCase()}, which holds no text to quote. ${ALLOWED}`);
  const decoded = decode(bytes);
  if (HTML_START.test(decoded.text.slice(0, 5000))) return { mediaType: "text/html", decoded };
  if ((found && !utf16) || /^\s*<(?:svg|\?xml)[\s>]/i.test(decoded.text.slice(0, 500)))
    throw new Refused(`This is XML, not a document. ${ALLOWED}`);
  if (/[\u0000-\u0008\u000e-\u001a]/.test(decoded.text)) throw new Refused(`This is not a text. ${ALLOWED}`);
  return { mediaType: "text/plain", decoded };
}

/**
 * @param {Buffer} bytes
 * @returns {Decoded}
 */
function decode(bytes) {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: strictly("utf-16le", bytes), notes: [] };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: strictly("utf-16be", bytes), notes: [] };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), notes: [] };
  } catch {
    const start = bytes.subarray(0, 2000).toString("latin1");
    const charset = /<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{3,30})/i.exec(start)?.[1];
    if (charset === undefined || !HTML_START.test(start))
      throw new Refused("This text is neither UTF-8 nor UTF-16. Save it as UTF-8 and upload it again.");
    return {
      text: strictly(charset, bytes),
      notes: [`The page says that it is written in ${charset}: look at its accents.`],
    };
  }
}

/**
 * @param {string} encoding
 * @param {Buffer} bytes
 */
function strictly(encoding, bytes) {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new Refused(`This file is not written in ${encoding}, as it says. Save it as UTF-8 and upload it again.`);
  }
}

/**
 * @param {string} mediaType
 * @param {Buffer} bytes
 * @param {Decoded} decoded
 * @returns {Promise<Extracted>}
 */
async function extract(mediaType, bytes, decoded) {
  // Each reader is loaded only for its own files.
  if (mediaType === "application/pdf") return (await import("./text-of-pdf.mjs")).textOfPdf(bytes);
  if (mediaType === DOCX) return (await import("./text-of-docx.mjs")).textOfDocx(bytes);
  if (mediaType === "text/plain") return { text: decoded.text, pages: null, notes: [] };
  return { text: (await import("./text-of-html.mjs")).textOfHtml(decoded.text), pages: null, notes: [] };
}

/**
 * Line feeds, no white space at the ends of lines, no more than one blank line.
 * @param {string} text
 */
function tidy(text) {
  const lines = text
    .replaceAll(/\r\n?|[\u2028\u2029]/g, "\n")
    .replaceAll("\u0000", "")
    .toWellFormed()
    .split("\n");
  // Trimmed one by one: a pattern for white space before a line end takes the square of its length.
  const trimmed = lines.map((line) => (line.includes("\f") ? line : line.trimEnd()));
  return trimmed
    .join("\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
}

/** Parts of characters that some programs write for whole ones (Unicode, EquivalentUnifiedIdeograph.txt). */
const RADICALS = new Map(
  Array.from(
    "⺟母⺠民⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻨麦⻩黄⻬齐⻰龙".matchAll(/(.)(.)/gu),
    ([, radical = "", character = ""]) => [radical, character],
  ),
);

/**
 * Letters and characters instead of the shapes that a PDF may hold for them.
 * @param {string} text
 * @returns {Decoded}
 */
function plainLetters(text) {
  const arabic = /[\ufb50-\ufdcf\ufdf0-\ufdfc\ufe70-\ufefc]+/g;
  const plain = text
    .replaceAll(/[\u2f00-\u2fd5\ufb00-\ufb06]+/g, (found) => found.normalize("NFKC"))
    .replaceAll(/[\u2e80-\u2eff]/g, (found) => RADICALS.get(found) ?? found);
  if (!arabic.test(plain)) return { text: plain, notes: [] };
  const letters = plain.replaceAll(arabic, (found) => found.normalize("NFKC"));
  return {
    text: letters,
    notes: [
      "The file held shapes of Arabic letters instead of letters. They were replaced: compare the words and their order with the original.",
    ],
  };
}
