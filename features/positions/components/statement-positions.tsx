import type { ReactNode } from "react";
import { Cell, HeaderCell, RowHeader, Table } from "@/components/ui/table";
import { Evidence, Said } from "@/features/positions/components/evidence";
import type { PositionDto, StatementPositions } from "@/features/positions/queries/statement";
import { CONFIDENCE_NAMES } from "@/features/positions/schema";
import { formatInstant, plural } from "@/lib/format";

type StatementPositionsProps = {
  coding: StatementPositions;
  /** What the issues are called, by code. */
  titles: Readonly<Record<string, string>>;
  /** Where a quotation stands in its source. */
  quotationHref?: (quotation: NonNullable<PositionDto["quotation"]>) => string;
  /** The way to the coding desk, for those who may code. */
  action: ReactNode;
};

/** What was coded of one statement: by whom, under which version of the codebook, and each position with its evidence. */
export function StatementPositionsView({ coding, titles, quotationHref, action }: StatementPositionsProps) {
  const { positions } = coding;
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
      {positions.length > 0 && (
        <Table label="Positions" density="roomy">
          <thead>
            <tr>
              <HeaderCell>Issue</HeaderCell>
              <HeaderCell>Position</HeaderCell>
              <HeaderCell>Evidence</HeaderCell>
              <HeaderCell>Coded by</HeaderCell>
            </tr>
          </thead>
          <tbody>
            {inOrder(positions, titles).map((position) => (
              <tr key={position.id} id={`position-${position.id}`}>
                <RowHeader className="min-w-40">{titles[position.issue] ?? position.issue}</RowHeader>
                <Cell className="min-w-36">
                  <Said position={position} />
                </Cell>
                <Cell className="min-w-64">
                  <Evidence
                    position={position}
                    quotationHref={position.quotation ? quotationHref?.(position.quotation) : undefined}
                  />
                </Cell>
                <Cell className="text-sm text-ink-2">
                  {position.coder}, codebook version {position.codebook}
                  {position.confidence !== null &&
                    `, ${CONFIDENCE_NAMES[position.confidence].toLowerCase()} confidence`}
                </Cell>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  );
}

/** As the codebook orders its issues, then by code. */
function inOrder(positions: readonly PositionDto[], titles: Readonly<Record<string, string>>): PositionDto[] {
  const places = new Map(Object.keys(titles).map((code, place) => [code, place]));
  const placeOf = ({ issue }: PositionDto) => places.get(issue) ?? places.size;
  return positions.toSorted((a, b) => placeOf(a) - placeOf(b));
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
