import type { StatementDto } from "@/features/statements/queries/statement";
import type { FormValue, FormValues } from "@/lib/form";

/** One row of the form: somebody for whom the statement was delivered. */
export type PartyRow = { basis: string; actor: string; exclude: string[] };

/** Reads the rows of an echoed form. */
export function partyRows(value: FormValue | undefined): PartyRow[] {
  if (!Array.isArray(value)) return [];
  return value.map((row) => {
    const { basis, actor, exclude } = typeof row === "object" && !Array.isArray(row) ? row : {};
    return {
      basis: typeof basis === "string" ? basis : "group",
      actor: typeof actor === "string" ? actor : "",
      exclude: Array.isArray(exclude) ? exclude.filter((one) => typeof one === "string") : [],
    };
  });
}

/** A stored statement as the values of its form. */
export function formValuesOf(statement: StatementDto): FormValues {
  const parties = statement.represents.flatMap((row) => {
    if (row.basis === "own") return [];
    if (row.basis === "group") return [{ basis: "group", actor: row.group, exclude: row.exclude }];
    return [{ basis: row.basis, actor: row.actor, exclude: [] }];
  });
  const own = statement.represents.length === 0 || statement.represents.some(({ basis }) => basis === "own");
  const { printed, language, sourceUrl, note, person } = statement;
  const optional = { printed, language, sourceUrl, note, personName: person?.name, personTitle: person?.title };
  const given = Object.entries(optional).flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  return {
    ...Object.fromEntries(given),
    speaker: statement.speaker,
    role: statement.role,
    order: String(statement.order),
    ...(statement.meeting === null ? {} : { meeting: String(statement.meeting) }),
    capacity: parties.length === 0 ? "own" : own ? "both" : "others",
    parties,
  };
}
