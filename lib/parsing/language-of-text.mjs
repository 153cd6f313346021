import { eld } from "eld/medium";

/** Enough of a text to tell its language. */
const SAMPLE = 20_000;

/**
 * The language of a text as a BCP 47 tag; null when it is not told with confidence.
 * @param {Buffer} bytes the text in UTF-8
 */
export async function parse(bytes) {
  const found = eld.detect(bytes.toString("utf8").slice(0, SAMPLE));
  return found.language !== "" && found.isReliable() ? found.language : null;
}
