import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { COUNTED_ROLES } from "@/features/statements/rules";
import { dateOf, type Day } from "@/lib/format";

/** Which statements are looked at: those of one dialogue, or of all that began on a day or before. */
export type Scope = { dialogueId: string } | { asOf: Day };

/** Statements by role and state that count: the same as `isCounted`, where the database can leave the others out. */
export const COUNTED = {
  withdrawnAt: null,
  role: { in: [...COUNTED_ROLES] },
} satisfies Prisma.StatementWhereInput;

/** The same in SQL, of the statement `s`. A role that is compared as text is one whose frequency the planner does not know. */
export const COUNTED_SQL = Prisma.sql`s.withdrawn_at IS NULL AND s.role = ANY(${[...COUNTED_ROLES]}::"StatementRole"[])`;

/** Own capacity: said so, or nothing said. Of the statement `s`. */
export const OWN_CAPACITY = Prisma.sql`(EXISTS (SELECT FROM representation r WHERE r.statement_id = s.id AND r.basis = 'own')
  OR NOT EXISTS (SELECT FROM representation r WHERE r.statement_id = s.id))`;

/** The statements of a scope that count. */
export function countedIn(scope: Scope): Prisma.StatementWhereInput {
  if ("dialogueId" in scope) return { ...COUNTED, dialogueId: scope.dialogueId };
  return { ...COUNTED, dialogue: { startsOn: { lte: dateOf(scope.asOf) } } };
}

/** The same in SQL, of the statement `s` and its dialogue `d`. */
export function statementsIn(scope: Scope): Prisma.Sql {
  return "dialogueId" in scope
    ? Prisma.sql`s.dialogue_id = ${scope.dialogueId}::uuid AND ${COUNTED_SQL}`
    : Prisma.sql`d.starts_on <= ${scope.asOf}::date AND ${COUNTED_SQL}`;
}
