import { MatrixTable, type TableLine, type TableSection } from "@/features/positions/components/matrix-table";
import { UN_REGIONS } from "@/features/actors/schema";
import { VALUE_NAMES } from "@/features/codebook/schema";
import { evidenceParams, pageParams } from "@/features/positions/formats/address";
import type { Matrix, MatrixRow } from "@/features/positions/queries/matrix";
import { CODES, codeOfCell, subtotalsOf, wordsOfCode, type Section } from "@/features/positions/rules/table";
import { MODE_NAMES, type PositionsPageQuery } from "@/features/positions/schema";
import { address } from "@/lib/address";
import { plural } from "@/lib/format";

const PATH = "/positions";
const PLACE = "__issue__";
const NOUNS: Record<PositionsPageQuery["kind"], [one: string, many: string]> = {
  member_state: ["state", "states"],
  observer: ["observer", "observers"],
  regional_organization: ["organization", "organizations"],
  group: ["group", "groups"],
};

type MatrixViewProps = {
  matrix: Matrix;
  query: PositionsPageQuery;
  /** Rows by what they belong to; null for one list. */
  sections: Section<MatrixRow>[] | null;
};

/** The table of the matrix, with subtotals for each section and for all rows. */
export function MatrixView({ matrix, query, sections }: MatrixViewProps) {
  const { issues, rows } = matrix;
  const [one, many] = NOUNS[query.kind];
  const nounOf = (count: number) => plural(count, one, many);
  const all: TableSection = {
    key: "all",
    title: "All rows",
    count: nounOf(rows.length),
    href: hrefOf(query, {}),
    lines: linesOf(rows, issues.length, query, {}),
    rows: sections ? [] : rows.map((row) => tableRow(row, query)),
  };
  const listed = (sections ?? []).map((section): TableSection => {
    const change = query.by === "group" ? { group: section.key } : { region: section.key };
    return {
      key: section.key,
      title: section.title,
      count: nounOf(section.rows.length),
      href: hrefOf(query, change),
      lines: linesOf(section.rows, issues.length, query, change),
      rows: query.by === "group" ? [] : section.rows.map((row) => tableRow(row, query)),
    };
  });
  return (
    <MatrixTable
      columns={issues.map(({ code, title }) => ({
        code,
        title,
        href: address(`/codebook/${code}`, { codebook: query.codebook }),
      }))}
      sections={[all, ...listed]}
      words={Object.fromEntries(CODES.map((code) => [code, wordsOfCode(code)]))}
      place={PLACE}
      search={address("", evidenceParams(query))}
    />
  );
}

function hrefOf(query: PositionsPageQuery, change: Partial<PositionsPageQuery>): string {
  return address(PATH, pageParams({ ...query, by: undefined, ...change }));
}

function linesOf(
  rows: readonly MatrixRow[],
  columns: number,
  query: PositionsPageQuery,
  change: Partial<PositionsPageQuery>,
): TableLine[] {
  return subtotalsOf(rows, columns).map(({ kind, value, counts }) => ({
    label: lineInWords(kind, value),
    counts,
    href: hrefOf(query, { ...change, where: [...(query.where ?? []), { issue: PLACE, kind, value }] }),
  }));
}

function lineInWords(
  kind: ReturnType<typeof subtotalsOf>[number]["kind"],
  value: ReturnType<typeof subtotalsOf>[number]["value"],
): string {
  if (value !== null) return VALUE_NAMES[value];
  return kind === "own" ? MODE_NAMES.own : MODE_NAMES.delegated;
}

function tableRow({ ref, slug, name, cells }: MatrixRow, { kind, codebook }: PositionsPageQuery) {
  const base = kind === "group" || kind === "regional_organization" ? "/groups" : "/states";
  return { ref, href: address(`${base}/${slug}`, { codebook }), name, cells: cells.map(codeOfCell).join(" ") };
}

/** Whether rows can be grouped so that each group has an address: not when the address already names another one. */
export function mayGroup({ by, region, group }: PositionsPageQuery): boolean {
  if (by === "group") return group === undefined;
  return region === undefined || region === "none" || UN_REGIONS.some((slug) => slug === region);
}
