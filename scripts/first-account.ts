// Run by npm start while there is no account: makes the first administrator from ADMIN_EMAIL and ADMIN_PASSWORD, or prints a
// one-time link that makes one. Prints nothing else. DATABASE_URL must be the application's address.
import { createFirstAdministrator, issueSetUpLink } from "@/features/people/mutations/links";
import { email } from "@/features/people/schema";
import { grant, systemIdentity } from "@/lib/auth/caller";
import { closeDatabase } from "@/lib/database";
import { SettingError, settings } from "@/lib/env";
import { DomainError } from "@/lib/errors";

async function firstAccount(): Promise<string | null> {
  const caller = grant(systemIdentity("First start"), "people:manage");
  const { ADMIN_EMAIL: address, ADMIN_PASSWORD: password } = settings();
  if (address && password) {
    const person = { name: "Administrator", email: email.parse(address), password };
    const made = await createFirstAdministrator(caller, person).catch((error: unknown) => {
      if (error instanceof DomainError && error.code === "INVALID")
        throw new SettingError(`ADMIN_PASSWORD: ${error.message}`);
      throw error;
    });
    return made ? `The first administrator is ${person.email}.` : null;
  }
  const link = await issueSetUpLink(caller);
  return link && `Make the first account at ${link} (works once, within 24 hours)`;
}

try {
  const line = await firstAccount();
  if (line) console.log(line);
} catch (error) {
  console.error(error instanceof SettingError || error instanceof DomainError ? error.message : error);
  process.exitCode = 1;
} finally {
  await closeDatabase();
}
