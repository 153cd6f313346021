/** What a form sent, as nested plain values: `represents.0.actor` becomes `{ represents: [{ actor }] }`. */
export type FormValues = { [name: string]: FormValue };
export type FormValue = string | FormValue[] | FormValues;

const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"]);
const MOST_ROWS = 500;
/** Deeper than any form goes: a name of a million dots would otherwise end in a stack that overflows. */
const DEEPEST = 8;

function isIndex(part: string): boolean {
  return /^\d{1,3}$/.test(part) && Number(part) < MOST_ROWS;
}

function put(target: FormValues | FormValue[], parts: string[], value: string): void {
  const holder = target as Record<string, FormValue>;
  const [head = "", ...rest] = parts;
  // A list has rows and nothing else: by "rows.length" a sender could make it four thousand million places long.
  if (Array.isArray(target) && !isIndex(head)) return;
  const next = rest[0];
  if (next === undefined) {
    holder[head] = value;
    return;
  }
  const inner = holder[head];
  const usable = typeof inner === "object" ? inner : isIndex(next) ? [] : Object.create(null);
  holder[head] = usable;
  put(usable, rest, value);
}

/** Leaves no holes, so that row 2 of a form whose row 1 was removed is still a row. */
function packed(value: FormValue): FormValue {
  if (Array.isArray(value)) return value.filter((item) => item !== undefined).map(packed);
  if (typeof value === "string") return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, packed(inner)]));
}

/**
 * Reads a submitted form into plain nested values. Blank fields are left out, React's own `$ACTION` fields and files
 * are skipped, a name that ends in `[]` collects into a list.
 */
export function formValues(form: FormData): FormValues {
  const values: FormValues = Object.create(null);
  const lists = new Map<string, number>();
  for (const [name, value] of form) {
    if (name.startsWith("$") || typeof value !== "string" || value.trim() === "") continue;
    const parts = name.replace(/\[\]$/, "").split(".");
    if (parts.length > DEEPEST || parts.some((part) => FORBIDDEN.has(part))) continue;
    if (name.endsWith("[]")) {
      const index = lists.get(name) ?? 0;
      lists.set(name, index + 1);
      parts.push(String(index));
    }
    // Browsers send every line break of a text area as CRLF, whatever was stored: a note would change by being looked at.
    put(values, parts, value.replaceAll("\r\n", "\n"));
  }
  return packed(values) as FormValues;
}
