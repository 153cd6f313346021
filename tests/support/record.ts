import { recordDialogue } from "@/features/dialogues/mutations";
import type { DialogueDto } from "@/features/dialogues/queries";
import { dialogueInput } from "@/features/dialogues/schema";
import { identityOf } from "@/features/people/mutations/sessions";
import { recordStatement } from "@/features/statements/mutations";
import type { StatementDetail } from "@/features/statements/queries/statement";
import { statementInput } from "@/features/statements/schema";
import { grant, type Caller } from "@/lib/auth/caller";
import type { Permission } from "@/lib/auth/permissions";
import { account, CLIENT, type Account } from "@/tests/support/people";

/** Somebody with an account, and what they may do. */
export type Person = Account & { may<P extends Permission>(permission: P, key?: string): Caller<P> };

/** A new account of a role. With a key the caller's writes are repeats of one request: `write` answers them once. */
export async function person(role: Account["role"] = "analyst"): Promise<Person> {
  const user = await account(role, { password: false });
  return {
    ...user,
    may: (permission, key) =>
      grant(identityOf(user, CLIENT), permission, key === undefined ? {} : { idempotency: { key, fingerprint: key } }),
  };
}

let dialogues = 0;

/** A dialogue of its own for one test: by default one meeting, on 6 September 2017. */
export async function dialogue(by: Person, more: Record<string, unknown> = {}): Promise<DialogueDto> {
  dialogues += 1;
  const input = { title: `Dialogue ${dialogues}`, kind: "formal_debate", startsOn: "2017-09-06", ...more };
  return recordDialogue(by.may("dialogue:edit"), dialogueInput.parse({ slug: `dialogue-${dialogues}`, ...input }));
}

/** Records a statement as the API takes it. */
export async function say(
  by: Person,
  slug: string,
  input: Record<string, unknown>,
  key?: string,
): Promise<StatementDetail> {
  return recordStatement(by.may("statement:record", key), slug, statementInput.parse(input));
}
