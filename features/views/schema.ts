import { z } from "zod";
import { line, prose, version } from "@/lib/input";

/** Pages whose rows depend on their address, as patterns of paths below the root: `*` is one part of any text. */
export const PAGES_WITH_VIEWS = [
  "/codebook",
  "/codebook/*",
  "/compare",
  "/dialogues",
  "/dialogues/*",
  "/dialogues/*/coding",
  "/dialogues/*/figures",
  "/dialogues/*/history",
  "/dialogues/*/represented",
  "/dialogues/*/speakers",
  "/groups",
  "/groups/*",
  "/map",
  "/positions",
  "/positions/*",
  "/positions/*/*",
  "/reports",
  "/reports/*",
  "/search",
  "/shifts",
  "/statements",
  "/states",
  "/states/*",
  "/states/*/dialogues",
  "/trends",
  "/trends/fell-silent",
  "/trends/first-time",
  "/votes",
  "/votes/*",
] as const;

/** Below these one makes something new: no page to keep as a view, though its path looks like one of a record. */
const NOT_A_RECORD = new Set(["new", "draft", "versions", "recode"]);

/** What an address says only of the act after which, or the window in which, it was opened. */
const PASSING = ["act", "decided", "draft", "recorded", "removed", "saved", "undone"];

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

const name = line(120).describe("What it shows; of your own views no two have the same name");
const note = prose(2000).describe("What it is for, for whoever opens it");
const shared = z.boolean().describe("Whether everybody who is signed in sees it; else its owner alone");

/** An address of ours in its canonical form. What leads elsewhere, or is no page that can be kept, is refused. */
const viewAddress = z
  .string()
  .min(1, "This is needed.")
  .max(LONGEST_ADDRESS, `At most ${LONGEST_ADDRESS} characters.`)
  .transform((text, context) => {
    const canonical = canonicalAddress(text);
    if (canonical !== null) return canonical;
    context.addIssue({
      code: "custom",
      message: "This is not a page of Rostrum that can be kept as a view. Give its path and query, from the first /.",
    });
    return z.NEVER;
  })
  .meta({ override: { type: "string" }, description: "Path and query of a page, for example /positions?group=nordic" });

/** A view as it is saved. */
export const viewInput = z.strictObject({
  name,
  address: viewAddress,
  note: note.nullish(),
  shared: shared.default(false),
});
export type ViewInput = z.output<typeof viewInput>;

/** What of a view changes; what is absent stays, null clears. */
export const viewPatch = z
  .strictObject({ name, address: viewAddress, note: note.nullable(), shared })
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, "Say what changes.");
export type ViewPatch = z.output<typeof viewPatch>;

/** A box of a form: sent when it is ticked. */
const ticked = z
  .literal("yes")
  .optional()
  .transform((value) => value === "yes");

export const newViewForm = z
  .strictObject({ name, address: viewAddress, note: note.optional(), shared: ticked })
  .transform((input): ViewInput => input);

export const viewForm = z
  .strictObject({ view: z.uuid(), version, name, note: note.optional(), shared: ticked })
  .transform(({ view, version, note = null, ...patch }) => ({ view, version, patch: { ...patch, note } }));

/** Shares a view, or keeps it for oneself. */
export const shareForm = z
  .strictObject({ view: z.uuid(), version, shared: z.enum(["yes", "no"]) })
  .transform(({ shared, ...rest }) => ({ ...rest, patch: { shared: shared === "yes" } }));

export const viewVersionForm = z.strictObject({ view: z.uuid(), version });

/** A view as pages and the API show it. Instants are ISO 8601 in UTC. */
export type ViewDto = {
  id: string;
  name: string;
  address: string;
  note: string | null;
  shared: boolean;
  /** Who keeps it; `mine` when that is the reader. */
  owner: string;
  mine: boolean;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export const WHOSE = ["mine", "others"] as const;
export type Whose = (typeof WHOSE)[number];
