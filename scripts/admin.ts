// Administration at the command line, for the database that npm start would use:
//   npm run admin -- user create --email E --name N --role R [--password-stdin]
//   npm run admin -- user list | disable --email E | enable --email E | role --email E --role R | reset --email E
//   npm run admin -- digest send
//   npm run admin -- token create --email E --scope read|write [--days N] [--label L]
// Answers on standard output, remarks on standard error. Exit code 2: the arguments are wrong; 1: it cannot be done.
import { text as readAll } from "node:stream/consumers";
import { parseArgs } from "node:util";
import { z } from "zod";
import { createTokenFor } from "@/features/people/mutations/account";
import {
  changeRole,
  createUserWithPassword,
  disableUser,
  enableUser,
  inviteUser,
  issuePasswordLink,
} from "@/features/people/mutations/people";
import { findPersonByEmail, listPeople, type Person } from "@/features/people/queries";
import { createTokenSchema, email, inviteSchema, TOKEN_DAYS } from "@/features/people/schema";
import { grant, systemIdentity } from "@/lib/auth/caller";
import { ROLES } from "@/lib/auth/permissions";
import { closeDatabase } from "@/lib/database";
import { SettingError } from "@/lib/env";
import { DomainError } from "@/lib/errors";
import { connectDatabase } from "./database";
import { sendDigestMail } from "./digest";
import { Refusal } from "./refusal.mjs";

/** The arguments are wrong: one sentence, exit code 2, and no database was touched. */
class UsageError extends Error {}

const OPTIONS = {
  email: { type: "string" },
  name: { type: "string" },
  role: { type: "string" },
  scope: { type: "string" },
  days: { type: "string" },
  label: { type: "string" },
  "password-stdin": { type: "boolean" },
} as const;
type Option = keyof typeof OPTIONS;
type Values = { [name in Option]?: string | boolean | undefined };

const caller = grant(systemIdentity("Command line"), "people:manage");
const remark = (line: string) => process.stderr.write(`${line}\n`);

/** Checks options by the schema that forms are checked by; the sentence names the option. */
function checked<S extends z.ZodType>(schema: S, given: object): z.output<S> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const option = String(issue?.path[0] ?? "");
  if (Reflect.get(given, option) === undefined) throw new UsageError(`Give --${option}.`);
  const choices = option === "role" ? ` Roles: ${ROLES.join(", ")}.` : "";
  throw new UsageError(`--${option}: ${issue?.message ?? "This is not right."}${choices}`);
}

const who = (values: Values) => checked(z.object({ email }), { email: values.email }).email;

async function personOf(address: string): Promise<Person> {
  const person = await findPersonByEmail(caller, address);
  if (!person) throw new Refusal(`There is no account with the e-mail ${address}.`);
  return person;
}

/** What a command does once its arguments are known to be right; returns the lines of the answer. */
type Work = () => Promise<string[]>;
type Command = { options: readonly Option[]; prepare: (values: Values) => Work };

const COMMANDS: Record<string, Command> = {
  "user create": {
    options: ["email", "name", "role", "password-stdin"],
    prepare: ({ email: address, name, role, "password-stdin": fromInput }) => {
      const invitation = checked(inviteSchema, { email: address, name, role });
      return async () => {
        if (fromInput) {
          // The line's end belongs to the terminal or the pipe, not to the password.
          const password = (await readAll(process.stdin)).replace(/\r?\n$/, "");
          await createUserWithPassword(caller, invitation, password);
          remark(`Made the account of ${invitation.email}.`);
          return [];
        }
        const { link } = await inviteUser(caller, invitation);
        remark(`Made the account of ${invitation.email}. At this link they choose a password, once, within 7 days:`);
        return [link];
      };
    },
  },
  "user list": {
    options: [],
    prepare: () => async () => {
      const people = await listPeople(caller);
      return people.map((person) => [person.email, person.name, person.role, person.status].join("\t"));
    },
  },
  "user disable": {
    options: ["email"],
    prepare: (values) => {
      const address = who(values);
      return async () => {
        await disableUser(caller, await personOf(address));
        remark(`${address} is disabled: every session and token has ended.`);
        return [];
      };
    },
  },
  "user enable": {
    options: ["email"],
    prepare: (values) => {
      const address = who(values);
      return async () => {
        await enableUser(caller, await personOf(address));
        remark(`${address} is enabled.`);
        return [];
      };
    },
  },
  "user role": {
    options: ["email", "role"],
    prepare: (values) => {
      const { email: address, role } = checked(inviteSchema.pick({ email: true, role: true }), {
        email: values.email,
        role: values.role,
      });
      return async () => {
        const { id, version } = await personOf(address);
        await changeRole(caller, { id, version, role });
        remark(`${address} is now ${role}.`);
        return [];
      };
    },
  },
  "user reset": {
    options: ["email"],
    prepare: (values) => {
      const address = who(values);
      return async () => {
        const { link } = await issuePasswordLink(caller, (await personOf(address)).id);
        remark(`At this link ${address} chooses a password, once:`);
        return [link];
      };
    },
  },
  "digest send": {
    options: [],
    prepare: () => async () => {
      const { sent, nothing, failed } = await sendDigestMail();
      remark(
        `Sent ${sent}; without news or with another process: ${nothing}; not taken by the mail server: ${failed}.`,
      );
      if (failed > 0) throw new Refusal("The mail server did not take every message. Try again in ten minutes.");
      return [];
    },
  },
  "token create": {
    options: ["email", "scope", "days", "label"],
    prepare: (values) => {
      const { email: address, ...token } = checked(createTokenSchema.extend({ email }), {
        email: values.email,
        scope: values.scope,
        days: values.days ?? TOKEN_DAYS,
        label: values.label ?? "Made at the command line",
      });
      return async () => {
        const made = await createTokenFor(caller, (await personOf(address)).id, token);
        return [made.token];
      };
    },
  },
};

/** Understands the arguments, or says in one sentence what is wrong with them. */
function workOf(args: string[]): Work {
  const { values, positionals } = parsed(args);
  const name = positionals.join(" ");
  const command = COMMANDS[name];
  const known = Object.keys(COMMANDS).join(", ");
  if (!command)
    throw new UsageError(name ? `There is no command "${name}"; there are ${known}.` : `Say what to do: ${known}.`);
  const stray = Object.keys(values).find((option) => !command.options.includes(option as Option));
  if (stray) throw new UsageError(`"${name}" takes no --${stray}.`);
  return command.prepare(values);
}

function parsed(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message.split(". ")[0] ?? "The arguments are wrong.");
  }
}

async function main(): Promise<void> {
  const work = workOf(process.argv.slice(2));
  const database = await connectDatabase();
  try {
    for (const line of await work()) console.log(line);
  } finally {
    await closeDatabase();
    await database.close();
  }
}

try {
  await main();
} catch (error) {
  const foreseen = [UsageError, Refusal, SettingError, DomainError].some((kind) => error instanceof kind);
  console.error(foreseen ? (error as Error).message : error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
