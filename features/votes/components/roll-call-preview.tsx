import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import type { ReadVote, VotePreview } from "@/features/votes/queries/pasted";
import { VALUE_NAMES } from "@/features/votes/schema";
import type { FormValue } from "@/lib/form";
import { formatList, plural } from "@/lib/format";

type Member = { ref: string; name: string };
type PreviewProps = { preview: VotePreview; choices: readonly FormValue[]; members: readonly Member[] };

const MOST_NAMED = 20;

/** How a pasted list is understood: what could not be read, who is not clear, and every row. Nothing of it is recorded yet. */
export function RollCallPreview({ preview: { rows, problems, listed, missing }, choices, members }: PreviewProps) {
  const chosen = choices.flatMap((choice) => (isChoice(choice) ? [choice] : []));
  const unclear = [...new Map(rows.flatMap((row) => (row.actor ? [] : [[row.printed, row] as const]))).values()];
  const clear = rows.length - rows.filter(({ actor }) => !actor).length;
  // Choices that were made stay in the form, so that the next check knows them.
  const made = chosen.filter(({ printed }) => !unclear.some((row) => row.printed === printed));
  return (
    <section aria-label="How the list is understood" className="grid gap-4 border-y border-line py-4">
      <p className="font-text text-section">
        {listed.yes} yes, {listed.no} no, {plural(listed.abstain, "abstention", "abstentions")}; {listed.notVoting} did
        not vote. {clear} of {plural(rows.length, "row", "rows")} {clear === 1 ? "names" : "name"} a member state of
        that day.
      </p>
      {problems.length > 0 && (
        <Notice tone="warn" title={`${plural(problems.length, "line", "lines")} could not be read.`}>
          <ul>
            {problems.slice(0, MOST_NAMED).map(({ line, message }) => (
              <li key={line}>
                Line {line}: {message}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {unclear.length > 0 && (
        <fieldset>
          <legend className="text-sm font-medium">Who is meant?</legend>
          <div className="mt-1 grid gap-4 sm:grid-cols-2">
            {unclear.map((row, index) => (
              <Choice key={row.printed} row={row} index={index} members={members} />
            ))}
          </div>
        </fieldset>
      )}
      {made.map(({ printed, actor }, index) => {
        const name = `choices.${unclear.length + index}`;
        return (
          <span key={printed} hidden>
            <input type="hidden" name={`${name}.printed`} value={printed} />
            <input type="hidden" name={`${name}.actor`} value={actor} />
          </span>
        );
      })}
      {missing.length > 0 && (
        <p className="text-ink-2">
          {plural(missing.length, "member", "members")} of that day {missing.length === 1 ? "is" : "are"} not listed:{" "}
          {formatList(
            missing.length > MOST_NAMED
              ? [...missing.slice(0, MOST_NAMED), `${missing.length - MOST_NAMED} more`]
              : missing,
          )}
          .
        </p>
      )}
      <Disclosure summary="Every row as it is understood">
        <Table label="Rows of the list">
          <thead>
            <tr>
              <HeaderCell numeric>Line</HeaderCell>
              <HeaderCell>As printed</HeaderCell>
              <HeaderCell>State</HeaderCell>
              <HeaderCell>Vote</HeaderCell>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ line, printed, value, actor }, index) => (
              <tr key={`row-${index + 1}`}>
                <Cell numeric>{line}</Cell>
                <RowHeader>{printed}</RowHeader>
                <Cell>{actor ? actor.name : <span className="text-warn">not clear</span>}</Cell>
                <Cell>{VALUE_NAMES[value]}</Cell>
              </tr>
            ))}
          </tbody>
        </Table>
      </Disclosure>
    </section>
  );
}

function isChoice(choice: FormValue): choice is { printed: string; actor: string } {
  return (
    typeof choice === "object" &&
    !Array.isArray(choice) &&
    typeof choice.printed === "string" &&
    typeof choice.actor === "string"
  );
}

function Choice({ row, index, members }: { row: ReadVote; index: number; members: readonly Member[] }) {
  const { printed, candidates, line } = row;
  const likely = candidates.map(({ ref, name }) => ({ value: ref, label: name }));
  const others = members.flatMap(({ ref, name }) =>
    candidates.some((candidate) => candidate.ref === ref) ? [] : [{ value: ref, label: name }],
  );
  return (
    <div>
      <input type="hidden" name={`choices.${index}.printed`} value={printed} />
      <Field name={`choices.${index}.actor`} label={`“${printed}” in line ${line}`}>
        {(binding) => <Select {...binding} options={[...likely, ...others]} placeholder="Choose a state" />}
      </Field>
    </div>
  );
}
