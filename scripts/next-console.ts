// What Next says while it serves, as the log has it: one JSON object a line, and no text that a user sent.
import type { AsyncLocalStorage } from "node:async_hooks";
import pino from "pino";
import { settings } from "../lib/env";
import { framesOf } from "../lib/errors";
import { LOG_OPTIONS } from "../lib/log-options";
import type { RequestContext } from "../lib/request-context";

type Failure = Error & { code?: unknown; digest?: unknown };

/** Kind and place of an error. Its message stays out: it may quote what a user sent. */
function factsOf(error: Failure): Record<string, unknown> {
  const { name, code, cause } = error;
  return {
    name,
    ...(typeof code === "string" ? { code } : {}),
    at: framesOf(error),
    ...(cause instanceof Error ? { cause: factsOf(cause) } : {}),
  };
}

/** The first words of a remark, up to where an address or a value could begin. */
const words = (said: unknown[]): string =>
  said
    .map(String)
    .join(" ")
    .split(/[?:"'\n]/, 1)[0]
    ?.trim()
    .slice(0, 200) ?? "";

/**
 * From now on `console.error` and `console.warn` write to the log, with the id of the request that they speak of. Only Next and
 * packages use them; the product has `log`.
 */
export function logConsole(contexts: AsyncLocalStorage<RequestContext>): void {
  const log = pino({ ...LOG_OPTIONS, level: settings().LOG_LEVEL });
  for (const level of ["error", "warn"] as const) {
    console[level] = (...said: unknown[]) => {
      const requestId = contexts.getStore()?.id ?? null;
      const error = said.find((one): one is Failure => one instanceof Error);
      if (error) log[level]({ event: "page.failed", requestId, digest: error.digest ?? null, err: factsOf(error) });
      else log[level]({ event: "next.remark", requestId, text: words(said) });
    };
  }
}
