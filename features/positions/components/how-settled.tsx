import { TextLink } from "@/components/ui/text-link";
import type { Matrix } from "@/features/positions/queries/matrix";
import { address } from "@/lib/address";
import { formatDay, formatNumber, plural } from "@/lib/format";

type HowSettledProps = {
  matrix: Pick<Matrix, "asOf" | "dialogue" | "codebook" | "coverage">;
  aligned: "include" | "exclude";
  /** Whether rows are counted by group, where one can be in several. */
  grouped: boolean | null;
};

/** By which rule the cells were settled, on how much evidence, as of when and under which codebook. */
export function HowSettled({ matrix, aligned, grouped }: HowSettledProps) {
  const { asOf, dialogue, codebook, coverage } = matrix;
  return (
    <div className="mt-3 grid max-w-headline gap-1 text-sm text-ink-2">
      <p>
        {dialogue
          ? `What was said at this dialogue on ${formatDay(asOf)}, and nothing else.`
          : `The latest position up to ${formatDay(asOf)}.`}{" "}
        An own statement overrides a delegated one at the same dialogue. States that only associate themselves with a
        statement {aligned === "include" ? "inherit its positions" : "do not inherit its positions"}. Where there is no
        position the cell says why; an absence is in no count.
        {grouped && " A state in several groups is counted in each."}
      </p>
      <p>
        {formatNumber(coverage.coded)} of {plural(coverage.statements, "statement is coded", "statements are coded")};
        what sources attribute without a statement on record is shown, too.{" "}
        <TextLink href={address("/codebook", { codebook })}>Codebook version {codebook}</TextLink>.
      </p>
    </div>
  );
}
