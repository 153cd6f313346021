import { POSITION_VALUES } from "@/features/codebook/schema";
import {
  CELL_KINDS,
  conditionsText,
  type CellCondition,
  type MatrixQuery,
  type Mode,
  type PositionsPageQuery,
} from "@/features/positions/schema";
import { address } from "@/lib/address";

/** What an address of the matrix carries; what is usual is left out, so that addresses stay short and alike. */
type MatrixParams = Record<string, string | number | undefined>;

/** The parameters of the matrix, as the API and its files take them. */
export function matrixParams(query: MatrixQuery): MatrixParams {
  const { asOf, dialogue, region, group, kind, issues, aligned, codebook, where, sort } = query;
  return {
    asOf,
    dialogue,
    region,
    group,
    kind: kind === "member_state" ? undefined : kind,
    issues: issues?.join(","),
    where: where && conditionsText(where),
    aligned: aligned === "exclude" ? undefined : aligned,
    codebook,
    sort: sort === "name" ? undefined : sort,
  };
}

/** Where the positions that a table shows, own or delegated, are listed one by one. */
export function tablePositionsPath(query: MatrixQuery, mode: Mode): string {
  return address("/positions/cells", { ...matrixParams(query), mode });
}

/** The parameters of the page. */
export function pageParams(query: PositionsPageQuery): MatrixParams {
  return { ...matrixParams(query), by: query.by };
}

/** What the evidence of a cell needs to know of the table that it is in. */
export function evidenceParams({ asOf, dialogue, aligned, codebook }: Partial<MatrixQuery>): MatrixParams {
  return { asOf, dialogue, aligned: aligned === "include" ? aligned : undefined, codebook };
}

/** A condition from a form: the code of an issue and what its cell shall be. Null when that is neither a kind nor a value. */
export function conditionOf(issue: string, asked: string): CellCondition | null {
  const kind = CELL_KINDS.find((one) => one === asked) ?? null;
  const value = POSITION_VALUES.find((one) => one === asked) ?? null;
  return kind === null && value === null ? null : { issue, kind, value };
}

/** Where the words of a quotation stand in a text of their statement. */
export function quotationPath(dialogue: string, statement: string, quotation: string): string {
  return `/dialogues/${dialogue}/statements/${statement}/texts?quotation=${quotation}#quotation-${quotation}`;
}
