import { z } from "zod";
import { ROLES } from "@/lib/auth/permissions";
import { line, version } from "@/lib/input";

export const TOKEN_SCOPES = ["read", "write"] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

/** Longest life of an API token in days, and the one it has unless told. */
export const LONGEST_TOKEN_DAYS = 730;
export const TOKEN_DAYS = 365;

/** An e-mail address in lower case: two spellings of one address must not be two accounts. */
export const email = z
  .string("This is needed.")
  .trim()
  .toLowerCase()
  .max(254, "At most 254 characters.")
  .pipe(z.email("This is not an e-mail address, such as name@example.org."));

const name = line(120);
const role = z.enum(ROLES, "Choose one of the roles.");
// The rules for a new password are not a matter of shape: lib/auth/password.ts has them.
const password = z.string("This is needed.").min(1, "This is needed.");
const id = z.uuid();

export const signInSchema = z.strictObject({
  // No format here: whatever is typed gets the same answer as an unknown account.
  email: z.string("Type your e-mail.").max(1000),
  password: z.string("Type your password.").max(10_000),
  next: z.string().max(2000).optional(),
});

export const inviteSchema = z.strictObject({ email, name, role });
export type Invitation = z.output<typeof inviteSchema>;

export const changeRoleSchema = z.strictObject({ id, version, role });
export const personSchema = z.strictObject({ id, version });
export const passwordLinkSchema = z.strictObject({ id });

const link = z.string().max(200);
export const setUpSchema = z.strictObject({ link, name, email, password });
export const choosePasswordSchema = z.strictObject({ link, password });

export const changePasswordSchema = z.strictObject({ current: password, password });
export const endSessionSchema = z.strictObject({ id });
export const signOutEverywhereSchema = z.strictObject({});

export const createTokenSchema = z.strictObject({
  label: line(80),
  scope: z.enum(TOKEN_SCOPES, "Choose what the token may do."),
  days: z.coerce
    .number("Write a number of days.")
    .int("Write a whole number of days.")
    .min(1, "At least 1 day.")
    .max(LONGEST_TOKEN_DAYS, `At most ${LONGEST_TOKEN_DAYS} days.`)
    .default(TOKEN_DAYS),
});
export type NewToken = z.output<typeof createTokenSchema>;
export const endTokenSchema = z.strictObject({ id });
