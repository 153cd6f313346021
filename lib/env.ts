import { z } from "zod";

/** What is wrong with the environment, in one sentence that names the variable. */
export class SettingError extends Error {}

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

const flag = z.enum(["0", "1"], "must be 1 or 0").transform((value) => value === "1");

const origin = z
  .url({ protocol: /^https?$/, error: "must be an address like https://rostrum.example.org", abort: true })
  .refine(
    (value) => new URL(value).pathname === "/" && !/[?#]/.test(value),
    "must end after the host and port, without a path",
  )
  .transform((value) => new URL(value).origin);

const SETTINGS = z.object({
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: "must be an address like postgresql://user:password@host:5432/database",
    })
    .optional(),
  DATA_DIR: z.string().default(".data"),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, "must be a host name or an IP address")
    .default("127.0.0.1"),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, { error: "must be a whole number from 1 to 65535", abort: true })
    .default("3000")
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65_535, "must be a whole number from 1 to 65535"),
  APP_URL: origin.optional(),
  AUTH_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
  ADMIN_EMAIL: z.email("must be an e-mail address").optional(),
  ADMIN_PASSWORD: z.string().min(12, "must have at least 12 characters").optional(),
  SEED: z.enum(["record", "reference", "none"], "must be record, reference or none").default("record"),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`).default("info"),
  /** The server that takes mail, with name and password where it wants them. Without it nothing is sent. */
  SMTP_URL: z
    .url({
      protocol: /^smtps?$/,
      error: "must be an address like smtps://user:password@mail.example.org:465",
      abort: true,
    })
    .refine((value) => new URL(value).hostname !== "", "must name the mail server")
    .optional(),
  MAIL_FROM: z
    .string()
    .regex(
      /^(?:[^<>"\u0000-\u001f]{1,100} <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/,
      "must be an e-mail address, or a name and the address: Rostrum <rostrum@example.org>",
    )
    .optional(),
  /** The hour, in UTC, from which the digest of a day is sent. */
  DIGEST_HOUR: z
    .string()
    .regex(/^(?:\d|1\d|2[0-3])$/, "must be a whole hour from 0 to 23, in UTC")
    .default("6")
    .transform(Number),
  /** The last hop of X-Forwarded-For is ours: set only behind a reverse proxy that overwrites it. */
  TRUST_PROXY: flag.default(false),
  /** Start even on a Postgres that may lose acknowledged writes. */
  ALLOW_UNSAFE_DB: flag.default(false),
});

type Parsed = z.infer<typeof SETTINGS>;

/** Every setting of the product; `APP_URL` is filled in from HOST and PORT. */
export type Settings = Omit<Parsed, "APP_URL"> & { APP_URL: string };

const NAMES = Object.keys(SETTINGS.shape) as (keyof Parsed)[];

function ownAddress(host: string, port: number): string {
  const name = host === "0.0.0.0" || host === "::" ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return new URL(`http://${name}:${port}`).origin;
}

function parse(raw: Partial<Record<string, string>>): Settings {
  const result = SETTINGS.safeParse(raw);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new SettingError(`${String(issue?.path[0])} ${issue?.message}.`);
  }
  const { data } = result;
  if (!data.ADMIN_EMAIL !== !data.ADMIN_PASSWORD) {
    throw new SettingError("ADMIN_EMAIL and ADMIN_PASSWORD must be set together, or neither.");
  }
  if (!data.SMTP_URL !== !data.MAIL_FROM) {
    throw new SettingError("SMTP_URL and MAIL_FROM must be set together, or neither.");
  }
  return { ...data, APP_URL: data.APP_URL ?? ownAddress(data.HOST, data.PORT) };
}

let last: { key: string; settings: Settings } | null = null;

/**
 * The settings, read from the environment and checked; an empty value counts as unset. The only place of the product that
 * reads `process.env`. (Not `server-only`: the scripts that start the server outside of Next read it first.)
 * @throws SettingError one sentence about the first mistake
 */
export function settings(): Settings {
  const raw = Object.fromEntries(NAMES.map((name) => [name, process.env[name] || undefined]));
  const key = JSON.stringify(raw);
  if (last?.key !== key) last = { key, settings: parse(raw) };
  return last.settings;
}

/** The settings of a running server, where a database and a secret are known. */
export type Env = Settings & { readonly DATABASE_URL: string; readonly AUTH_SECRET: string };

/**
 * As `settings`, for code that runs with a database. What is missing is named when it is first read, not before: a build and
 * a test without a database import the same files.
 */
export function env(): Env {
  const all = settings();
  const needed = (name: "DATABASE_URL" | "AUTH_SECRET") => {
    const value = all[name];
    if (!value) throw new SettingError(`${name} must be set.`);
    return value;
  };
  return {
    ...all,
    get DATABASE_URL() {
      return needed("DATABASE_URL");
    },
    get AUTH_SECRET() {
      return needed("AUTH_SECRET");
    },
  };
}

/** Whether there is a server to send mail by. */
export function sendsMail(): boolean {
  const { SMTP_URL, MAIL_FROM } = settings();
  return SMTP_URL !== undefined && MAIL_FROM !== undefined;
}
