import "server-only";
import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { grant, type Caller } from "@/lib/auth/caller";
import { currentIdentity } from "@/lib/auth/identity";
import type { Permission } from "@/lib/auth/permissions";
import { translateDatabaseError } from "@/lib/db-errors";
import { env } from "@/lib/env";
import { DomainError, framesOf, type Issue } from "@/lib/errors";
import { formValues, type FormValues } from "@/lib/form";
import { initialFormState, type FormState } from "@/lib/form-state";
import { DRAFT, formStep, sentDraft } from "@/lib/form-step";
import { log } from "@/lib/log";

/**
 * Refuses a write that no page of ours sent. Next lets an action through without an Origin, and compares an Origin
 * with headers that the sender writes; this compares with APP_URL, or with what only a browser can set.
 */
export async function refuseForeignOrigin(): Promise<void> {
  const sent = await headers();
  const origin = sent.get("origin");
  if (sent.get("sec-fetch-site") === "same-origin") return;
  if (origin !== null && origin === new URL(env().APP_URL).origin) return;
  log.warn({ event: "request.foreign_origin" });
  throw new DomainError({ code: "FORBIDDEN", message: "This form was not sent from a page of Rostrum." });
}

const TYPES: Partial<Record<string, string>> = {
  string: "text",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "an object with fields",
};

/** The message of the schema, or a sentence where the schema has none for a value of the wrong type. */
function sentenceOf(issue: z.core.$ZodIssue): string {
  if (issue.code !== "invalid_type" || !issue.message.startsWith("Invalid input")) return issue.message;
  if (issue.message.endsWith("received undefined")) return "This is needed.";
  return `This must be ${TYPES[issue.expected] ?? issue.expected}.`;
}

/** What zod found, as our issues: field paths as text, sentences for people. */
function issuesOf(error: z.ZodError): Issue[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({
        path: [...issue.path.map(String), key],
        message: `There is no field "${key}".`,
      }));
    }
    return [{ path: issue.path.map(String), message: sentenceOf(issue) }];
  });
}

/** Parses input by a schema, or throws INVALID with every issue. */
export function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new DomainError({ code: "INVALID", issues: issuesOf(parsed.error) });
}

/** Logs an error that nobody foresaw, without any text that a user sent. Returns what a user may read. */
export function unforeseen(error: unknown): DomainError {
  const known = translateDatabaseError(error);
  if (known instanceof DomainError) return known;
  log.error({ event: "request.failed", err: { name: (error as Error)?.name, at: framesOf(error) } });
  return new DomainError({ code: "UNAVAILABLE", message: "Something went wrong on our side. Nothing was saved." });
}

/** The arguments of an action as its code expects them: they come over the network, where anybody may send anything. */
export function asSent<R>(previous: unknown, form: unknown): { previous: FormState<R>; form: FormData } {
  const state = previous as FormState<R> | null | undefined;
  return {
    previous: Number.isSafeInteger(state?.attempt) ? (state as FormState<R>) : initialFormState<R>(),
    form: form instanceof FormData ? form : new FormData(),
  };
}

type ActionDefinition<P extends Permission, S extends z.ZodType, R> = {
  permission: P;
  schema: S;
  /** Does the write and whatever follows it: `revalidatePath`, `redirect`. */
  run: (caller: Caller<P>, input: z.output<S>) => Promise<R>;
  /** Names of fields that are never sent back, such as passwords. */
  secret?: string[];
};

/**
 * One server action for a form with `useActionState`: origin, permission, parse, run, one shape of answer.
 * The values come back with the answer, so that a form without JavaScript keeps what was typed. Buttons that only
 * change the form (`lib/form-step.ts`) get it back changed, and nothing is read or written.
 */
export function defineAction<P extends Permission, S extends z.ZodType, R>({
  permission,
  schema,
  run,
  secret = [],
}: ActionDefinition<P, S, R>): (previous: FormState<R>, form: FormData) => Promise<FormState<R>> {
  return async (...sent) => {
    const { previous, form } = asSent<R>(...sent);
    const values = formValues(form);
    const echoed: FormValues = Object.fromEntries(Object.entries(values).filter(([name]) => !secret.includes(name)));
    const step = formStep(previous, form, echoed);
    if (step) return step;
    const base = { attempt: previous.attempt + 1, values: echoed };
    try {
      await refuseForeignOrigin();
      const draft = sentDraft(form.get(DRAFT));
      const caller = grant(await currentIdentity(), permission, draft ? { draft } : {});
      const result = await run(caller, parse(schema, values));
      return { ...base, status: "done", message: null, issues: [], result, current: null };
    } catch (error) {
      unstable_rethrow(error);
      const refusal = unforeseen(error);
      return {
        ...base,
        status: refusal.code === "STALE" ? "stale" : "error",
        message: refusal.message,
        issues: refusal.issues,
        result: null,
        current: refusal.current ?? null,
      };
    }
  };
}
