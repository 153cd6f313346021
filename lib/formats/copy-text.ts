const ESCAPES: Record<string, string> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

function escaped(text: string): string {
  return text.replace(/[\\\t\n\r]/g, (letter) => ESCAPES[letter] ?? letter);
}

/** A list of texts as Postgres writes an array. */
function arrayText(texts: readonly string[]): string {
  return `{${texts.map((text) => `"${text.replace(/[\\"]/g, String.raw`\$&`)}"`).join(",")}}`;
}

/** One row as `COPY … FROM STDIN` reads it: texts, lists of texts as arrays, null as no value. */
export function copyLine(values: readonly (string | readonly string[] | null)[]): string {
  const cells = values.map((value) => {
    if (value === null) return String.raw`\N`;
    return escaped(typeof value === "string" ? value : arrayText(value));
  });
  return `${cells.join("\t")}\n`;
}
