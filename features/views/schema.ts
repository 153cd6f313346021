import { z } from "zod";
import { canonicalAddress, LONGEST_ADDRESS } from "@/features/views/rules";
import { line, prose, version } from "@/lib/input";

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
