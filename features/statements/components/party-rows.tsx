"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Combo } from "@/components/ui/combo";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { PartyRow } from "@/features/statements/formats/form";
import type { MemberChoice } from "@/features/statements/queries/form";
import { issueAt, type FormState } from "@/lib/form-state";

type PartyRowsProps = {
  rows: PartyRow[];
  state: Pick<FormState, "issues">;
  /** Id of the shared list of actors. */
  list: string;
  /** What a typed text means, when it means a group. */
  groupOf: (text: string) => string | undefined;
  /** The members of a group on the day of the statement. */
  membersOf: (group: string) => MemberChoice[];
};

const BASES = [
  { value: "group", label: "on behalf of a group" },
  { value: "named", label: "on behalf of a named actor" },
  { value: "aligned", label: "an actor aligned itself" },
];

/** The rows in which an analyst says for whom a statement was delivered, and strikes out members of a group. */
export function PartyRows({ rows: given, state, list, groupOf, membersOf }: PartyRowsProps) {
  const [rows, setRows] = useState([...given, { basis: "group", actor: "", exclude: [] }]);
  const change = (index: number, part: Partial<PartyRow>) =>
    setRows(rows.map((row, at) => (at === index ? { ...row, ...part } : row)));
  return (
    <div className="grid gap-3">
      {rows.map((row, index) => {
        const name = `parties.${index}`;
        const group = row.basis === "group" ? groupOf(row.actor) : undefined;
        return (
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
                  <Combo
                    {...binding}
                    list={list}
                    defaultValue={row.actor}
                    onChange={(event) => change(index, { actor: event.target.value })}
                  />
                )}
              </Field>
            </div>
            {group !== undefined && (
              <Members name={name} members={membersOf(group)} struck={row.exclude} error={issueAt(state, `${name}.exclude`)} />
            )}
          </div>
        );
      })}
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => setRows([...rows, { basis: "group", actor: "", exclude: [] }])}>Add another</Button>
        <noscript>
          <button type="submit" name="intent" value="preview" formNoValidate className="btn">
            Show members, add a row
          </button>
        </noscript>
      </div>
    </div>
  );
}

type MembersProps = { name: string; members: MemberChoice[]; struck: string[]; error: string | undefined };

function Members({ name, members, struck, error }: MembersProps) {
  if (members.length === 0) return <p className="text-sm text-warn">No member is on record on that day.</p>;
  const unknown = members.filter(({ membershipKnown }) => !membershipKnown).length;
  return (
    <fieldset>
      <legend className="mb-1 text-sm text-ink-2">
        {members.length} members on that day. Tick those for whom it was <em>not</em> delivered.
        {unknown > 0 && ` For ${unknown} of them it is not known whether they had joined by then.`}
      </legend>
      {error && <p className="mb-1 text-sm text-danger">{error}</p>}
      <div className="grid grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] gap-x-4 text-sm">
        {members.map(({ ref, name: label }) => (
          <Checkbox
            key={ref}
            className="has-checked:line-through"
            name={`${name}.exclude[]`}
            value={ref}
            defaultChecked={struck.includes(ref)}
            label={label}
          />
        ))}
      </div>
    </fieldset>
  );
}
