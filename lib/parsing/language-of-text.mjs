import { eld } from "eld/small";

/** Enough of a text to tell its language. */
const SAMPLE = 20_000;

/**
 * The language of a text as a BCP 47 tag; null when it is not told with confidence.
 * @param {string} text
 */
export function languageOf(text) {
  const found = eld.detect(text.slice(0, SAMPLE));
  return found.language !== "" && found.isReliable() ? found.language : null;
}

/** @param {Buffer} bytes the text in UTF-8 */
export function parse(bytes) {
  return languageOf(bytes.toString("utf8"));
}
