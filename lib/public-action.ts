import "server-only";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { asSent, parse, refuseForeignOrigin, unforeseen } from "@/lib/action";
import { currentClient, type Client } from "@/lib/auth/client";
import { formValues } from "@/lib/form";
import type { FormState } from "@/lib/form-state";

type PublicActionDefinition<S extends z.ZodType, R> = {
  schema: S;
  run: (client: Client, input: z.output<S>) => Promise<R>;
  /** Names of fields that are never sent back. */
  secret: string[];
};

/**
 * As `defineAction`, for the three forms that nobody can be signed in to yet: sign-in, first set-up, choosing a password
 * by a link. What is typed, or the link, is the proof; everything else goes through `defineAction`.
 */
export function definePublicAction<S extends z.ZodType, R>({
  schema,
  run,
  secret,
}: PublicActionDefinition<S, R>): (previous: FormState<R>, form: FormData) => Promise<FormState<R>> {
  return async (...sent) => {
    const { previous, form } = asSent<R>(...sent);
    const values = formValues(form);
    const echoed = Object.fromEntries(Object.entries(values).filter(([name]) => !secret.includes(name)));
    const base = { attempt: previous.attempt + 1, values: echoed, current: null };
    try {
      await refuseForeignOrigin();
      const result = await run(await currentClient(), parse(schema, values));
      return { ...base, status: "done", message: null, issues: [], result };
    } catch (error) {
      unstable_rethrow(error);
      const { message, issues } = unforeseen(error);
      return { ...base, status: "error", message, issues, result: null };
    }
  };
}
