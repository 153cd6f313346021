import { ACTOR_KINDS, KIND_NAMES } from "@/features/actors/schema";
import { foldHeader, type Cells } from "@/features/imports/rules/mapping";
import type { RowIssue } from "@/features/imports/schema";
import { ROLE_NAMES, STATEMENT_ROLES } from "@/features/statements/schema";

function codeOf(
  text: string | undefined,
  codes: readonly string[],
  nameOf: (code: string) => string,
): string | undefined {
  if (text === undefined) return undefined;
  const folded = foldHeader(text);
  return (
    codes.find((code) => code === text || foldHeader(code) === folded || foldHeader(nameOf(code)) === folded) ?? text
  );
}

/** A code by itself or by what the page calls it; another text as it is, for the schema to refuse. */
export function codeOfCell(text: string | undefined, names: Readonly<Record<string, string>>): string | undefined {
  return codeOf(text, Object.keys(names), (code) => names[code] ?? "");
}

/** A role by its code or its name on the page; another text as it is, for the schema to refuse. */
export function roleOf(text: string | undefined): string | undefined {
  return codeOf(text, STATEMENT_ROLES, (code) => ROLE_NAMES[code as keyof typeof ROLE_NAMES]);
}

/** A kind of actor, likewise. */
export function kindOf(text: string | undefined): string | undefined {
  return codeOf(text, ACTOR_KINDS, (code) => KIND_NAMES[code as keyof typeof KIND_NAMES].one);
}

/** What a schema says of an input that it refuses. */
type Refused = { issues: readonly { path: readonly PropertyKey[]; message: string }[] };

/** What a schema has against a row, by the field of the file that each path of the input comes from. */
export function issuesOf(error: Refused, cells: Cells, fieldOf: (path: string) => string): RowIssue[] {
  return error.issues.map(({ path, message }) => {
    const field = fieldOf(path.join("."));
    const missing = cells.text(field) === undefined && message.startsWith("Invalid");
    return { column: cells.column(field), level: "error", message: missing ? "This is needed." : message };
  });
}
