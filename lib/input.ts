import { z } from "zod";
import { isDay } from "@/lib/format";

// In a browser zod would try whether it may compile schemas by `eval`; the policy of our pages refuses it, and reports it.
if (typeof window !== "undefined") z.config({ jitless: true });

/**
 * Why a text cannot be stored and given back unchanged, or null. Postgres refuses NUL, and a lone surrogate would
 * silently become U+FFFD, which would break a verbatim quotation.
 */
export function unstorable(text: string): string | null {
  if (text.includes("\u0000")) return "The text has a NUL character (U+0000), which cannot be stored. Remove it.";
  if (!text.isWellFormed()) return "The text has half of a surrogate pair, which is no character. Remove it.";
  return null;
}

function storable(text: string, context: z.RefinementCtx): void {
  const message = unstorable(text);
  if (message) context.addIssue({ code: "custom", message });
}

/** One line of text: trimmed, not empty, at most `max` characters, no line breaks or control characters. */
export function line(max: number) {
  return z
    .string()
    .trim()
    .min(1, "This is needed.")
    .max(max, `At most ${max} characters.`)
    .superRefine(storable)
    .refine(
      (text) => !/[\u0001-\u001f\u007f\u2028\u2029]/.test(text),
      "This must be one line without control characters.",
    );
}

/** Running text of at most `max` characters, kept as it was typed. */
export function prose(max: number) {
  return z
    .string()
    .min(1, "This is needed.")
    .max(max, `At most ${max.toLocaleString("en")} characters.`)
    .superRefine(storable);
}

/** A day that the calendar has, as YYYY-MM-DD. */
export const day = z
  .string()
  .refine(isDay, "This is not a day. Write it as YYYY-MM-DD, for example 2017-09-06.")
  .meta({ format: "date", description: "A day, YYYY-MM-DD" });

/** An address of a web page that was looked at: http or https, nothing that a browser would run. */
export const webAddress = line(2000).refine(
  (text) => /^https?:\/\/[^\s/]+/i.test(text) && URL.canParse(text),
  "This is not a web address. It must start with http:// or https://.",
);

/** The last part of a page's address: lower-case letters, digits and single hyphens. */
export const slug = z
  .string()
  .max(80, "At most 80 characters.")
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "Use lower-case letters, digits and single hyphens.");

/** How an actor is named in input: ISO 3166 alpha-3 code (states), slug, or id. */
export const actorRef = line(120).meta({ description: "ISO 3166 alpha-3 code (states), slug, or id of an actor" });

/** BCP 47 language tag, for example "en" or "pt-BR". */
export const languageTag = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'Use a language code such as "en" or "fr".');

/**
 * A whole number: a number in JSON, digits in a form or an address. Nothing else, since coercion would take `true` for 1
 * and null for 0.
 */
export function whole(min: number, max: number, message = `A whole number from ${min} to ${max}.`) {
  return z
    .union(
      [
        z.number(),
        z
          .string()
          .regex(/^\d{1,10}$/)
          .transform(Number),
      ],
      message,
    )
    .pipe(z.number().int(message).min(min, message).max(max, message))
    .meta({
      override: ({ jsonSchema }: { jsonSchema: Record<string, unknown> }) => {
        delete jsonSchema.anyOf;
        Object.assign(jsonSchema, { type: "integer", minimum: min, maximum: max });
      },
    });
}

/** The version of the record that a change was made from. */
export const version = whole(1, 2_147_483_647, "Say which version you change.");
