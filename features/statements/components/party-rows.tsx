"use client";

import { useState, type MouseEvent } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { ComboBox, type ComboOption } from "@/components/ui/combo-box";
import { Field, FieldError, fieldId } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { BLANK_ROW, partyRows, type PartyRow } from "@/features/statements/formats/form";
import type { FormChoices, MemberChoice } from "@/features/statements/queries/form";
import { foldName } from "@/features/statements/rules";
import { plural } from "@/lib/format";
import { issueAt, type FormState } from "@/lib/form-state";
import { ADD_ROW, rowCount, rowCountName } from "@/lib/form-step";

type PartyRowsProps = {
  state: FormState;
  /** Id of the shared list of actors. */
  list: string;
  options: readonly ComboOption[];
  groups: FormChoices["groups"];
  /** The members of each group on the day of the statement. */
  members: Record<string, MemberChoice[]>;
};

const LIST = "parties";

const BASES = [
  { value: "group", label: "on behalf of a group" },
  { value: "named", label: "on behalf of a named actor" },
  { value: "aligned", label: "an actor aligned itself" },
];

/** As many rows as were filled in, and at least one to fill. */
function rowsOf({ values }: FormState): PartyRow[] {
  const given = partyRows(values[LIST]);
  const wanted = Math.max(rowCount(values, LIST), given.length + 1);
  return Array.from({ length: wanted }, (_, at) => given[at] ?? BLANK_ROW);
}

/** The rows in which an analyst says for whom a statement was delivered, and strikes out members of a group. */
export function PartyRows({ state, list, options, groups, members }: PartyRowsProps) {
  const [rows, setRows] = useState(() => rowsOf(state));
  const change = (index: number, part: Partial<PartyRow>) =>
    setRows(rows.map((row, at) => (at === index ? { ...row, ...part } : row)));
  // Without JavaScript the button asks the server for the same form with one row more, and the members of what was typed.
  const add = (event: MouseEvent) => {
    event.preventDefault();
    setRows([...rows, BLANK_ROW]);
  };
  const groupOf = (typed: string): string | undefined => {
    const [ref, folded] = [typed.trim().toLowerCase(), foldName(typed)];
    return groups.find((group) => group.ref === ref || group.names.includes(folded))?.ref;
  };
  return (
    <div className="grid gap-4">
      <input type="hidden" name={rowCountName(LIST)} value={rows.length} />
      {rows.map((row, index) => {
        const name = `${LIST}.${index}`;
        const group = row.basis === "group" ? groupOf(row.actor) : undefined;
        return (
          // Rows are only ever added at the end: their place is who they are.
          <div key={index} className="grid gap-2 border-s-2 border-line ps-3">
            <div className="grid gap-2 sm:grid-cols-[14rem_1fr]">
              <Field name={`${name}.basis`} label={`Basis ${index + 1}`}>
                {(binding) => (
                  <Select
                    {...binding}
                    options={BASES}
                    defaultValue={row.basis}
                    onChange={(event) => change(index, { basis: event.target.value })}
                  />
                )}
              </Field>
              <Field name={`${name}.actor`} label={`For whom ${index + 1}`} error={issueAt(state, `${name}.actor`)}>
                {(binding) => (
                  <ComboBox
                    {...binding}
                    list={list}
                    options={options}
                    fold={foldName}
                    defaultValue={row.actor}
                    onChange={(event) => change(index, { actor: event.target.value })}
                  />
                )}
              </Field>
            </div>
            {group !== undefined && (
              <Members
                // Boxes ticked for one group say nothing about another.
                key={group}
                name={`${name}.exclude`}
                members={members[group] ?? []}
                struck={row.exclude}
                error={issueAt(state, `${name}.exclude`)}
              />
            )}
          </div>
        );
      })}
      <div className="flex flex-wrap items-center gap-3">
        <button type="submit" name={ADD_ROW} value={LIST} formNoValidate className="btn" onClick={add}>
          Add another
        </button>
        <noscript>
          <span className="text-sm text-ink-2">Press it to see the members of a group, too.</span>
        </noscript>
      </div>
    </div>
  );
}

type MembersProps = { name: string; members: MemberChoice[]; struck: string[]; error: string | undefined };

function Members({ name, members, struck, error }: MembersProps) {
  if (members.length === 0) {
    return <p className="text-sm text-warn">No member is on record on that day: this row covers nobody.</p>;
  }
  const unknown = members.filter(({ membershipKnown }) => !membershipKnown).length;
  const errorId = error ? `${fieldId(name)}-error` : undefined;
  return (
    <fieldset id={fieldId(name)} tabIndex={-1} aria-describedby={errorId}>
      <legend className="mb-1 text-sm text-ink-2">
        {plural(members.length, "member", "members")} on that day. Tick those for whom it was <em>not</em> delivered.
        {unknown > 0 && ` For ${unknown} of them it is not known whether they had joined.`}
      </legend>
      {error && <FieldError id={errorId}>{error}</FieldError>}
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(11rem,100%),1fr))] gap-x-4 text-sm">
        {members.map(({ ref, name: label }) => (
          <Checkbox
            key={ref}
            className="has-checked:line-through"
            name={`${name}[]`}
            value={ref}
            defaultChecked={struck.includes(ref)}
            label={label}
          />
        ))}
      </div>
    </fieldset>
  );
}
