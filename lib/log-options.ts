import pino, { type LoggerOptions } from "pino";

/** How every line of the log looks, whoever writes it: the product (lib/log.ts) or the server around it. */
export const LOG_OPTIONS = {
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: { level: (label) => ({ level: label }) },
} satisfies LoggerOptions;
