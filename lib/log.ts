import "server-only";
import pino from "pino";
import { env } from "@/lib/env";

/** One JSON object a line on standard output. Never: bodies, query strings, quotations, e-mail, cookies, tokens. */
export const log = pino({
  level: env().LOG_LEVEL,
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
});
