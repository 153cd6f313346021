import { z } from "zod";
import { line } from "@/lib/input";
import type { FormValues } from "@/lib/form";

/** Which form, and of what: "statement.new:unga-r2p-2017", "statement.revise:<id>". */
const form = z
  .string()
  .max(200)
  .regex(/^[a-z]+(?:[.-][a-z]+)*(?::[A-Za-z0-9._:-]+)?$/, "This is not the name of a form.");

/** A page of ours: never an address that leads elsewhere. */
const path = line(500).refine((text) => /^\/(?![/\\])/.test(text), "This is not a page of Rostrum.");

/** More than any form of ours holds, and less than a request may bring. */
const MOST_CHARACTERS = 900_000;

const values = z
  .record(z.string().max(200), z.json())
  .refine((all) => JSON.stringify(all).length <= MOST_CHARACTERS, "This is too long to be kept as a draft.");

/** What somebody has typed and not yet saved. `seen` is the draft that this page knows of: another one is not written over. */
export const draftInput = z.strictObject({
  form,
  path,
  title: line(300),
  values,
  basedOn: z.int().min(1).max(2_147_483_647).nullable(),
  seen: z.iso.datetime().nullable(),
});
export type DraftInput = z.output<typeof draftInput>;

export const draftKept = z.object({ savedAt: z.iso.datetime() });
export const draftQuery = z.strictObject({ form, savedAt: z.iso.datetime() });
export const discardForm = z.strictObject({ form, back: path });

/** A draft in a list. Instants are ISO 8601 in UTC. */
export type DraftBrief = { form: string; path: string; title: string; savedAt: string };

/** A draft as its form opens it. */
export type DraftDto = DraftBrief & { values: FormValues; basedOn: number | null };
