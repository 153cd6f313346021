import { TextLink } from "@/components/ui/text-link";
import { EvidenceStrength } from "@/features/positions/components/evidence-strength";
import { strengthOf } from "@/features/positions/rules/strength";
import { tablePositionsPath } from "@/features/positions/formats/address";
import type { Matrix } from "@/features/positions/queries/matrix";
import { positionsIn } from "@/features/positions/rules/table";
import type { MatrixQuery } from "@/features/positions/schema";
import { address } from "@/lib/address";
import { formatDay } from "@/lib/format";

type HowSettledProps = {
  matrix: Pick<Matrix, "asOf" | "dialogue" | "codebook" | "coverage" | "rows" | "issues">;
  /** What the table was asked for. */
  query: MatrixQuery;
  /** Whether rows are counted by group, where one can be in several. */
  grouped: boolean | null;
  /** Which numbers open their rows. */
  numbers?: string;
};

/** By which rule the cells were settled, on how much evidence, as of when and under which codebook. */
export function HowSettled({
  matrix,
  query,
  grouped,
  numbers = "Each number under the names of the issues",
}: HowSettledProps) {
  const { asOf, dialogue, codebook, coverage } = matrix;
  const scope = dialogue ? { dialogue: dialogue.slug } : { asOf };
  return (
    <div className="mt-3 grid max-w-headline gap-1 text-sm text-ink-2">
      <p>
        {dialogue
          ? `What was said at this dialogue on ${formatDay(asOf)}, and nothing else.`
          : `The latest position up to ${formatDay(asOf)}.`}{" "}
        An own statement overrides a delegated one at the same dialogue. States that only associate themselves with a
        statement {query.aligned === "include" ? "inherit its positions" : "do not inherit its positions"}. Where there
        is no position the cell says why; an absence is in no count.
        {grouped && " A state in several groups is counted in each."}
      </p>
      <EvidenceStrength
        strength={strengthOf(
          positionsIn(matrix).map(({ cell }) => ({ mode: cell.kind, day: cell.at.day })),
          coverage,
        )}
        hrefs={{
          own: tablePositionsPath(query, "own"),
          delegated: tablePositionsPath(query, "delegated"),
          statements: address("/statements", scope),
          coded: address("/statements", { ...scope, coded: "yes" }),
        }}
      />
      <p>
        What sources attribute without a statement on record is shown, too. {numbers} opens its rows.{" "}
        <TextLink href={address("/codebook", { codebook })}>Codebook version {codebook}</TextLink>.
      </p>
    </div>
  );
}
