/** Pages whose rows depend on their address, as patterns of paths below the root: `*` is one part of any text. */
export const PAGES_WITH_VIEWS = [
  "/codebook",
  "/codebook/*",
  "/dialogues",
  "/dialogues/*",
  "/dialogues/*/coding",
  "/dialogues/*/figures",
  "/dialogues/*/history",
  "/dialogues/*/represented",
  "/dialogues/*/speakers",
  "/groups",
  "/groups/*",
  "/positions",
  "/positions/*/*",
  "/reports",
  "/reports/*",
  "/search",
  "/states",
  "/states/*",
  "/votes",
  "/votes/*",
] as const;

/** Below these one makes something new: no page to keep as a view, though its path looks like one of a record. */
const NOT_A_RECORD = new Set(["new", "draft", "versions", "recode"]);

/** What an address says only of the act after which, or the window in which, it was opened. */
const PASSING = ["act", "draft", "recorded", "removed", "saved", "undone"];

export const LONGEST_ADDRESS = 2000;
const BASE = "http://rostrum.invalid";

function isPageWithView(path: string): boolean {
  const parts = path.split("/");
  return PAGES_WITH_VIEWS.some((pattern) => {
    const wanted = pattern.split("/");
    return (
      wanted.length === parts.length &&
      wanted.every((part, place) => (part === "*" ? parts[place] !== "" : part === parts[place])) &&
      !NOT_A_RECORD.has(parts[2] ?? "")
    );
  });
}

/**
 * The canonical form of an address of ours: its path and what its query says, sorted by name, without what is empty or speaks of
 * an act alone. Null for what is no page whose rows depend on its address: another site, a scheme, `//`, a backslash, control
 * characters, a form, the API, or more than `LONGEST_ADDRESS` characters.
 */
export function canonicalAddress(text: string): string | null {
  if (text.length > LONGEST_ADDRESS || !/^\/(?![/\\])[^\u0000-\u0020\\\u007f]*$/.test(text)) return null;
  if (!text.isWellFormed() || !URL.canParse(text, BASE)) return null;
  const url = new URL(text, BASE);
  if (url.origin !== BASE || !isPageWithView(url.pathname)) return null;
  const query = new URLSearchParams();
  for (const [name, value] of url.searchParams) {
    if (value !== "" && !PASSING.includes(name)) query.append(name, value);
  }
  query.sort();
  const canonical = query.size === 0 ? url.pathname : `${url.pathname}?${query}`;
  return canonical.length > LONGEST_ADDRESS ? null : canonical;
}
