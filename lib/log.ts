import "server-only";
import pino from "pino";
import { env } from "@/lib/env";
import { LOG_OPTIONS } from "@/lib/log-options";

/** One JSON object a line on standard output. Never: bodies, query strings, quotations, e-mail, cookies, tokens. */
export const log = pino({ ...LOG_OPTIONS, level: env().LOG_LEVEL });
