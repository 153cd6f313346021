import { Notice } from "@/components/ui/notice";
import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { formValuesOf, partyRows } from "@/features/statements/formats/form";
import type { StatementDto } from "@/features/statements/queries/statement";
import { ROLE_NAMES, type StatementRole } from "@/features/statements/schema";
import type { FormValues } from "@/lib/form";

function words({ basis, actor, exclude }: { basis: string; actor: string; exclude: string[] }): string {
  const without = exclude.length > 0 ? ` without ${exclude.join(", ")}` : "";
  return basis === "group" ? `${actor}${without}` : `${basis}: ${actor}`;
}

const FIELDS: Record<string, string> = {
  speaker: "Speaker",
  role: "Role",
  order: "Place in the order",
  meeting: "Meeting",
  language: "Language",
  printed: "As printed",
  personName: "Person",
  personTitle: "Title",
  sourceUrl: "Source",
  note: "Note",
  parties: "On behalf of",
};

function shown(name: string, values: FormValues): string {
  if (name === "parties") {
    const own = values["capacity"] === "others" ? [] : ["own capacity"];
    return [...own, ...partyRows(values["parties"]).filter(({ actor }) => actor !== "").map(words)].join("; ");
  }
  const value = values[name];
  if (typeof value !== "string") return "–";
  return name === "role" ? ROLE_NAMES[value as StatementRole] : value;
}

/** Both versions of a statement, field by field, when somebody else saved it first. */
export function StaleStatement({ mine, theirs }: { mine: FormValues; theirs: StatementDto }) {
  const stored = formValuesOf(theirs);
  const rows = Object.entries(FIELDS).map(([name, label]) => ({ label, yours: shown(name, mine), now: shown(name, stored) }));
  return (
    <Notice tone="danger" title="Somebody else changed this statement while you were typing. Nothing of yours is lost.">
      <p className="mb-2">
        Fields that differ are marked. Save to keep yours, or take theirs; what you replace stays in the history.
      </p>
      <Table label="Your version and the one on record" density="roomy">
        <thead>
          <tr>
            <HeaderCell>Field</HeaderCell>
            <HeaderCell>Yours</HeaderCell>
            <HeaderCell>On record now (version {theirs.version})</HeaderCell>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, yours, now }) => (
            <tr key={label}>
              <RowHeader>
                {label}
                {yours !== now && <strong className="text-danger"> · differs</strong>}
              </RowHeader>
              <Cell>{yours}</Cell>
              <Cell>{now}</Cell>
            </tr>
          ))}
        </tbody>
      </Table>
    </Notice>
  );
}
