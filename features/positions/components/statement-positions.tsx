import type { ReactNode } from "react";
import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { CodedBy, Evidence, Said } from "@/features/positions/components/evidence";
import type { PositionDto, StatementPositions } from "@/features/positions/queries/statement";
import { CONFIDENCE_NAMES } from "@/features/positions/schema";
import { formatInstant, plural } from "@/lib/format";

type StatementPositionsProps = {
  coding: StatementPositions;
  /** Number of the version of the codebook by which the positions are read; null while none is published. */
  version: number | null;
  /** Where a quotation stands in its source. */
  quotationHref: (quotation: NonNullable<PositionDto["quotation"]>) => string;
  /** The way to the coding desk, for those who may code. */
  action: ReactNode;
};

/**
 * What was coded of one statement: by whom, under which version of the codebook, and each position with its evidence. Positions on
 * issues that the version does not have stand apart.
 */
export function StatementPositionsView({ coding, version, quotationHref, action }: StatementPositionsProps) {
  const positions = coding.positions.filter(({ reading }) => reading !== "absent");
  const apart = coding.positions.filter(({ reading }) => reading === "absent");
  return (
    <section aria-labelledby="positions">
      <h2 id="positions" className="mt-8 mb-1">
        {positions.length > 0 ? plural(positions.length, "position", "positions") : "Positions"}
      </h2>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 pb-3 text-sm text-ink-2">
        <p>{stateInWords(coding)}</p>
        {action}
      </div>
      {coding.memo !== null && <p className="mb-3 max-w-read whitespace-pre-line wrap-anywhere">{coding.memo}</p>}
      {positions.length > 0 && <PositionsTable label="Positions" positions={positions} quotationHref={quotationHref} />}
      {apart.length > 0 && (
        <>
          <h3 id="apart" className="mt-6 mb-2">
            {plural(apart.length, "position", "positions")} on what is not an issue of version {version}
          </h3>
          <PositionsTable label="Positions on other issues" positions={apart} quotationHref={quotationHref} />
        </>
      )}
    </section>
  );
}

type PositionsTableProps = Pick<StatementPositionsProps, "quotationHref"> & {
  label: string;
  positions: readonly PositionDto[];
};

function PositionsTable({ label, positions, quotationHref }: PositionsTableProps) {
  return (
    <Table label={label} density="roomy">
      <thead>
        <tr>
          <HeaderCell>Issue</HeaderCell>
          <HeaderCell>Position</HeaderCell>
          <HeaderCell>Evidence</HeaderCell>
          <HeaderCell>Coded by</HeaderCell>
        </tr>
      </thead>
      <tbody>
        {positions.map((position) => (
          <tr key={position.id} id={`position-${position.id}`}>
            <RowHeader className="min-w-40">{position.issueTitle}</RowHeader>
            <Cell className="min-w-36">
              <Said position={position} />
            </Cell>
            <Cell className="min-w-64">
              <Evidence
                position={position}
                quotationHref={position.quotation ? quotationHref(position.quotation) : undefined}
              />
            </Cell>
            <Cell className="text-sm text-ink-2">
              <CodedBy position={position} />
              {position.confidence !== null && `, ${CONFIDENCE_NAMES[position.confidence].toLowerCase()} confidence`}
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function stateInWords({ submittedAt, coder, codebook, positions }: StatementPositions): string {
  if (submittedAt !== null) {
    const when = formatInstant(new Date(submittedAt));
    const rest = positions.length === 0 ? " It addresses none of the issues." : "";
    return `Coded by ${coder} under version ${codebook} of the codebook, ${when}.${rest}`;
  }
  if (positions.length === 0) return "This statement is not coded yet.";
  return "Not coded yet: what stands here is what sources attribute to it.";
}
